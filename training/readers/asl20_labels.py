"""Labels of asl20 that are probably wrong.

Of these signers' takes of these words fewer than 3 in 10 are named as such by a network that has
not seen the signer, most of them as one and the same other word: exchanged files, or other variants
of the sign. They are not learnt from; what is measured on them is said beside what is measured
without them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.readers.asl20 import PairedRecordings

SUSPECTED = frozenset(
    {
        ("DM01", "deaf"),
        ("DM01", "hurt"),
        ("DM02", "find"),
        ("DM03", "cat"),
        ("DM03", "cost"),
        ("DM03", "gold"),
        ("DM03", "good night"),
        ("DM08", "day"),
        ("DM08", "decide"),
        ("DM08", "hospital"),
        ("DM13", "day"),
        ("DM14", "about"),
        ("DM15", "large"),
        ("DM17", "gold"),
        ("DM22", "hurt"),
        ("DM32", "hearing"),
        ("DM33", "can"),
        ("DM34", "gold"),
        ("DM35", "and"),
    }
)
"""Signer and word."""


def suspected(recordings: PairedRecordings) -> NDArray[np.bool_]:
    """`(N,)`: which recordings have such a label."""
    pairs = zip(map(str, recordings.signers), map(str, recordings.words), strict=True)
    return np.array([pair in SUSPECTED for pair in pairs], bool)
