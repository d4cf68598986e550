"""Whether a take is the sign that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.arrays import Floats
from engine.recognition.sign_encoder.comparison import of_several, rows


@dataclass(frozen=True, slots=True)
class Verification:
    """`similarity` to the takes of the sign asked for, -1..1, and the `threshold` it has to reach;
    both have the same measure, so how far they are apart tells how sure it is."""

    same: bool
    similarity: float
    threshold: float


def verify(take: Floats, examples: Floats, thresholds: Mapping[int, float]) -> Verification:
    """A take `(D,)` against examples `(D,)` or `(n, D)` of the sign asked for, all of length 1.

    `thresholds` by number of examples, as on the encoder's card: that of the greatest number not
    above `n` holds, for of several examples one is always nearer, and more is asked. Raises
    ValueError without an example, KeyError without a threshold for one.
    """
    shown = rows(examples)
    similarity = float(of_several(shown @ rows(take)[0]))
    known = [number for number in thresholds if number <= len(shown)]
    if not known:
        raise KeyError(1)
    threshold = thresholds[max(known)]
    return Verification(similarity >= threshold, similarity, threshold)
