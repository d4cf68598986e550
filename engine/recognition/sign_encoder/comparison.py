"""How alike a sign is to several takes of another."""

from __future__ import annotations

import numpy as np

from engine.arrays import Floats


def of_several(similarities: Floats) -> Floats:
    """`(..., takes)` to `(...,)`: half the greatest and half the mean, so that one good take counts
    and one bad one does not hide it."""
    found: Floats = 0.5 * similarities.max(axis=-1) + 0.5 * similarities.mean(axis=-1)
    return found


def rows(vectors: Floats) -> Floats:
    """One vector `(D,)` or several `(N, D)` as several. Raises ValueError for anything else."""
    found = np.atleast_2d(np.asarray(vectors, np.float32))
    if found.ndim != 2 or not len(found):
        raise ValueError("one vector, or several in rows, are needed")
    return found
