"""Samples of the last seconds by time stamp, for whatever has a clock and some channels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.glove.resampling import interpolated, resample_in_time

KEPT_S = 12.0
"""Longer than any span a sign is looked for in."""

FRESH_S = 0.3
"""A sample older than this says nothing about what a hand does now."""

LARGEST_GAP_S = 0.3
"""What is missing for longer is not made up by drawing a line across it."""

MOST_HELD = 0.32
"""At most this share of a span may lie before the first sample, which is held there: as far as the
windows begin early that the networks were trained with."""

_ROOM = 256


class SampleRing:
    """`channels` values a moment, oldest first. Time stamps are seconds on one clock; a moment that
    does not follow the newest one is left out and counted in `out_of_order`."""

    def __init__(self, channels: int, kept_s: float = KEPT_S) -> None:
        self.channels, self.kept_s = channels, kept_s
        self.out_of_order = 0
        self._times: NDArray[np.float64] = np.empty(_ROOM)
        self._values: NDArray[np.float64] = np.empty((_ROOM, channels))
        self._first = self._end = 0

    def __len__(self) -> int:
        return self._end - self._first

    @property
    def newest_s(self) -> float | None:
        return float(self._times[self._end - 1]) if self._end > self._first else None

    def clear(self) -> None:
        self._first = self._end = 0

    def append(self, times: NDArray[np.float64], values: NDArray[np.float64]) -> None:
        """`(N,)` seconds and `(N, channels)`."""
        newest = self.newest_s
        before = np.maximum.accumulate(
            np.concatenate([[-np.inf if newest is None else newest], times])
        )[:-1]
        follows = times > before
        self.out_of_order += int((~follows).sum())
        times, values = times[follows], values[follows]
        if not len(times):
            return
        self._make_room(len(times))
        end = self._end + len(times)
        self._times[self._end : end], self._values[self._end : end] = times, values
        self._end = end
        oldest = times[-1] - self.kept_s
        # One sample from before stays, so that the span's beginning can be interpolated.
        kept = int(np.searchsorted(self._times[self._first : end], oldest, side="right")) - 1
        self._first += max(0, kept)

    def between(
        self, start_s: float, end_s: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Times `(N,)` and values `(N, channels)` from `start_s` to `end_s`, with one sample more
        on either side where there is one. Copies."""
        times = self._times[self._first : self._end]
        low = max(0, int(np.searchsorted(times, start_s, side="right")) - 1)
        high = min(len(times), int(np.searchsorted(times, end_s, side="left")) + 1)
        values = self._values[self._first : self._end]
        return times[low:high].copy(), values[low:high].copy()

    def covers(self, start_s: float, end_s: float, now_s: float) -> bool:
        """Whether what is held and what is drawn across stays small, from `start_s` to `end_s`:
        fresh at its end (or `now_s`, where that is earlier), no long gap, not much before the first
        sample."""
        times, _ = self.between(start_s, end_s)
        if len(times) < 2 or times[-1] < min(end_s, now_s) - FRESH_S:
            return False
        gap = np.diff(times).max()
        return bool(gap <= LARGEST_GAP_S and times[0] <= start_s + MOST_HELD * (end_s - start_s))

    def _make_room(self, count: int) -> None:
        if self._end + count <= len(self._times):
            return
        used = self._end - self._first
        room = max(len(self._times), 2 * (used + count))
        times, values = np.empty(room), np.empty((room, self.channels))
        times[:used] = self._times[self._first : self._end]
        values[:used] = self._values[self._first : self._end]
        self._times, self._values, self._first, self._end = times, values, 0, used


def resampled(
    times: NDArray[np.float64],
    values: NDArray[np.float64],
    start_s: float,
    end_s: float,
    steps: int,
) -> NDArray[np.float64]:
    """`(N, channels)` to `(steps, channels)` evenly from `start_s` to `end_s`, edges held, by the
    same rule as training has it: first evenly at the samples' own rate, then to fewer steps."""
    # Of batches most samples may lie a hair's breadth apart; where some were lost, the mean is too
    # wide by as much.
    even_s = float(times[-1] - times[0]) / (len(times) - 1)
    spacing = max(float(np.median(np.diff(times))), even_s / 2)
    count = max(2, round((end_s - start_s) / spacing) + 1)
    even = interpolated(np.linspace(start_s, end_s, count), times, values)
    return np.asarray(resample_in_time(even, steps), np.float64).T
