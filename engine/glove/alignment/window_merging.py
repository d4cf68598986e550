"""Overlapping windows of a generated trace made into one: each moment is the mean of all that
were said of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.glove.alignment.cross_correlation import Traces

_GRID_HZ = 50.0
# The generator knows least at the ends of a window, where it sees only one side.
_END_WEIGHT, _END_S = 0.2, 0.4


class MergedWindows:
    """The last `kept_s` seconds of windows of `channels` channels, on a grid of 50 Hz.

    What is older than the newest window by more than that is forgotten; so is everything when time
    goes backwards by more.
    """

    def __init__(self, channels: int, kept_s: float = 12.0) -> None:
        self._n = round(kept_s * _GRID_HZ)
        self._channels = channels
        self.clear()

    def clear(self) -> None:
        self._first = 0
        self._sums = np.zeros((self._n, self._channels))
        self._weights = np.zeros(self._n)
        self._is_empty = True

    def add(self, t_s: NDArray[np.floating], values: NDArray[np.floating]) -> None:
        """`t_s` `(n,)` host times of the steps, increasing, s; `values` `(n, channels)`. Raises
        ValueError when they do not fit together."""
        times = np.asarray(t_s, np.float64)
        steps = np.asarray(values, np.float64)
        if times.ndim != 1 or steps.shape != (len(times), self._channels) or len(times) < 2:
            raise ValueError(f"a window is (n,) times and (n, {self._channels}) values")
        low, high = int(np.ceil(times[0] * _GRID_HZ)), int(times[-1] * _GRID_HZ)
        if not np.isfinite(steps).all() or high <= low:
            return
        self._make_room(low, high)
        low = max(low, self._first)
        grid = np.arange(low, high + 1) / _GRID_HZ
        to_end = np.minimum(grid - times[0], times[-1] - grid)
        weight = _END_WEIGHT + (1 - _END_WEIGHT) * np.minimum(1.0, to_end / _END_S)
        part = slice(low - self._first, high + 1 - self._first)
        for c in range(self._channels):
            self._sums[part, c] += weight * np.interp(grid, times, steps[:, c])
        self._weights[part] += weight

    def traces(self, since_s: float = -np.inf) -> Traces:
        """What is known from `since_s` on; moments that no window covered are left out."""
        known = np.flatnonzero(self._weights > 0)
        t = (known + self._first) / _GRID_HZ
        known, t = known[t >= since_s], t[t >= since_s]
        return Traces(t, self._sums[known] / self._weights[known, None])

    def _make_room(self, low: int, high: int) -> None:
        end = self._first + self._n
        if self._is_empty or high < self._first or low > end + self._n:
            self.clear()
            self._first = high + 1 - self._n
            self._is_empty = False
        elif high >= end:
            by = min(high + 1 - end, self._n)
            self._sums[: -by or None] = self._sums[by:].copy()
            self._weights[: -by or None] = self._weights[by:].copy()
            self._sums[self._n - by :] = 0.0
            self._weights[self._n - by :] = 0.0
            self._first = high + 1 - self._n
