"""One hand of a signer over time: where it is, how fast, and where it rests."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

HOLD_S = 2.5
"""A hand that stays where it is in the air for so long is not signing."""
MIDDLE = 0.65
"""Hands that stay above this height are held in the air; below it they rest on something."""
SLOW = 1.2
"""Speed below which a hand is about to stop."""

# Lengths are shoulder widths, heights are below the shoulders, speeds are widths a second; tuned on
# six signers of arsl10, all of them seated with their hands in the lap.

# Until a rest place is known, hands below this line rest: it runs through the elbows.
_LOW = 0.95
# The lower a hand stays, the sooner that is rest.
_REST_HEIGHTS, _REST_AFTER_S = (MIDDLE, 0.7, _LOW), (HOLD_S, 1.5, 0.3)
# How far the wrist and the fingertips may stray from a place at which they stay.
_STAYS, _FINGERS_STAY = 0.2, 0.3
_NEAR, _NEAR_RAISED = 0.25, 0.3
# How quickly a known rest place follows the hand.
_LEARN = 0.1
# Speed is measured over this span, a turn over a step of at least the other.
_SPEED_S, _STEP_S = 0.13, 0.06
# For so long a hand that was up is believed to be so though it is not seen.
_UNSURE_S = 0.4
# The pose knows a wrist from this visibility on; of those in the lap it sees half.
_VISIBLE = 0.4

_TIPS = (4, 8, 12, 16, 20)


class Hand:
    """All in shoulder widths from between the shoulders, y down.

    `up`: away from rest, since `up_since_s`; `landed`: back at it, were it not up; `detected`: seen
    as a hand, not only guessed from the pose. `speed` in widths a second; `height` is infinite
    where the hand is out of the picture. `rest` `(2,)`: where it rests, once that is known.
    """

    def __init__(self) -> None:
        self.rest: NDArray[np.float64] | None = None
        self.up = False
        self.up_since_s: float | None = None
        self.landed = True
        self.detected = False
        self.height = float("inf")
        self.speed = 0.0
        self._sure_s = -np.inf
        self._trail: deque[tuple[float, NDArray[np.float64]]] = deque()
        self._anchor: NDArray[np.float64] | None = None
        self._anchor_s = 0.0
        self._strays = 0

    def see(
        self, t_s: float, points: NDArray[np.float64] | None, sure: bool, detected: bool = False
    ) -> None:
        """The next moment: `points` `(6, 2)` as `hand_points` gives them, or None for a hand that
        is out of the picture, which is at rest. `sure`: seen rather than guessed."""
        if points is None:
            self._trail.clear()
            self._anchor, self.up_since_s, self.up = None, None, False
            self.landed, self.detected = True, False
            self.height, self.speed = float("inf"), 0.0
            return
        self.height = float(points[0, 1])
        self.detected = detected
        then_s, then = self._before(t_s, points)
        self.speed = self._speed(t_s, points)
        self._dwell(t_s, points)
        step = float(np.hypot(*(points[0] - then[0]))) / max(t_s - then_s, 1e-3)
        # Signs follow each other quickly: a hand that sinks no further at its rest place has been
        # there, though it hardly stopped.
        home = self.rest is None or bool(np.hypot(*(points[0] - self.rest)) < _NEAR)
        turns = bool(points[0, 1] <= then[0, 1] + 0.02)
        self.landed = min(self.speed, step) < SLOW or (home and turns)
        away = not self._is_resting_at(points[0])
        if sure:
            self._sure_s = t_s
            self.up = away
        else:
            # The pose guesses a wrist it cannot see, at times on the other hand.
            self.up = self.up and away and t_s - self._sure_s < _UNSURE_S
        if not self.up:
            self.up_since_s = None
        elif self.up_since_s is None:
            self.up_since_s = t_s

    def stays_s(self, t_s: float) -> float:
        """How long it has been where it is."""
        return t_s - self._anchor_s if self._anchor is not None else 0.0

    @property
    def rests_raised(self) -> bool:
        """Rests on a desk, on folded arms, at the chin."""
        return self.rest is not None and bool(self.rest[1] < _LOW)

    def _is_resting_at(self, wrist: NDArray[np.float64]) -> bool:
        if self.rest is None:
            return bool(wrist[1] >= _LOW)
        if self.rests_raised:
            return bool(np.hypot(*(wrist - self.rest)) < _NEAR_RAISED or wrist[1] >= _LOW)
        return bool(wrist[1] > min(_LOW, self.rest[1] - _NEAR))

    def _dwell(self, t_s: float, points: NDArray[np.float64]) -> None:
        """Learn the rest place, which is where it stayed last."""
        if self._anchor is not None:
            off = np.hypot(*(points - self._anchor).T)
            fingers = off[1:][~np.isnan(off[1:])]
            stays = off[0] < _STAYS and not (fingers.size and fingers.max() > _FINGERS_STAY)
            # One badly seen frame is no movement.
            self._strays = 0 if stays else self._strays + 1
        if self._anchor is None or self._strays > 1:
            self._anchor, self._anchor_s, self._strays = points, t_s, 0
        if self._strays:
            return
        unseen = np.isnan(self._anchor)
        self._anchor = np.where(unseen, points, self._anchor)
        wrist = points[0]
        if self.stays_s(t_s) < np.interp(wrist[1], _REST_HEIGHTS, _REST_AFTER_S):
            return
        if self.rest is None or np.hypot(*(wrist - self.rest)) > _STAYS:
            self.rest = wrist
        else:
            self.rest = self.rest + _LEARN * (wrist - self.rest)

    def _before(self, t_s: float, points: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The frame before this one, or of a faster camera the one long enough before."""
        early = [one for one in self._trail if t_s - one[0] >= _STEP_S]
        return early[-1] if early else (self._trail[-1] if self._trail else (t_s, points))

    def _speed(self, t_s: float, points: NDArray[np.float64]) -> float:
        """Of the wrist, or of the fingers about it when they are faster."""
        self._trail.append((t_s, points))
        while len(self._trail) > 2 and t_s - self._trail[1][0] >= _SPEED_S - 1e-3:
            self._trail.popleft()
        then_s, then = self._trail[0]
        if t_s <= then_s:
            return 0.0
        wrist = float(np.hypot(*(points[0] - then[0])))
        turned = (points[1:] - points[0]) - (then[1:] - then[0])
        fingers = np.hypot(*turned.T)
        seen = fingers[~np.isnan(fingers)]
        # One fingertip is often seen wrongly, half of them seldom.
        return max(wrist, float(np.median(seen)) if seen.size else 0.0) / (t_s - then_s)


def hand_points(
    pose: NDArray[np.float32], hand: NDArray[np.float32] | None, wrist: int
) -> tuple[NDArray[np.float64] | None, bool, bool]:
    """`(6, 2)` wrist and fingertips in pixels, NaN where not seen, or None without a wrist; whether
    the wrist is really seen; and whether as a hand. `wrist`: its index in the pose."""
    points = np.full((1 + len(_TIPS), 2), np.nan)
    if hand is not None and np.isfinite(hand[0, :2]).all():
        points[0], points[1:] = hand[0, :2], hand[list(_TIPS), :2]
        points[~np.isfinite(points)] = np.nan
        return points, True, True
    if not np.isfinite(pose[wrist, :2]).all():
        return None, False, False
    points[0] = pose[wrist, :2]
    return points, bool(pose[wrist, 3] >= _VISIBLE), False
