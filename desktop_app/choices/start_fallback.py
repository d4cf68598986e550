"""What was remembered and cannot be used any more must not stop the next start."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.settings import Settings
from desktop_app.texts.engine_texts import in_words
from desktop_app.widgets.notes import Note, Notes
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.sources.address import AddressError, StreamAddress, read_address
from engine.sources.cameras.camera_listing import described


class StartFallback(QObject):
    """Takes the first camera, or `default_bundle`, when what the settings name fails at the start,
    and says so once.

    A camera or network camera stays remembered, for it may only be switched off; a file that is
    gone, or a vocabulary, is forgotten. What was asked for on the command line is no business of
    this: there the error stands.
    """

    may_come_back = Signal(str)

    def __init__(
        self,
        engine: LiveEngine,
        settings: Settings,
        notes: Notes,
        default_bundle: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine, self._settings, self._notes = engine, settings, notes
        self._default_bundle = default_bundle
        self._source = self._bundle = ""
        self.preferred = ""
        """The remembered camera that was not there; it is taken when it comes."""
        self._of_source: Note | None = None
        self._of_bundle: Note | None = None

    def began_with(self, *, source: str, bundle: str) -> None:
        """What of the settings was used; empty where the command line had its say."""
        self._source, self._bundle = source, bundle

    def source_chosen(self) -> None:
        """A person chose one: what was taken instead is over, and so is the word about it."""
        if self._of_source is not None:
            self._notes.drop(self._of_source)

    def bundle_chosen(self) -> None:
        """Likewise with a vocabulary."""
        if self._of_bundle is not None:
            self._notes.drop(self._of_bundle)

    def see(self, state: LiveState) -> str | None:
        """To be told of every state. The name of the vocabulary that is taken instead, just now."""
        if self._source:
            self._see_source(state)
        if not self._bundle or state.ready:
            self._bundle = ""
            return None
        if state.bundle_error is None:
            return None
        return self._replace_bundle(state.bundle_error)

    def _see_source(self, state: LiveState) -> None:
        if self._engine.source_spec != self._source:
            # Something else was chosen meanwhile.
            self._source = ""
        elif state.source_spec == self._source and state.source_state == "failed":
            spec, self._source = self._source, ""
            if _may_come_back(spec):
                self.preferred = spec
                self.may_come_back.emit(spec)
            else:
                self._settings.remove("source")
            self._tell_of_source(state.source_message or "")
            self._engine.set_source(None)
        elif state.source_spec == self._source and state.frames:
            self._source = ""

    def _replace_bundle(self, error: str) -> str:
        self._bundle = ""
        self._settings.remove("bundle")
        self._engine.set_bundle(self._default_bundle)
        self._of_bundle = Note(
            lambda: (
                self.tr("The vocabulary used last cannot be used, another one was taken.")
                + " "
                + in_words(error)
            ),
            lambda: self.tr("OK"),
        )
        self._notes.add(self._of_bundle)
        return self._default_bundle

    def _tell_of_source(self, error: str) -> None:
        self._of_source = Note(
            lambda: (
                self.tr("The source used last cannot be opened, another one was taken.")
                + " "
                + in_words(error)
            ),
            lambda: self.tr("OK"),
        )
        self._notes.add(self._of_source)


def _may_come_back(spec: str) -> bool:
    if described(spec) is not None or spec.isdecimal():
        return True
    try:
        return isinstance(read_address(spec), StreamAddress)
    except AddressError:
        return False
