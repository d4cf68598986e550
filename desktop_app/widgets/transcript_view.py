"""The signs so far, with their times; to copy or to clear."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget


class TranscriptView(QListWidget):
    """One line a sign, the newest in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # It gives way first where the window is low; the sign and the bars stay whole.
        self.setMinimumHeight(44)
        self._rows: tuple[tuple[str, str], ...] = ()

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """(sign as people read it, time as text), oldest first."""
        shown = tuple(rows)
        if shown == self._rows:
            return
        kept = len(self._rows)
        if shown[:kept] != self._rows:
            self.clear()
            kept = 0
        for text, moment in shown[kept:]:
            self.addItem(QListWidgetItem(f"{moment}   {text}"))
        self._rows = shown
        self.scrollToBottom()

    def copy_all(self) -> None:
        """All signs as one line of text, into the clipboard."""
        QGuiApplication.clipboard().setText(" ".join(text for text, _ in self._rows))
