"""What is wrong with the settings' file, said once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop_app.settings import Settings
from desktop_app.widgets.notes import Note, Notes

_PERIOD_MS = 1000


class SettingsNotes(QObject):
    """Looks at the start, and from then on whether choices still can be written down."""

    def __init__(self, settings: Settings, notes: Notes, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._notes = settings, notes
        if settings.was_damaged:
            self._add(self._damaged)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_PERIOD_MS)
        self._look()

    def _look(self) -> None:
        if self._settings.are_lost:
            self._timer.stop()
            self._add(self._lost)

    def _damaged(self) -> str:
        what = self.tr("Some choices could not be read, because the file is damaged: %1.")
        return what + " " + self.tr("All others are as you made them.")

    def _lost(self) -> str:
        what = self.tr("Your choices will not be remembered: nothing can be written to %1.")
        return what + " " + self.tr("Make room on the disk, or change the rights of this folder.")

    def _add(self, text: Callable[[], str]) -> None:
        file = str(self._settings.file)
        self._notes.add(Note(lambda: text().replace("%1", file), lambda: self.tr("OK")))
