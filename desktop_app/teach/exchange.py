"""Taught signs into a file, and out of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.teach.questions import TeachQuestions
from engine.teaching.taught_store import TaughtSignError, TaughtStore


class TeachExchange(QObject):
    """`said` brings a sentence; `imported` the first sign that gained a take, and a sentence;
    `failed` a TaughtSignError."""

    said = Signal(str)
    imported = Signal(str, str)
    failed = Signal(object)

    def __init__(self, taught: TaughtStore, questions: TeachQuestions, parent: QObject) -> None:
        super().__init__(parent)
        self._taught, self._questions = taught, questions

    def export_to(self, file: Path, glosses: Sequence[str] | None) -> None:
        """Into one file; `glosses` None: all signs."""
        try:
            self._taught.export(file, glosses)
        except TaughtSignError as error:
            self.failed.emit(error)
        else:
            self.said.emit(self.tr("Exported to %1.").replace("%1", str(file)))

    def import_from(self, file: Path) -> None:
        try:
            glosses = self._taught.import_(file)
        except TaughtSignError as error:
            self.failed.emit(error)
            return
        if glosses:
            text = self.tr("Imported: %1").replace("%1", ", ".join(glosses))
            self.imported.emit(glosses[0], text)
        else:
            self.said.emit(self.tr("All signs of this file are here already."))

    def ask_import(self) -> None:
        file = self._questions.file_to_read()
        if file is not None:
            self.import_from(file)

    def ask_export(self, glosses: Sequence[str] | None) -> None:
        name = glosses[0] if glosses else self.tr("My signs")
        file = self._questions.file_to_write(name)
        if file is not None:
            self.export_to(file, glosses)
