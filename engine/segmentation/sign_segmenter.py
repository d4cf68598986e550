"""Where a sign starts and ends, from where the hands are and how they move.

Hands rest, rise, sign and come back to rest: in the lap, on a desk, at the sides, out of the
picture. A *segment* lasts from leaving the rest place to coming back to it, however long that is;
a hand held still in the air does not end it, for many signs are held. Signs that follow one another
without a rest therefore come as one segment; its `inner` moments are where it may be cut, and only
who can name the parts can tell whether it should be.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.frame import Landmarks
from engine.segmentation.hand_motion import HOLD_S, MIDDLE, SLOW, Hand, hand_points

ClosedBy = Literal["rest", "hold", "lost", "length"]

LONGEST_S = 6.0
"""No single sign is longer: a segment that grows beyond is closed."""

# Seconds. How long a hand is away from rest before a sign has started, where it is detected and
# where the pose alone tells of it; and how long it is back before the sign has ended, where it has
# landed and where it goes on fidgeting.
_RISEN_S, _GUESSED_S = 0.06, 0.2
_SETTLED_S, _DOWN_S = 0.06, 0.3
_LOST_S, _STALL_S = 0.5, 1.2
# The start is looked for so far back from where the hand had left its rest place.
_ONSET_S = 0.4
_SHORTEST_S = 0.3
# A sign that ends in a long hold keeps this much of it.
_HELD_S = 0.5
# What starts at a hand held in the air and only sinks to rest within this time was no sign.
_SINKING_S, _SINKING = 0.9, 0.25

# A sign has moments faster than this, in shoulder widths a second.
_MOVING = 1.0
# An inner moment's speed as a part of the speeds about it, and how far it is from others.
_VALLEY, _APART_S = 0.7, 0.3

_BODY_S, _WIDTH_S = 0.35, 5.0


@dataclass(frozen=True, slots=True)
class Segment:
    """`start_s` to `end_s`, in the source's time: a sign, or several without a rest between.

    `closed_by`: the hands came back to *rest*; they are *held* in the air for `HOLD_S`; the person
    or the stream was *lost*; or it reached the greatest *length*, and goes on in the next segment.
    `inner`: the moments, in order and well inside, at which the movement slows down or turns.
    """

    start_s: float
    end_s: float
    closed_by: ClosedBy
    inner: tuple[float, ...] = ()


class _Step(NamedTuple):
    """What the hands that are up did at one moment: the fastest's speed, the highest's height."""

    t_s: float
    speed: float
    height: float


class SignSegmenter:
    """Fed with what is seen, frame by frame, from about 8 frames a second on; says when a segment
    has ended. The rest places are learnt on the way and kept until `reset`; a clock that runs
    backwards resets, since the source began again."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._down_s: float | None = None
        self._part: set[int] = set()
        self.reset()

    def reset(self) -> None:
        """Forget everything, the open segment too."""
        self._hands = (Hand(), Hand())
        self._widths: deque[tuple[float, float]] = deque()
        self._middles: deque[tuple[float, NDArray[np.float64]]] = deque()
        self._path: deque[_Step] = deque()
        self._now_s: float | None = None
        self._seen_s: float | None = None
        self._ended_s = -np.inf
        self._close()

    @property
    def signing(self) -> bool:
        """Between a start and an end."""
        return self._since_s is not None

    @property
    def since_s(self) -> float | None:
        """Where the open segment starts; None at rest."""
        return self._since_s

    @property
    def inner(self) -> tuple[float, ...]:
        """The open segment's inner moments so far."""
        if self._since_s is None or self._now_s is None:
            return ()
        return self._slow_moments(self._since_s, self._now_s)

    def observe(self, t_s: float, landmarks: Landmarks) -> tuple[Segment, ...]:
        """The segments that ended with this frame, in order; none overlap and none end later.

        `t_s`: the source's seconds. A frame of the same moment as the last says nothing new.
        """
        if not np.isfinite(t_s) or t_s == self._now_s:
            return ()
        if self._now_s is not None and t_s < self._now_s:
            self.reset()
        watched_s, self._now_s = self._now_s, t_s
        lost: tuple[Segment, ...] = ()
        # Nobody looked for a moment: that is not the same as looking and seeing nobody.
        patience = _STALL_S if watched_s == self._seen_s else _LOST_S
        if self._seen_s is not None and t_s - self._seen_s > patience:
            lost = self._end(self._seen_s, "lost")
            for hand in self._hands:
                hand.see(t_s, None, False)
            self._path.clear()
            self._seen_s = None
        body = self._body(t_s, landmarks.pose)
        if body is None or landmarks.pose is None:
            return lost
        self._seen_s = t_s
        sides = ((landmarks.left_hand, 15), (landmarks.right_hand, 16))
        for hand, (seen, wrist) in zip(self._hands, sides, strict=True):
            points, sure, detected = hand_points(landmarks.pose, seen, wrist)
            near = None if points is None else (points - body[0]) / body[1]
            hand.see(t_s, near, sure, detected)
        up = [hand for hand in self._hands if hand.up]
        moving = up or self._hands
        self._path.append(
            _Step(t_s, max(hand.speed for hand in moving), min(hand.height for hand in moving))
        )
        while self._path[0].t_s < t_s - LONGEST_S - 1.0:
            self._path.popleft()
        return lost + (self._go_on(t_s, up) if self.signing else self._wait(t_s, up))

    def finish(self) -> tuple[Segment, ...]:
        """The stream is over: what is open ends with the last frame that showed somebody."""
        return self._end(self._seen_s, "lost") if self._seen_s is not None else ()

    def _wait(self, t_s: float, up: list[Hand]) -> tuple[Segment, ...]:
        risen = [
            hand
            for hand in up
            if hand.up_since_s is not None
            and t_s - hand.up_since_s >= (_RISEN_S if hand.detected else _GUESSED_S) - 1e-3
        ]
        if risen:
            start = min(hand.up_since_s for hand in risen if hand.up_since_s is not None)
            for step in reversed(self._path):
                if step.t_s < start and (step.speed < SLOW or start - step.t_s > _ONSET_S):
                    break
                start = min(start, step.t_s)
            self._since_s = max(start, self._ended_s)
            self._was_raised = any(hand.rests_raised for hand in risen)
            self._highest = self._first = min(hand.height for hand in risen)
        return ()

    def _go_on(self, t_s: float, up: list[Hand]) -> tuple[Segment, ...]:
        assert self._since_s is not None
        self._part.update(i for i, hand in enumerate(self._hands) if hand.up and hand.detected)
        if self._part:
            # The other hand, never detected in this sign, is a guess.
            up = [self._hands[i] for i in self._part if self._hands[i].up]
        if up:
            self._down_s = None
            self._highest = min(self._highest, *(hand.height for hand in up))
            if t_s - self._since_s > LONGEST_S:
                # Best between two signs: where the hands came lowest.
                end = max(self.inner, key=self._height_at, default=t_s)
                part = self._part
                ended = self._end(end, "length")
                self._since_s, self._part = end, part
                return ended
            return ()
        if self._down_s is None:
            self._down_s = t_s
        hands = [self._hands[i] for i in self._part] or list(self._hands)
        came_s = t_s - min(hand.stays_s(t_s) for hand in hands)
        if t_s - came_s >= HOLD_S and any(hand.height < MIDDLE for hand in hands):
            # It has just become the rest place: the first moment of the stay was still the sign.
            return self._end(max(self._since_s, came_s + _HELD_S), "hold")
        landed = all(hand.landed for hand in hands)
        if t_s - self._down_s >= (_SETTLED_S if landed else _DOWN_S) - 1e-3:
            return self._end(max(self._since_s, min(self._down_s, came_s)), "rest")
        return ()

    def _end(self, end_s: float, by: ClosedBy) -> tuple[Segment, ...]:
        """The open segment, unless it is too short or too still to be a sign."""
        start, rose = self._since_s, self._first - self._highest
        only_sank = self._was_raised and by == "rest" and rose < _SINKING
        self._close()
        if start is None or end_s - start < _SHORTEST_S:
            return ()
        if not any(s.speed > _MOVING for s in self._path if start <= s.t_s <= end_s):
            return ()
        if only_sank and end_s - start < _SINKING_S:
            return ()
        self._ended_s = end_s
        return (Segment(start, end_s, by, self._slow_moments(start, end_s)),)

    def _close(self) -> None:
        self._since_s = self._down_s = None
        self._part = set()
        self._first = self._highest = float("inf")
        self._was_raised = False

    def _slow_moments(self, start_s: float, end_s: float) -> tuple[float, ...]:
        """Where the speed sinks to a part of what it is before and after: each valley's middle."""
        path = [step for step in self._path if start_s <= step.t_s <= end_s]
        found: list[float] = []
        peak, valley = 0.0, 0
        sunk = False
        for i, step in enumerate(path):
            speed = step.speed
            if not sunk:
                peak = max(peak, speed)
                sunk, valley = peak > _MOVING and speed < _VALLEY * peak, i
            elif speed < path[valley].speed:
                valley = i
            elif speed > max(_MOVING, path[valley].speed / _VALLEY):
                moment = _middle(path, valley)
                sunk, peak = False, speed
                if moment - (found[-1] if found else start_s) >= _APART_S:
                    found.append(moment)
        return tuple(moment for moment in found if end_s - moment >= _APART_S)

    def _height_at(self, moment_s: float) -> float:
        return min(self._path, key=lambda step: abs(step.t_s - moment_s)).height

    def _body(
        self, t_s: float, pose: NDArray[np.float32] | None
    ) -> tuple[NDArray[np.float64], float] | None:
        """The point between the shoulders and their distance, both robust to a bad frame."""
        if pose is None or not np.isfinite(pose[11:13, :2]).all():
            return None
        left, right = pose[11, :2].astype(np.float64), pose[12, :2].astype(np.float64)
        self._middles.append((t_s, (left + right) / 2))
        self._widths.append((t_s, float(np.hypot(*(left - right)))))
        while t_s - self._middles[0][0] > _BODY_S:
            self._middles.popleft()
        while t_s - self._widths[0][0] > _WIDTH_S:
            self._widths.popleft()
        width = float(np.median([width for _, width in self._widths]))
        if width <= 0.0:
            return None
        return np.median([middle for _, middle in self._middles], axis=0), width


def _middle(path: list[_Step], valley: int) -> float:
    """Half-way through what is about as slow as the valley's lowest step."""
    slow = path[valley].speed / _VALLEY + 0.2
    first = last = valley
    while first > 0 and path[first - 1].speed <= slow:
        first -= 1
    while last < len(path) - 1 and path[last + 1].speed <= slow:
        last += 1
    return (path[first].t_s + path[last].t_s) / 2
