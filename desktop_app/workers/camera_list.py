"""Cameras are listed beside the window: asking a driver can take a second."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Signal

from engine.sources.camera import CameraInfo, list_cameras


class CameraList(QObject):
    """`refresh` asks in a thread; `found` brings a list of `CameraInfo` back."""

    found = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None

    def refresh(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(
                target=self._ask, name="signmirror-cameras", daemon=True
            )
            self._thread.start()

    def wait(self, timeout_s: float = 2.0) -> None:
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _ask(self) -> None:
        cameras: list[CameraInfo] = list_cameras()
        try:
            self.found.emit(cameras)
        except RuntimeError:
            # The window was closed meanwhile; nobody is left to be told.
            return
