"""Clearing the signs so far, which can be taken back for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.live.transcript.transcript_view import TranscriptView
from engine.live.live_engine import LiveEngine

UNDO_FOR_S = 30
"""To see a mistake; at a counter, the next person must not read the last one's signs."""


class Clearing(QWidget):
    """Never shown itself. `can_undo`: whether there is something to take back, as it changes."""

    can_undo = Signal(bool)

    def __init__(self, engine: LiveEngine, view: TranscriptView, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._engine, self._view = engine, view
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(UNDO_FOR_S * 1000)
        self.timer.timeout.connect(self._too_late)
        view.notices.undo_wanted.connect(self.undo)

    def clear(self) -> None:
        if not self._engine.latest().transcript:
            return
        self._engine.clear_transcript()
        self.timer.start()
        self._offer(True)

    def undo(self) -> None:
        if self.timer.isActive():
            self.timer.stop()
            self._engine.restore_transcript()
            self._offer(False)

    def _too_late(self) -> None:
        self._engine.forget_cleared()
        self._offer(False)

    def _offer(self, on: bool) -> None:
        self._view.notices.show_undo(self.tr("Undo clear") if on else "")
        self.can_undo.emit(on)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._offer(self.timer.isActive())
        super().changeEvent(event)
