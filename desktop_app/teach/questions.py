"""What is asked of the user before something is deleted, read or written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.choices.file_dialogs import file_to_open, file_to_save
from desktop_app.widgets.scrolling_message import ScrollingMessage
from engine.teaching.taught_exchange import SUFFIX


class TeachQuestions(QWidget):
    """Never shown itself; its parent is the window the questions stand before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.hide()

    def confirm_delete(self, text: str, work: Callable[[], object]) -> None:
        self._confirm(self.tr("Delete"), text, self.tr("Delete"), self.tr("Cancel"), work)

    def confirm_throwing_away(self, work: Callable[[], object]) -> None:
        """Of a take that was neither kept nor made again."""
        self._confirm(
            self.tr("Take not kept"),
            self.tr("Throw this take away?"),
            self.tr("Throw away"),
            self.tr("Look at it again"),
            work,
        )

    def _confirm(
        self, title: str, text: str, yes_text: str, no_text: str, work: Callable[[], object]
    ) -> None:
        """Do `work` when the user says yes; Esc, and Enter pressed by mistake, say no."""
        box = ScrollingMessage(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        yes = box.addButton(yes_text, QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton(no_text, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: work() if button is yes else None)
        # Not exec(): the mirror goes on behind it.
        box.open()

    def file_to_read(self) -> Path | None:
        name = file_to_open(self._window, self.tr("Import taught signs"), self._kinds())
        return Path(name) if name else None

    def file_to_write(self, suggestion: str) -> Path | None:
        """`suggestion`: a file name without its ending."""
        # What is a letter in a sign's name may mean something else in a file's.
        name = "".join(c if c.isalnum() or c in " -_" else "_" for c in suggestion)
        title = self.tr("Export taught signs")
        chosen = file_to_save(self._window, title, name + SUFFIX, self._kinds())
        if not chosen:
            return None
        file = Path(chosen)
        return file if file.suffix else file.with_name(file.name + SUFFIX)

    def _kinds(self) -> str:
        return self.tr("Taught signs") + f" (*{SUFFIX})"
