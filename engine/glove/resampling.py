"""Samples of any rate to a fixed number of steps, over the same span as the clip's frames."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def resample_in_time(samples: NDArray[np.float32], n_steps: int) -> NDArray[np.float32]:
    """`(n, channels)` to `(channels, n_steps)`: linear, first and last sample kept.

    Where there are more samples than steps, each step is the mean around it, so that a fast sensor
    is not decimated into noise. Raises ValueError for fewer than two samples.
    """
    n = len(samples)
    if n < 2:
        raise ValueError("at least two samples are needed")
    values = samples.astype(np.float64)
    reach = n / n_steps
    if reach > 1:
        values = _smoothed(values, reach)
    position = np.linspace(0, n - 1, n_steps)
    before = np.minimum(position.astype(int), n - 2)
    part = (position - before)[:, None]
    steps = values[before] * (1 - part) + values[before + 1] * part
    return np.ascontiguousarray(steps.T.astype(np.float32))


def _smoothed(values: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """Moving mean over `width` samples; near an edge over those that exist."""
    half = width / 2
    total = np.concatenate([np.zeros((1, values.shape[1])), values.cumsum(axis=0)])
    n = len(values)
    middle = np.arange(n)
    first = np.clip(np.floor(middle - half + 0.5).astype(int), 0, n - 1)
    last = np.clip(np.ceil(middle + half - 0.5).astype(int) + 1, first + 1, n)
    return (total[last] - total[first]) / (last - first)[:, None]
