"""Which of the captured frames are looked at."""

from __future__ import annotations

LANDMARK_RATE_HZ = 15.0
"""Frames that come faster are shown, not looked at: a 24-frame clip over 3 s needs 8 a second."""

# Time stamps of a 15 Hz film are rounded to its container's clock.
_TOLERANCE_S = 5e-4


class LandmarkPace:
    """Says which frames are due, by their time stamps. A clock that runs backwards starts anew."""

    def __init__(self) -> None:
        self.looked_s: float | None = None
        self.rate_hz = LANDMARK_RATE_HZ

    def is_due(self, t_s: float) -> bool:
        """Whether a frame of this time stamp is to be looked at."""
        if self.looked_s is None or t_s < self.looked_s:
            return True
        return t_s - self.looked_s >= 1.0 / self.rate_hz - _TOLERANCE_S

    def look(self, t_s: float) -> None:
        self.looked_s = t_s

    def reset(self) -> None:
        self.looked_s = None
