"""Whether the skeleton is young enough to lie on the hands it belongs to."""

from __future__ import annotations

import time
from collections.abc import Callable

OLDEST_S = 0.15
"""A skeleton that trails the hands by more is worse than none."""

_CALM_S = 0.7


class SkeletonAge:
    """On a computer that is too slow the skeleton stays away, rather than coming and going."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._late_s = float("-inf")

    def may_show(self, frame_s: float, seen_s: float) -> bool:
        """`frame_s`, `seen_s`: the source's time of the picture that is shown, and of the one in
        which the joints were seen."""
        now = self._clock()
        age = frame_s - seen_s
        if not 0 <= age <= OLDEST_S + 1e-6:
            self._late_s = now
        return now - self._late_s >= _CALM_S
