"""Who is trained on and who is tested, as the literature does it for each set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.errors import DataError
from training.splits import SignerSplit


@dataclass(frozen=True, slots=True)
class Protocol:
    """A split by signers and a sentence that says what it is."""

    name: str
    split: SignerSplit

    def side(self, signers: NDArray[np.str_], side: str) -> NDArray[np.bool_]:
        """Which of `signers` `(N,)` stand on 'train', 'validation' or 'test'."""
        return np.isin(signers, getattr(self.split, side))


def utd_mhad(signers: NDArray[np.str_]) -> Protocol:
    """Subjects 1, 3, 5 train, 7 validates, 2, 4, 6, 8 are tested (Chen et al., 2015: odd against
    even; the validation subject comes out of the training side)."""
    split = SignerSplit(("s1", "s3", "s5"), ("s7",), ("s2", "s4", "s6", "s8"))
    _all_there(signers, split)
    return Protocol("subjects 1 3 5 train, 7 validation, 2 4 6 8 test", split)


def leave_one_out(signers: NDArray[np.str_], test: str) -> Protocol:
    """One signer tested; the next one, in the order of names, validates."""
    names = sorted(set(map(str, signers)))
    if test not in names:
        raise DataError(f"signer {test!r} is not in this set; there are {', '.join(names)}")
    if len(names) < 3:
        raise DataError("leaving one signer out needs at least three signers")
    watched = names[(names.index(test) + 1) % len(names)]
    rest = tuple(name for name in names if name not in (test, watched))
    return Protocol(f"leave one signer out: {test}", SignerSplit(rest, (watched,), (test,)))


def protocol_for(dataset: str, signers: NDArray[np.str_], fold: int) -> Protocol:
    """The set's own protocol; `fold` chooses the tested signer where signers are left out."""
    if dataset == "utd-mhad":
        return utd_mhad(signers)
    names = sorted(set(map(str, signers)))
    return leave_one_out(signers, names[fold % len(names)])


def _all_there(signers: NDArray[np.str_], split: SignerSplit) -> None:
    missing = {*split.train, *split.validation, *split.test} - set(map(str, signers))
    if missing:
        raise DataError(f"signers {', '.join(sorted(missing))} of the protocol are missing")
