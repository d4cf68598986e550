"""A picture on its way from the camera's thread to the one that recognises."""

from __future__ import annotations

from dataclasses import dataclass

from engine.frame import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Captured:
    """A frame, `time.perf_counter()` when it was taken, and the number of its source."""

    frame: Frame
    captured: float
    source: int
