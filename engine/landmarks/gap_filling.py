"""Joints between the moments at which they were seen, by linear interpolation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Real = TypeVar("Real", bound=np.floating)


def fill_gaps(joints: NDArray[Real]) -> NDArray[Real]:
    """Interpolate NaN joints of `(T, J, C)` over time, edges held; a joint never seen stays NaN."""
    filled = joints.copy()
    steps = np.arange(joints.shape[0])
    for j in range(joints.shape[1]):
        seen = ~np.isnan(joints[:, j]).any(axis=-1)
        if seen.all() or not seen.any():
            continue
        for c in range(joints.shape[2]):
            filled[:, j, c] = np.interp(steps, steps[seen], joints[seen, j, c])
    return filled


def joints_at(
    times: Sequence[float], joints: NDArray[np.float32], moments: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Linear interpolation of gap-free joints `(T, J, C)` at `moments` `(n,)`: `(n, J, C)`.

    Edges are held; a joint that is NaN throughout stays NaN.
    """
    flat = joints.reshape(len(times), -1)
    columns = [np.interp(moments, times, flat[:, c]) for c in range(flat.shape[1])]
    return np.stack(columns, axis=1).reshape(len(moments), *joints.shape[1:]).astype(np.float32)
