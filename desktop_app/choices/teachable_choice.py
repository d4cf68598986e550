"""The vocabularies to which signs can be taught, one button each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.widgets.flow_row import FlowLayout
from engine.bundle import list_bundles


class TeachableChoice(QFrame):
    """Hidden until the vocabulary in use is none of them. `chosen` brings a bundle's name."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._language = "en"
        self._entries = [entry for entry in list_bundles() if entry.teachable]
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        # One below the other where both have no room in one line.
        row = FlowLayout()
        for entry in self._entries:
            button = QPushButton(self)
            button.clicked.connect(lambda _=False, name=entry.name: self.chosen.emit(name))
            row.addWidget(button)
            self.buttons.append(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 8)
        column.addWidget(self.label)
        column.addLayout(row)
        self.hide()
        self.retranslate()

    def set_language(self, language: str) -> None:
        """In which the vocabularies are named."""
        self._language = language
        self.retranslate()

    def retranslate(self) -> None:
        lacking = self.tr("Signs of your own cannot be taught to the vocabulary in use.")
        if self._entries:
            lacking += " " + self.tr("Go on with one that can learn them:")
        self.label.setText(lacking)
        for button, entry in zip(self.buttons, self._entries, strict=True):
            title = entry.title.get(self._language) or entry.title.get("en", entry.name)
            # A title's '&' is no mark for a key.
            button.setText(title.replace("&", "&&"))
            button.setAccessibleName(title)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
