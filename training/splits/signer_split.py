"""Splits of a set by whole signers into training, validation and test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from training.errors import DataError

Side = Literal["train", "validation", "test"]
SIDES: tuple[Side, ...] = ("train", "validation", "test")


class Recordings(Protocol):
    """The clips of a set in memory: `keys`, `glosses`, `signers` `(N,)`, in one order."""

    @property
    def keys(self) -> NDArray[np.str_]: ...
    @property
    def glosses(self) -> NDArray[np.str_]: ...
    @property
    def signers(self) -> NDArray[np.str_]: ...


@dataclass(frozen=True, slots=True)
class SignerSplit:
    """Three disjoint sets of signers. Validation signers are taken from the training side."""

    train: tuple[str, ...]
    validation: tuple[str, ...]
    test: tuple[str, ...]

    def __post_init__(self) -> None:
        sides = [set(self.train), set(self.validation), set(self.test)]
        if sum(map(len, sides)) != len(set().union(*sides)):
            raise DataError("a signer stands on two sides of the split")

    def names(self, side: Side) -> tuple[str, ...]:
        """The signers of one side."""
        return {"train": self.train, "validation": self.validation, "test": self.test}[side]


def split_signers(
    signers: NDArray[np.str_],
    words: NDArray[np.str_],
    *,
    seed: int = 0,
    test: int = 6,
    validation: int = 3,
) -> SignerSplit:
    """Draw a split of the signers of these recordings.

    Signers who signed fewer than half of the words stay on the training side: they would say
    little as a test, and the set's arbitrary movements come mostly from one of them. Raises
    DataError when there are too few signers to hold any out.
    """
    names = np.unique(signers)
    vocabulary = len(np.unique(words))
    drawable = [n for n in names if len(np.unique(words[signers == n])) * 2 >= vocabulary]
    if len(drawable) < test + validation + 1:
        raise DataError(
            f"{len(drawable)} signers with most of the words; at least {test + validation + 1}"
            " are needed to keep some unseen"
        )
    order = np.random.default_rng(seed).permutation(sorted(drawable))
    held = tuple(sorted(map(str, order[:test])))
    watched = tuple(sorted(map(str, order[test : test + validation])))
    rest = tuple(sorted(str(n) for n in names if n not in held and n not in watched))
    return SignerSplit(train=rest, validation=watched, test=held)
