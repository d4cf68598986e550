"""What the page says in plain words: why there is no sign, what would help, what is shown."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

from desktop_app.texts.engine_texts import in_words
from desktop_app.widgets.floating_note import FloatingNote
from desktop_app.widgets.mirror_view import MirrorView
from engine.live.live_state import LiveState
from engine.prediction import Prediction

_TRACE_KEPT_S = 1.5


class LiveNotes(QObject):
    """Notes over the mirror and over the traces, and the words for 'no sign'."""

    def __init__(self, mirror: MirrorView, traces: QWidget) -> None:
        super().__init__(mirror)

        def picture() -> QRect:
            return mirror.picture_rect().toAlignedRect()

        self.hint = FloatingNote(mirror, "bottom", picture)
        self.showing = FloatingNote(mirror, "above", picture)
        self.traces = FloatingNote(traces, "middle")
        self._trace_s = float("-inf")

    def why_no_sign(self, prediction: Prediction) -> str:
        """In place of a sign: short, and calm."""
        return {
            None: self.tr("no sign"),
            "nobody": self.tr("Nobody in view"),
            "too-dark": self.tr("Too dark"),
            "too-far": self.tr("Too far away"),
            "no-hands": self.tr("No hands in view"),
        }[prediction.reason]

    def show_state(self, state: LiveState, text_of: Callable[[str], str]) -> None:
        """`text_of`: a sign's gloss as people read it."""
        pictured = state.frame is not None
        named = state.prediction is not None and state.prediction.sign is not None
        self.hint.show_text(in_words(state.hint) if pictured and not named else "")
        self.showing.show_text(self._showing(state, text_of) if pictured else "")
        self.traces.show_text(self._no_traces(state))

    def keeps_trace(self, prediction: Prediction | None) -> bool:
        """Whether the curves may stay for lack of newer ones: between two looks at the pictures
        come answers by landmarks alone, which bring none."""
        now = time.monotonic()
        if prediction is not None and prediction.trace is not None:
            self._trace_s = now
            return False
        if prediction is None or prediction.reason is not None:
            return False
        return now - self._trace_s < _TRACE_KEPT_S

    def _showing(self, state: LiveState, text_of: Callable[[str], str]) -> str:
        if state.showing is None:
            return ""
        shown = text_of(state.showing)
        if state.recognised is None:
            return self.tr("Showing: %1").replace("%1", shown)
        words = self.tr("Showing: %1 – recognised: %2").replace("%1", shown)
        return words.replace("%2", text_of(state.recognised))

    def _no_traces(self, state: LiveState) -> str:
        prediction = state.prediction
        if prediction is None or prediction.reason is not None or prediction.trace is not None:
            return ""
        if state.video_stopped:
            return self.tr("Your computer is busy: no simulated traces now")
        return ""
