"""When each sample of a recording is due, played at its own pace."""

from __future__ import annotations

import math
from dataclasses import dataclass

_LONGEST_GAP_S = 5.0
"""A longer pause in a recording is cut to nothing: somebody put the glove away."""
_USUAL_STEP_S, _LONGEST_STEP_S = 0.01, 1.0
"""Between two samples, until that is known; a longer one is a pause, and not usual."""


@dataclass(slots=True)
class _Line:
    """`first_s` on the recording's clock is `start_s` here; the rest is of the last sample."""

    first_s: float
    start_s: float
    last_s: float
    step_s: float = _USUAL_STEP_S


class ReplayClock:
    """Each sensor has a clock of its own, which may start anew in the middle of a recording."""

    def __init__(self, speed: float = 1.0) -> None:
        """`speed`: 2 plays twice as fast."""
        self._speed = speed
        self._lines: dict[str, _Line] = {}
        self._newest: _Line | None = None

    def due_s(self, sensor: str, stamp_s: float | None, now_s: float) -> float:
        """On the clock of `now_s`. `stamp_s`: when it was measured, where the recording says so."""
        line = self._lines.get(sensor)
        if stamp_s is not None and not math.isfinite(stamp_s):
            stamp_s = None
        if line is None:
            line = self._lines[sensor] = self._begun(stamp_s, now_s)
            stamp_s = line.last_s if stamp_s is None else stamp_s
        elif stamp_s is None:
            stamp_s = line.last_s + line.step_s
        step_s = stamp_s - line.last_s
        if step_s < 0:
            # The device was switched on anew. Its samples are as far apart as they were.
            line.start_s = self._at(line, line.last_s + line.step_s)
            line.first_s = stamp_s
        elif step_s > _LONGEST_GAP_S:
            line.first_s, line.start_s = stamp_s, now_s
        elif 0 < step_s <= _LONGEST_STEP_S:
            line.step_s = step_s
        line.last_s, self._newest = stamp_s, line
        return self._at(line, stamp_s)

    def _begun(self, stamp_s: float | None, now_s: float) -> _Line:
        """A sensor that was not heard before; two of one recording go by one clock, mostly."""
        near = self._newest
        if near is not None and (stamp_s is None or abs(stamp_s - near.last_s) <= _LONGEST_GAP_S):
            first_s = near.last_s if stamp_s is None else stamp_s
            return _Line(first_s, self._at(near, first_s), first_s, near.step_s)
        first_s = 0.0 if stamp_s is None else stamp_s
        return _Line(first_s, now_s, first_s)

    def _at(self, line: _Line, stamp_s: float) -> float:
        return line.start_s + (stamp_s - line.first_s) / self._speed
