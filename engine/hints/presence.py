"""Who was in view when, so that a sign is judged by its own moments and not by the answer's."""

from __future__ import annotations

import bisect
from collections import deque

import numpy as np

from engine.hints.visibility import Visibility
from engine.landmarks.low_light import TOO_DARK
from engine.prediction import Reason

KEPT_S = 12.0
"""Longer than landmarks are kept for a sign that is still to be named."""

FEWEST_WITH_HANDS = 0.4
"""Of a sign's moments. Hands that move fast are missed at times: of real signs, the worst seen has
them in 0.57."""

FEWEST_IN_WINDOW = 0.2
"""Of the last seconds, where a sign has rest before and after it."""

FEWEST_PX = 40.0
"""Between the shoulders: of somebody smaller, fingers cannot be told apart."""

_LOST_AFTER_S = 1.0
"""With nobody seen for so long there is nobody in view just now."""


class Presence:
    """What was seen of people in the last seconds. A clock that runs backwards forgets it."""

    def __init__(self) -> None:
        self._moments: deque[tuple[float, Visibility]] = deque()

    def observe(self, t_s: float, look: Visibility) -> None:
        if self._moments and t_s < self._moments[-1][0]:
            self.clear()
        self._moments.append((t_s, look))
        while t_s - self._moments[0][0] > KEPT_S:
            self._moments.popleft()

    def clear(self) -> None:
        self._moments.clear()

    def why_no_sign(self, start_s: float, end_s: float) -> Reason | None:
        """Why nothing can be named that was made from `start_s` to `end_s`; None when it can be."""
        looks = self._between(start_s, end_s)
        return _reason(looks, FEWEST_WITH_HANDS) if looks else "nobody"

    def why_no_sign_now(self, span_s: float) -> Reason | None:
        """The same of the last `span_s` seconds, in which a sign may be a small part."""
        if not self._moments:
            return "nobody"
        newest = self._moments[-1][0]
        lately = self._between(newest - _LOST_AFTER_S, newest)
        if not any(look.person for look in lately):
            return _nobody(lately)
        return _reason(self._between(newest - span_s, newest), FEWEST_IN_WINDOW)

    def _between(self, start_s: float, end_s: float) -> list[Visibility]:
        first = bisect.bisect_left(self._moments, start_s, key=lambda moment: moment[0])
        last = bisect.bisect_right(self._moments, end_s, key=lambda moment: moment[0])
        return [self._moments[i][1] for i in range(first, last)]


def _reason(looks: list[Visibility], fewest_with_hands: float) -> Reason | None:
    seen = [look for look in looks if look.person]
    if not seen:
        return _nobody(looks)
    if np.median([look.across_px for look in seen if look.across_px is not None]) < FEWEST_PX:
        return "too-far"
    if sum(look.hands for look in looks) < fewest_with_hands * len(looks):
        return "no-hands"
    return None


def _nobody(looks: list[Visibility]) -> Reason:
    """In the dark there may well be somebody."""
    return "too-dark" if np.median([look.light for look in looks]) < TOO_DARK else "nobody"
