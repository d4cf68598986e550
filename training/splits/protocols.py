"""The evaluation protocol of each set, as published: who is trained, validated and tested on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.errors import DataError
from training.preparation.prepared_set import PreparedSet
from training.readers import autsl
from training.readers.files.listing import Clip, Listing, Problem
from training.splits.published_splits import AppliedSplit, apply_split, read_published_split
from training.splits.signer_split import Recordings, Side, SignerSplit

TESTED_SUBJECTS = {
    "utd-mhad": frozenset({2, 4, 6, 8}),
    "berkeley-mhad": frozenset({4, 6, 8, 10}),
    "vsl50": frozenset({6, 7, 8, 9}),
}
"""Numbers in the names of those whom the sets' own publications test on."""
PUBLISHED_PARTS = {"autsl": autsl.PARTS}
"""What keys of these sets begin with: parts to train on, to validate on and to test on."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """A split by signers and a sentence that says what it is. `listed`: published lists that choose
    among those signers' clips; a clip in neither list is on no side."""

    name: str
    split: SignerSplit
    listed: AppliedSplit | None = None

    def side(self, recordings: Recordings, side: Side) -> NDArray[np.bool_]:
        """`(N,)`: which of the recordings stand on this side."""
        chosen = np.isin(recordings.signers, self.split.names(side))
        if self.listed is None:
            return chosen
        keys = self.listed.test if side == "test" else self.listed.train
        return chosen & np.isin(recordings.keys, sorted(keys))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the lists name and the set lacks, or the other way about."""
        return self.listed.problems if self.listed else ()


def published_subjects(dataset: str, signers: NDArray[np.str_]) -> Protocol:
    """The set's own test subjects. Validation is the last training subject, never a tested one."""
    tested = TESTED_SUBJECTS[dataset]
    names = sorted(set(map(str, signers)), key=_number)
    test = [name for name in names if _number(name) in tested]
    missing = tested - {_number(name) for name in test}
    if missing:
        raise DataError(
            f"{dataset}: subjects {_several(sorted(missing))}, who are to be tested, are missing"
        )
    rest = [name for name in names if name not in test]
    if len(rest) < 2:
        raise DataError(f"{dataset}: too few subjects to train on")
    return _three_sides(rest, test)


def published_parts(dataset: str, keys: NDArray[np.str_], signers: NDArray[np.str_]) -> Protocol:
    """The set's own three parts. Raises DataError when one is missing, or a signer is in two."""
    sides: dict[str, tuple[str, ...]] = {}
    for part in PUBLISHED_PARTS[dataset]:
        inside = set(map(str, signers[np.char.startswith(keys, f"{part}/")]))
        if not inside:
            raise DataError(f"{dataset}: there is no clip of {part}, and the split needs all parts")
        for other, those in sides.items():
            if both := inside & set(those):
                raise DataError(f"{dataset}: signer {min(both)} stands in {other} and in {part}")
        sides[part] = tuple(sorted(inside, key=_number))
    split = SignerSplit(*sides.values())
    return Protocol(
        f"as published: {len(split.train)} signers train, {len(split.validation)} validation,"
        f" {len(split.test)} test",
        split,
    )


def published_lists(prepared: PreparedSet, train: Path, test: Path) -> Protocol:
    """The clips of two published lists, exactly; validation is the last signer of the train list.

    Raises DataError when a list cannot be read, or a signer stands in both.
    """
    clips = tuple(
        Clip(clip.key, clip.gloss, clip.signer, Path(clip.file)) for clip in prepared.manifest.clips
    )
    listed = apply_split(
        Listing(prepared.manifest.dataset, clips), read_published_split(train, test)
    )
    names: dict[str, list[str]] = {}
    for side, keys in (("train", listed.train), ("test", listed.test)):
        those = set(map(str, prepared.signers[np.isin(prepared.keys, sorted(keys))]))
        names[side] = sorted(those, key=_number)
    both = set(names["train"]) & set(names["test"])
    if both:
        raise DataError(f"{train} and {test}: signer {min(both)} stands in both lists")
    if len(names["train"]) < 2 or not names["test"]:
        raise DataError(f"{train} and {test}: list too few clips of this set")
    found = _three_sides(names["train"], names["test"])
    return Protocol(
        f"{found.name}, clips as listed in {train.name} and {test.name}", found.split, listed
    )


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


def protocol_for(
    prepared: PreparedSet, fold: int, lists: tuple[Path, Path] | None = None
) -> Protocol:
    """Published lists where given, else the set's own protocol; `fold` chooses the tested signer
    where signers are left out."""
    dataset = prepared.manifest.dataset
    published = dataset in TESTED_SUBJECTS or dataset in PUBLISHED_PARTS
    if fold and (lists is not None or published):
        raise DataError(f"--fold {fold}: {dataset} is split as published, not by leaving one out")
    if lists is not None:
        return published_lists(prepared, *lists)
    if dataset in TESTED_SUBJECTS:
        return published_subjects(dataset, prepared.signers)
    if dataset in PUBLISHED_PARTS:
        return published_parts(dataset, prepared.keys, prepared.signers)
    names = sorted(set(map(str, prepared.signers)))
    if fold >= len(names):
        raise DataError(
            f"--fold {fold}: there are {len(names)} signers, so folds 0 to {len(names) - 1}"
        )
    return leave_one_out(prepared.signers, names[fold])


def _three_sides(training: list[str], test: list[str]) -> Protocol:
    train, validation = training[:-1], training[-1:]
    return Protocol(
        f"subjects {_several(train)} train, {_several(validation)} validation,"
        f" {_several(test)} test",
        SignerSplit(tuple(train), tuple(validation), tuple(test)),
    )


def _several(names: Iterable[object]) -> str:
    return " ".join(str(name).lstrip("sN") for name in names)


def _number(name: str) -> int:
    digits = "".join(c for c in name if c.isdigit())
    return int(digits) if digits else -1
