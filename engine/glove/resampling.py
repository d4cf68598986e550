"""Samples at other moments than they were measured at: between them, averaged, and at a fixed
number of steps over the same span as the clip's frames."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def interpolated(
    moments: NDArray[np.float64], times: NDArray[np.float64], values: NDArray[np.floating]
) -> NDArray[np.float64]:
    """`(n, channels)` at `moments` `(n,)` of `values` `(N, channels)` at increasing `times` `(N,)`:
    linear, the first and the last held beyond them."""
    return np.stack([np.interp(moments, times, channel) for channel in values.T], axis=1)


def mean_about(
    values: NDArray[np.float64], half: int, there: NDArray[np.bool_] | None = None
) -> NDArray[np.float64]:
    """`(n, channels)`: of each the mean with `half` samples on either side, as far as there are
    any; `there` `(n,)`: which count. 0 where none does."""
    n = len(values)
    counted = np.ones(n) if there is None else there.astype(np.float64)
    count = np.concatenate([[0.0], np.cumsum(counted)])
    total = np.concatenate(
        [np.zeros((1, values.shape[1])), np.cumsum(values * counted[:, None], axis=0)]
    )
    index = np.arange(n)
    low, high = np.maximum(index - half, 0), np.minimum(index + half + 1, n)
    return (total[high] - total[low]) / np.maximum(count[high] - count[low], 1.0)[:, None]


def resample_in_time(samples: NDArray[np.floating], n_steps: int) -> NDArray[np.float32]:
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
