"""What a machine has time for: how often the networks run, and what is left out first.

Frames come first: the camera is never held up, and landmarks are looked for in every sampled frame.
The networks get what is left, up to the budget. When the landmarks themselves fall behind, the
networks that look at pictures, by far the most expensive, run less and less often, then not at all
where landmarks alone can answer; only then are fewer frames looked at.
"""

from __future__ import annotations

import statistics
from collections import deque
from typing import Literal, get_args

from engine.landmark_pace import LANDMARK_RATE_HZ

Budget = Literal["full", "balanced", "saving"]
BUDGETS: tuple[Budget, ...] = get_args(Budget)

NETWORK_SHARE: dict[Budget, float] = {"full": 1.0, "balanced": 0.5, "saving": 0.2}
"""The part of the time in which the networks may be at work."""

RATES_HZ = (LANDMARK_RATE_HZ, 12.0, 10.0, 8.0)
"""Frames looked at a second. 24 frames over 3 s are 8 a second: with fewer, a clip has gaps."""

SAVING_RATE_HZ = 10.0
"""With the smallest budget no more than these are looked at."""

LATE, IN_TIME = 1.0, 0.9
"""Landmarks that take more of the time between two sampled frames than this fall behind; the
machine has time again when they take less."""

MOST_THINNED_S = 2.0
"""Pictures that would be judged less often than this are not judged at all, where landmarks can
answer alone."""

_SETTLED_S = 2.0
"""Between two changes: each needs a while to show."""

_COUNTED = 30
"""Pictures that the time for landmarks is judged by."""

_STEP = 1.6


class Scheduler:
    """Told what everything takes, it says what may be done. All times are seconds on one clock."""

    def __init__(self, *, has_film: bool, has_graph: bool, budget: Budget = "full") -> None:
        """`has_film`, `has_graph`: whether there are networks for pictures, and for landmarks."""
        self._has_film, self._has_graph = has_film, has_graph
        self.budget: Budget = budget
        self._taken: deque[float] = deque(maxlen=_COUNTED)
        self._landmarks_s = 0.0
        self._thinned = 1.0
        self._film_stopped = False
        self._rate = 0
        self._changed_s = float("-inf")
        self._network_s = 0.0
        self._film_due_s = float("-inf")
        self._due_s = float("-inf")

    @property
    def landmark_rate_hz(self) -> float:
        """How many frames a second are to be looked at."""
        rate = RATES_HZ[self._rate]
        return min(rate, SAVING_RATE_HZ) if self.budget == "saving" else rate

    @property
    def film_stopped(self) -> bool:
        """Whether pictures are not judged any more, for want of time."""
        return self._film_stopped

    def landmarks_took(self, seconds: float, now_s: float) -> None:
        """The landmarks of one frame are found."""
        self._taken.append(seconds)
        # A median: the first picture, and one after a pause, take ten times as long as any other.
        self._landmarks_s = statistics.median(self._taken)
        if now_s - self._changed_s < _SETTLED_S or len(self._taken) < _COUNTED // 2:
            return
        load = self._landmarks_s * self.landmark_rate_hz
        if (load > LATE and self._give_up_something()) or (load < IN_TIME and self._take_back()):
            self._changed_s = now_s
            self._taken.clear()

    def may_predict(self, now_s: float) -> Literal["film", "graph"] | None:
        """What may be asked now: all networks, or those for landmarks alone; None: nothing yet."""
        if now_s < self._due_s:
            return None
        if self._has_film and not self._film_stopped and now_s >= self._film_due_s:
            return "film"
        return "graph" if self._film_stopped or not self._has_film else None

    def predicted(self, asked: Literal["film", "graph"], started_s: float, ended_s: float) -> None:
        """A prediction is done."""
        took = ended_s - started_s
        share = NETWORK_SHARE[self.budget]
        self._due_s = started_s + took / share
        if asked == "film" or not self._has_film:
            self._network_s = took
            self._film_due_s = started_s + self._thinned * took / share

    def _give_up_something(self) -> bool:
        """Whether there was anything left to give up."""
        if self._has_film and not self._film_stopped:
            self._thinned *= _STEP
            too_rare = self._thinned * self._network_s > MOST_THINNED_S
            if too_rare and self._has_graph:
                self._film_stopped = True
            elif too_rare:
                self._thinned /= _STEP
                return self._slower()
            return True
        return self._slower()

    def _slower(self) -> bool:
        slower = [i for i, rate in enumerate(RATES_HZ) if rate < self.landmark_rate_hz]
        if slower:
            self._rate = slower[0]
        return bool(slower)

    def _take_back(self) -> bool:
        if self._rate > 0:
            # Only where the higher rate would not be given up at once again.
            if self._landmarks_s * RATES_HZ[self._rate - 1] >= LATE:
                return False
            self._rate -= 1
            return True
        if self._film_stopped:
            self._film_stopped = False
            return True
        if self._thinned > 1.0:
            self._thinned = max(1.0, self._thinned / _STEP)
            return True
        return False
