"""Joints that were not seen for a few frames are drawn between those that were."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def fill_gaps(joints: NDArray[np.float32]) -> NDArray[np.float32]:
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
