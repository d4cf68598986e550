"""A file played as a camera would show it."""

from __future__ import annotations

import threading
import time

from engine.frame import Frame
from engine.sources.base import FrameSource

_LATE_S = 0.5


class Paced:
    """Wraps a source so that `read` waits until the frame's time has come."""

    is_live = False

    def __init__(self, source: FrameSource) -> None:
        self._source = source
        self.name, self.fps = source.name, source.fps
        self._started: float | None = None
        self._closed = threading.Event()

    def read(self) -> Frame | None:
        frame = self._source.read()
        if frame is None or self._closed.is_set():
            return None
        now = time.monotonic()
        if self._started is None:
            self._started = now - frame.t_s
        wait = self._started + frame.t_s - now
        if wait < -_LATE_S:
            # After a stall (a sleeping laptop) go on from here, not in a rush to catch up.
            self._started = now - frame.t_s
        elif wait > 0 and self._closed.wait(wait):
            return None
        return frame

    def close(self) -> None:
        self._closed.set()
        self._source.close()
