"""A film's time stamps, mended: from 0 on, only growing, and with no pause longer than one sees in
a film.

Films that were joined start again in the middle or jump ahead by hours; some recorders leave stamps
out, or write the same one again and again.
"""

from __future__ import annotations

LONGEST_PAUSE_S = 2.0
_USUAL_STEP_S = 1 / 25
_SHORTEST_STEP_S = 1e-3
_BACK_S = 0.5
"""A stamp so far back begins a new film; one a little back is out of order."""
_STANDING_PICTURES = 3
"""So many pictures may share a moment; where more do, the stamps say nothing."""


class VideoClock:
    """Give it every picture's own stamp, in the order in which they are shown."""

    def __init__(self, rate_hz: float | None = None) -> None:
        """`rate_hz`: nominal, for pictures without a stamp until others show how they are spaced.
        A rate that no film has is not believed."""
        believed = rate_hz is not None and 1.0 <= rate_hz <= 250.0
        self._step_s = 1.0 / rate_hz if believed and rate_hz else _USUAL_STEP_S
        self._newest_s: float | None = None
        self._offset_s = 0.0
        self._standing = 0
        self._joint = False

    def stamp(self, t_s: float | None) -> float:
        """Seconds since the first picture, always more than the last answer."""
        if self._newest_s is None:
            self._newest_s, self._offset_s = 0.0, -(t_s or 0.0)
            self._joint = t_s is None
            return 0.0
        if t_s is None:
            self._newest_s += self._step_s
            return self._newest_s
        gap = t_s + self._offset_s - self._newest_s
        if self._joint or gap < -_BACK_S:
            gap = self._step_s
            self._joint, self._standing = False, 0
        elif gap < _SHORTEST_STEP_S:
            self._standing += 1
            if self._standing <= _STANDING_PICTURES:
                # The next stamp that counts is as true as the last one was.
                self._newest_s += _SHORTEST_STEP_S
                return self._newest_s
            gap = self._step_s
        else:
            self._standing = 0
            if gap < LONGEST_PAUSE_S:
                self._step_s = gap
            gap = min(gap, LONGEST_PAUSE_S)
        self._newest_s += gap
        self._offset_s = self._newest_s - t_s
        return self._newest_s

    def begin_again(self) -> None:
        """The next picture is the first of a film that follows this one."""
        self._joint = self._newest_s is not None
