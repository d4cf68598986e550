"""Signs in memory, cleaned and on one grid of moments: what the sign encoder is trained with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.recognition.sign_encoder.cleaning import SignSteps, cleaned, on_steps
from engine.recognition.sign_encoder.segment import SegmentError
from training.datasets.signs.recorded_signs import RecordedSigns
from training.errors import DataError

MOMENTS = 48
"""Kept of every sign; the encoder sees fewer, cut out of these."""

FEWEST_FRAMES = 2
"""In fewer nothing moves."""


@dataclass(frozen=True, slots=True, eq=False)
class SignSet:
    """`keys`, `glosses`, `signers` `(N,)`; `steps` `(N, MOMENTS, ...)`. `solid` `(M, 21, 3)`: hands
    with their depth, see `RecordedSign`."""

    dataset: str
    keys: NDArray[np.str_]
    glosses: NDArray[np.str_]
    signers: NDArray[np.str_]
    steps: SignSteps
    solid: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def has_signers(self) -> bool:
        """Whether several signers show signs that others show too."""
        pairs = {*zip(map(str, self.glosses), map(str, self.signers), strict=True)}
        return len(pairs) > len(set(map(str, self.glosses)))

    def subset(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> SignSet:
        return SignSet(
            self.dataset,
            self.keys[chosen],
            self.glosses[chosen],
            self.signers[chosen],
            taken(self.steps, chosen),
            self.solid,
        )

    def first_copies(self) -> NDArray[np.bool_]:
        """`(N,)`: of glosses that stand there several times, the first. The others may be another
        variant of the sign, and are what a dictionary is tested with."""
        found = np.zeros(len(self), bool)
        found[np.unique(self.glosses, return_index=True)[1]] = True
        return found


def taken(steps: SignSteps, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> SignSteps:
    """Some of many."""
    return SignSteps(
        steps.hands[chosen],
        steps.centres[chosen],
        steps.face[chosen],
        steps.elbows[chosen],
        steps.seen[chosen],
        steps.placed[chosen],
    )


def sign_set(recorded: RecordedSigns) -> SignSet:
    """What shows no hand that is up, or hardly any frame, is left out. Raises DataError where
    nothing is left."""
    rows, steps = [], []
    for sign in recorded.signs:
        try:
            whole = cleaned(sign.segment)
        except SegmentError:
            continue
        if len(whole) >= FEWEST_FRAMES:
            rows.append((sign.key, sign.gloss, sign.signer))
            steps.append(on_steps(whole, MOMENTS))
    if not rows:
        raise DataError(f"{recorded.dataset}: no sign with a hand that is up")
    keys, glosses, signers = (np.array(column) for column in zip(*rows, strict=True))
    parts = (
        np.stack([getattr(one, name) for one in steps])
        for name in ("hands", "centres", "face", "elbows", "seen", "placed")
    )
    solid = np.concatenate([sign.solid for sign in recorded.signs])
    return SignSet(recorded.dataset, keys, glosses, signers, SignSteps(*parts), solid)
