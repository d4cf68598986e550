"""How many people are in the picture: looked at now and then, for it takes time."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

PERIOD_S = 3.0
"""Following one person is cheap; looking for a second takes as long as two frames do."""


class CountsPeople(Protocol):
    """What knows how many people a picture shows: the landmark detector."""

    def count_people(self, image: NDArray[np.uint8]) -> int:
        """0, 1 or 2."""


class PeopleWatch:
    """Two are two when two looks in a row found them: one alone may be a coat on a hook."""

    def __init__(self) -> None:
        self._looked_s: float | None = None
        self._last = self._before = 1

    def reset(self) -> None:
        self._looked_s = None
        self._last = self._before = 1

    def count(self, detector: CountsPeople, image: NDArray[np.uint8], t_s: float) -> int:
        """1 or 2, as far as that is known at `t_s` seconds; nobody counts as one."""
        if self._looked_s is None or t_s < self._looked_s:
            # The first answers are waited for: nothing is counted then.
            self.reset()
            self._looked_s = t_s
        elif t_s - self._looked_s >= PERIOD_S:
            self._looked_s = t_s
            self._before, self._last = self._last, max(1, detector.count_people(image))
        return min(self._last, self._before)
