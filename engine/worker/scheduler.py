"""What a machine has time for: how often the networks run, and what is left out first.

Frames come first: the camera is never held up, and landmarks are looked for in every sampled frame.
The networks get what is left, up to the budget. When the landmarks themselves fall behind, the
networks that look at pictures, by far the most expensive, run less and less often, then not at all
where landmarks alone can answer; only then are fewer frames looked at.

Giving up goes step by step, since it takes a while to show whether a step was enough. Taking back
goes at once where there is room for everything: how much slower landmarks are beside the networks
is learnt, so that a machine that is idle again is told from one that keeps up only because its
networks rest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from engine.clips.frame_sampler import LANDMARK_RATE_HZ

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

ROOM, ROOM_HELD_S = 0.85, 0.4
"""Everything comes back at once where landmarks would take less than this of the time beside all
networks, and have looked so for as long."""

MOST_THINNED_S = 1.5
"""Pictures that would be judged less often than this are not judged at all, where landmarks can
answer alone."""

_SETTLED_S = 2.0
"""Between two steps: each needs a while to show."""

_COUNTED, _RECENT = 30, 5
"""Pictures that the time for landmarks is judged by: for giving up, and for taking back."""

_STEP = 1.6

_RATIOS, _RATIO_EVERY_S, _SAME_TIME_S, _MOST_RATIO = 5, 1.0, 0.6, 3.0
"""Of comparisons between landmarks beside the networks and alone. Another program that starts
during one makes the networks look worse than they are, so the best of several counts, and what two
threads cannot do to each other counts not at all."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A prediction that is done. `landmarks_s`: what landmarks took at that time."""

    started_s: float = float("-inf")
    took_s: float = 0.0
    landmarks_s: float = 0.0

    def takes_s(self, landmarks_s: float) -> float:
        """What it would take now that landmarks take this: a machine that was busy then and is not
        any more has not to wait for what it took then."""
        if self.landmarks_s <= 0.0:
            return self.took_s
        return self.took_s * min(1.0, landmarks_s / self.landmarks_s)


