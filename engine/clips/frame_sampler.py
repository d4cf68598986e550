"""Which of the captured frames are looked at."""

from __future__ import annotations

import statistics
from collections import deque

LANDMARK_RATE_HZ = 15.0
"""Frames that come faster are shown, not looked at: a 24-frame clip over 3 s needs 8 a second."""

_INTERVALS = 9
"""Between frames, that a camera's own rate is judged by."""

# Time stamps of a 15 Hz film are rounded to its container's clock.
_TOLERANCE_S = 5e-4


class FrameSampler:
    """Says which frames are due, by their time stamps.

    Due moments are a period apart and keep their phase: of the frames about one, the nearest is
    looked at, so that neither a clock that jitters nor a camera of 24 or 25 frames a second changes
    the rate. A clock that runs backwards starts anew.
    """

    def __init__(self) -> None:
        self.looked_s: float | None = None
        self.rate_hz = LANDMARK_RATE_HZ
        self._due_s = 0.0
        self._seen_s: float | None = None
        self._intervals: deque[float] = deque(maxlen=_INTERVALS)

    def is_due(self, t_s: float) -> bool:
        """Whether a frame of this time stamp is to be looked at. Asked once a frame, in order."""
        if self._seen_s is not None and t_s > self._seen_s:
            self._intervals.append(t_s - self._seen_s)
        self._seen_s = t_s
        if self.looked_s is None or t_s < self.looked_s:
            return True
        return t_s >= self._due_s - self._early_s()

    def take(self, t_s: float) -> None:
        """This frame is looked at."""
        if self.looked_s is None or t_s < self.looked_s:
            self._due_s = t_s
        self.looked_s = t_s
        # What a slower source has not brought is not made up for later.
        self._due_s = max(self._due_s + 1.0 / self.rate_hz, t_s)

    def reset(self) -> None:
        self.looked_s = self._seen_s = None
        self._intervals.clear()

    def _early_s(self) -> float:
        """How long before its due moment a frame is nearer to it than the next one will be."""
        if not self._intervals:
            return _TOLERANCE_S
        return max(_TOLERANCE_S, min(statistics.median(self._intervals), 1.0 / self.rate_hz) / 2)
