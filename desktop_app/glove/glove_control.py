"""What is worn: remembered, put on at the start, told when it goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QWidget

from desktop_app.appearance.theme import Theme
from desktop_app.glove.glove_dialog import GloveDialog
from desktop_app.settings import Settings
from desktop_app.texts.engine_texts import in_words
from desktop_app.widgets.notes import Note, Notes
from engine.glove.spec import GloveSpecError, parse_spec
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.messages import Message

_KEY, _BETWEEN = "gloves", "\n"
DIALOG_SIZE = QSize(980, 640)


class GloveControl(QObject):
    """One for each window; the dialog is made when it is asked for."""

    def __init__(
        self, engine: LiveEngine, settings: Settings, notes: Notes, window: QWidget
    ) -> None:
        super().__init__(window)
        self._engine, self._gloves = engine, engine.gloves
        self._settings, self._notes, self._window = settings, notes, window
        self.dialog: GloveDialog | None = None
        self._said: dict[str, Note] = {}
        self._were_live: set[str] = set()
        self._tell_trouble()
        if not self._gloves.worn:
            self._put_on(settings.text(_KEY).split(_BETWEEN) if settings.text(_KEY) else [])

    def open(self, theme: Theme, language: str) -> GloveDialog:
        """The dialog, there already or not."""
        if self.dialog is None:
            dialog = self.dialog = GloveDialog(
                self._gloves, self._engine.paired_takes, self._window
            )
            dialog.set_theme(theme)
            dialog.set_language(language)
            dialog.find_step.wear.connect(self.wear)
            dialog.find_step.take_off.connect(self.take_off)
            dialog.finished.connect(self._closed)
        return self.dialog

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    @property
    def specs(self) -> list[str]:
        return [glove.spec for glove in self._gloves.worn]

    def wear(self, spec: str) -> None:
        self._put_on([*self.specs, spec])

    def take_off(self, spec: str) -> None:
        self._put_on([worn for worn in self.specs if worn != spec])

    def _put_on(self, specs: Sequence[str]) -> None:
        usable: list[str] = []
        for spec in specs:
            try:
                usable.append(str(parse_spec(spec)))
            except GloveSpecError as error:
                self._tell(error.message)
        # All at once: what is worn already is not taken off meanwhile.
        self._gloves.wear(usable)
        self._settings.set(_KEY, _BETWEEN.join(self.specs))

    def show_state(self, state: LiveState) -> None:
        """A glove that worked and does so no longer is told once, until it works again."""
        for glove in state.gloves:
            if glove.link.state == "live":
                self._were_live.add(glove.spec)
                said = self._said.pop(glove.spec, None)
                if said is not None:
                    self._notes.drop(said)
            elif (
                glove.spec in self._were_live
                and glove.link.state == "lost"
                and glove.spec not in self._said
            ):
                title = glove.link.title or glove.spec
                self._said[glove.spec] = self._tell(Message("glove.lost", name=title))
        self._tell_trouble()
        if self.dialog is not None:
            self.dialog.show_state(state)

    def _tell_trouble(self) -> None:
        trouble = self._gloves.take_trouble()
        if trouble is not None:
            self._tell(trouble)

    def _tell(self, message: Message) -> Note:
        note = Note(lambda: in_words(message), lambda: self.tr("OK"))
        self._notes.add(note)
        return note

    def set_theme(self, theme: Theme) -> None:
        if self.dialog is not None:
            self.dialog.set_theme(theme)

    def set_language(self, language: str) -> None:
        if self.dialog is not None:
            self.dialog.set_language(language)

    def end(self) -> None:
        """The window is closed."""
        if self.dialog is not None:
            self.dialog.close()