class Scheduler:
    """Told what everything takes, it says what may be done. All times are seconds on one clock.

    One thread tells of landmarks, another asks and tells of predictions.
    """

    def __init__(self, *, has_video: bool, has_landmarks: bool, budget: Budget = "full") -> None:
        """`has_video`, `has_landmarks`: whether there are networks for either."""
        self._has_video, self._has_landmarks = has_video, has_landmarks
        self.budget: Budget = budget
        self._taken: deque[float] = deque(maxlen=_COUNTED)
        self._recent: deque[float] = deque(maxlen=_RECENT)
        self._expected: deque[float] = deque(maxlen=_RECENT)
        # Landmarks while all networks run as often as they can; and while none looks at pictures.
        self._beside: deque[float] = deque(maxlen=_RECENT)
        self._alone: deque[float] = deque(maxlen=_RECENT)
        self._beside_s = self._alone_s = self._compared_s = float("-inf")
        self._ratios: deque[float] = deque(maxlen=_RATIOS)
        self._ratio = 1.0
        self._landmarks_s = self._lately_s = 0.0
        self._room_since_s: float | None = None
        self._thinned = 1.0
        self._video_stopped = False
        self._rate = 0
        self._changed_s = float("-inf")
        self._video_running = False
        self._video_ended_s = float("-inf")
        self._film, self._last = _Asked(), _Asked()

    @property
    def landmark_rate_hz(self) -> float:
        """How many frames a second are to be looked at."""
        rate = RATES_HZ[self._rate]
        return min(rate, SAVING_RATE_HZ) if self.budget == "saving" else rate

    @property
    def video_stopped(self) -> bool:
        """Whether pictures are not judged any more, for want of time."""
        return self._video_stopped

    @property
    def is_full(self) -> bool:
        """Whether nothing is given up."""
        return self._rate == 0 and self._thinned == 1.0 and not self._video_stopped

    def landmarks_took(self, seconds: float, now_s: float) -> None:
        """The landmarks of one frame are found."""
        self._taken.append(seconds)
        self._recent.append(seconds)
        # Medians: the first picture, and one after a pause, take ten times as long as any other.
        self._landmarks_s, self._lately_s = _median(self._taken), _median(self._recent)
        self._compare(seconds, now_s)
        if not self.is_full and self._has_room(now_s):
            self._rate, self._thinned, self._video_stopped = 0, 1.0, False
            self._beside.clear()
            self._has_changed(now_s)
            return
        if now_s - self._changed_s < _SETTLED_S or len(self._taken) < _COUNTED // 2:
            return
        load = self._landmarks_s * self.landmark_rate_hz
        was_full = self.is_full
        if (load > LATE and self._give_up_something()) or (load < IN_TIME and self._take_back()):
            if was_full:
                self._alone.clear()
            self._has_changed(now_s)

    def may_predict(self, now_s: float) -> Literal["video", "landmarks"] | None:
        """What may be asked now: all networks, or those for landmarks alone; None: nothing yet.
        What it says is taken as begun."""
        share, lately_s = NETWORK_SHARE[self.budget], self._lately_s
        if now_s < self._last.started_s + self._last.takes_s(lately_s) / share:
            return None
        if not self._has_video or self._video_stopped:
            return "landmarks"
        rested_s = self._film.takes_s(lately_s) / share
        thinned_s = max(rested_s, min(self._thinned * rested_s, MOST_THINNED_S))
        if now_s < self._film.started_s + thinned_s:
            return None
        self._video_running = True
        return "video"

    def predicted(
        self, asked: Literal["video", "landmarks"], started_s: float, ended_s: float
    ) -> None:
        """A prediction is done."""
        self._last = _Asked(started_s, ended_s - started_s, self._lately_s)
        if asked == "video":
            self._film = self._last
            self._video_running, self._video_ended_s = False, ended_s

    def _compare(self, seconds: float, now_s: float) -> None:
        """Learn how much slower landmarks are beside all networks than alone."""
        alone = not self._video_running and self._video_ended_s <= now_s - seconds
        self._expected.append(seconds * self._ratio if alone else seconds)
        if not self._has_video:
            return
        if self.is_full:
            self._beside.append(seconds)
            self._beside_s = now_s
        if alone:
            self._alone.append(seconds)
            self._alone_s = now_s
        enough = min(len(self._beside), len(self._alone)) > _RECENT // 2
        apart_s = _SAME_TIME_S + (_RECENT // 2) * self._lately_s
        at_one_time = abs(self._beside_s - self._alone_s) < apart_s
        if enough and at_one_time and now_s - self._compared_s >= _RATIO_EVERY_S:
            self._compared_s = now_s
            alone_s = max(1e-6, _median(self._alone))
            ratio = max(1.0, _median(self._beside) / alone_s)
            if ratio <= _MOST_RATIO:
                self._ratios.append(ratio)
                self._ratio = min(self._ratios) if len(self._ratios) > 1 else 1.0

    def _has_room(self, now_s: float) -> bool:
        """Whether all of the networks and every frame have had room for a while."""
        most = SAVING_RATE_HZ if self.budget == "saving" else RATES_HZ[0]
        enough = len(self._expected) > _RECENT // 2
        if not enough or _median(self._expected) * most >= ROOM:
            self._room_since_s = None
            return False
        if self._room_since_s is None:
            self._room_since_s = now_s
        return now_s - self._room_since_s >= ROOM_HELD_S

    def _has_changed(self, now_s: float) -> None:
        self._changed_s = now_s
        self._room_since_s = None
        self._taken.clear()

    def _give_up_something(self) -> bool:
        """Whether there was anything left to give up."""
        if self._has_video and not self._video_stopped:
            rarer = self._thinned * _STEP
            if rarer * self._film.took_s <= MOST_THINNED_S:
                self._thinned = rarer
                return True
            if self._has_landmarks:
                self._video_stopped = True
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
            if self._landmarks_s * RATES_HZ[self._rate - 1] >= IN_TIME:
                return False
            self._rate -= 1
            return True
        if self._video_stopped:
            self._video_stopped = False
            return True
        if self._thinned > 1.0:
            self._thinned = max(1.0, self._thinned / _STEP)
            return True
        return False


def _median(values: Collection[float]) -> float:
    """The upper one of two middle ones."""
    return sorted(values)[len(values) // 2]
