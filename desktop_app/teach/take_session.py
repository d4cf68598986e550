"""From 'Record' to a take that can be kept: the countdown, and what the recorder says."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.teach.take_player import TakePlayer
from engine.teaching.take_recorder import TakeRecorder

TakingPhase = Literal["live", "counting", "recording", "review"]

COUNT_FROM = 3


class TakeSession(QObject):
    """`moved`: phase or count has changed; `failed` brings the recorder's fault."""

    moved = Signal()
    failed = Signal(str)

    def __init__(self, recorder: TakeRecorder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self._seconds = 0.0
        self.phase: TakingPhase = "live"
        self.count = 0
        self.progress = 0.0
        self.player: TakePlayer | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(1000)
        self.timer.timeout.connect(self._count_down)

    def begin(self, seconds: float) -> None:
        """Count down, then record for so long; a take that is there is forgotten."""
        self._recorder.cancel()
        self._seconds, self.count = seconds, COUNT_FROM
        self._enter("counting")
        self.timer.start()

    def cancel(self) -> None:
        """Stop whatever goes on, and forget the take."""
        self.timer.stop()
        self._recorder.cancel()
        self._enter("live")

    def follow(self) -> None:
        """Ask the recorder how far it is; called as often as a picture is shown."""
        if self.phase != "recording":
            return
        state = self._recorder.state()
        self.progress = state.progress
        if state.phase == "done" and state.recording is not None:
            self._recorder.cancel()
            self._enter("review", TakePlayer(state.recording, state.pictures))
        elif state.phase != "recording":
            self.cancel()
            self.failed.emit(state.fault)

    def _count_down(self) -> None:
        self.count -= 1
        if self.count > 0:
            self.moved.emit()
            return
        self.timer.stop()
        self.progress = 0.0
        self._recorder.start(self._seconds)
        self._enter("recording")

    def _enter(self, phase: TakingPhase, player: TakePlayer | None = None) -> None:
        self.phase, self.player = phase, player
        self.moved.emit()
