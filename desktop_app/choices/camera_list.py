"""Cameras are listed beside the window: asking a driver can take a second."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Signal

from engine.sources.cameras.camera import list_cameras, list_quietly

_PERIOD_MS = 2000


class CameraList(QObject):
    """`found` brings a list of `CameraInfo` whenever it is another one than before.

    Every two seconds the system's list is read. Where a system has none, cameras are only looked
    for, by opening them, when `refresh` is asked to.
    """

    found = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._last: object = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: self.refresh(quietly=True))

    def watch(self) -> None:
        """Visibility now, and from now on."""
        self.refresh(quietly=True)
        self._timer.start(_PERIOD_MS)

    def refresh(self, *, quietly: bool = False) -> None:
        """Ask in a thread; `quietly`: only if no camera has to be opened for it."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(
                target=self._ask, args=(quietly,), name="signmirror-cameras", daemon=True
            )
            self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        self._timer.stop()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _ask(self, quietly: bool) -> None:
        cameras = list_quietly() if quietly else list_cameras()
        if cameras is None or cameras == self._last:
            return
        self._last = cameras
        try:
            self.found.emit(cameras)
        except RuntimeError:
            # The window was closed meanwhile; nobody is left to be told.
            return
