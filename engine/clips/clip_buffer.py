"""The live span that a clip is sampled from, by time stamp and at any frame rate."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")


class ClipBuffer(Generic[T]):
    """Keeps what was seen in the last `span_s` seconds and samples `frames` moments evenly.

    Time stamps are seconds on one clock. One that jumps back (a source that was restarted) empties
    the window first; one that repeats replaces the newest sample. Where the span began before the
    first sample, that sample is held, as if the signer had stood still until then.
    """

    def __init__(self, span_s: float, frames: int = 24, *, kept_s: float | None = None) -> None:
        """`kept_s`: how far back samples are kept, where that is longer than the span."""
        if span_s <= 0 or frames < 2:
            raise ValueError("a window needs a positive span and at least two frames")
        self.span_s, self.frames = span_s, frames
        self._kept_s = max(span_s, kept_s or 0.0)
        self._times: deque[float] = deque()
        self._items: deque[T] = deque()

    def __len__(self) -> int:
        return len(self._times)

    @property
    def newest_s(self) -> float | None:
        return self._times[-1] if self._times else None

    @property
    def covered_s(self) -> float:
        """Seconds between the oldest and the newest sample kept."""
        return self._times[-1] - self._times[0] if self._times else 0.0

    def append(self, t_s: float, item: T) -> None:
        if self._times and t_s == self._times[-1]:
            self._items[-1] = item
            return
        if self._times and t_s < self._times[-1]:
            self.clear()
        self._times.append(t_s)
        self._items.append(item)
        # One sample older than the span stays, so that its beginning can be interpolated.
        while len(self._times) > 2 and self._times[1] <= t_s - self._kept_s:
            self._times.popleft()
            self._items.popleft()

    def clear(self) -> None:
        self._times.clear()
        self._items.clear()

    def sample_times(self, hold_s: float = 0.0) -> NDArray[np.float64]:
        """`(frames,)` moments evenly over the span, ending `hold_s` after the newest sample, or
        before it, when that is negative."""
        end = self._times[-1] + hold_s
        return np.linspace(end - self.span_s, end, self.frames)

    def nearest(self, hold_s: float = 0.0) -> list[T]:
        """The item nearest to each sample time. Raises IndexError when the window is empty."""
        if not self._times:
            raise IndexError("the window is empty")
        times = list(self._times)
        return [self._items[_nearest_index(times, moment)] for moment in self.sample_times(hold_s)]

    def items(self) -> tuple[Sequence[float], Sequence[T]]:
        """Everything kept: time stamps and items, oldest first."""
        return tuple(self._times), tuple(self._items)


def _nearest_index(times: Sequence[float], moment: float) -> int:
    after = bisect_left(times, moment)
    if after == 0:
        return 0
    if after == len(times):
        return after - 1
    return after if times[after] - moment < moment - times[after - 1] else after - 1
