"""From a vocabulary that cannot be taught to one that can, without leaving the dialog."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.choices.teachable_choice import TeachableChoice
from desktop_app.texts.engine_texts import in_words
from engine.live.live_state import LiveState


class VocabularySwitch(QObject):
    """`wanted` brings the name of a bundle; `done`: it is there, and signs can be taught."""

    wanted = Signal(str)
    done = Signal()

    def __init__(self, choice: TeachableChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._choice = choice
        self._state = LiveState()
        self._wanted = ""
        self._old_error: str | None = None
        choice.chosen.connect(self._choose)

    @property
    def text(self) -> str:
        """What is to be said while it goes on, or where it failed; '' otherwise."""
        state = self._state
        if self._is_loading:
            return self.tr("Loading the vocabulary, one moment…")
        if state.bundle_error and (self._wanted or not state.ready):
            return self.tr("This vocabulary cannot be used.") + " " + in_words(state.bundle_error)
        return ""

    def show_state(self, state: LiveState) -> None:
        self._state = state
        if self._wanted and state.bundle == self._wanted and not state.bundle_error:
            self._wanted = ""
            if state.card is not None and state.card.teachable:
                self.done.emit()
        card = state.card
        lacking = card is not None and not card.teachable
        failed = not state.ready and bool(state.bundle_error)
        offered = (lacking or failed) and not self._is_loading
        if offered and self._choice.isHidden():
            self._choice.show()
            if self._choice.buttons:
                self._choice.buttons[0].setFocus()
        elif not offered:
            self._choice.hide()

    @property
    def _is_loading(self) -> bool:
        state = self._state
        # An error that stood there before is none of the new one's.
        failed = state.bundle_error is not None and state.bundle_error is not self._old_error
        return bool(self._wanted) and state.bundle != self._wanted and not failed

    def _choose(self, name: str) -> None:
        self._wanted, self._old_error = name, self._state.bundle_error
        self.wanted.emit(name)
        self.show_state(self._state)
