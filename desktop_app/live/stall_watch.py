"""How long the window's event loop was ever blocked."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

_PERIOD_MS = 10


class StallWatch(QObject):
    """A timer that measures how late it comes.

    `longest_ms` counts from `restart` on; `longest_before_ms` is the longest until then, when
    libraries were loaded beside the window.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_ms = 0.0
        self.longest_before_ms = 0.0
        self._previous = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_PERIOD_MS)

    def restart(self) -> None:
        """Begin a new count; what was counted stays in `longest_before_ms`."""
        self._tick()
        self.longest_before_ms = max(self.longest_before_ms, self.longest_ms)
        self.longest_ms = 0.0

    def _tick(self) -> None:
        now = time.perf_counter()
        late_ms = (now - self._previous) * 1e3 - _PERIOD_MS
        self.longest_ms = max(self.longest_ms, late_ms)
        self._previous = now
