"""One plain sentence at the top of the page, and a button that helps."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget


class Banner(QFrame):
    """Hidden until there is something to say."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        # A long path widens no window.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.label.setSizePolicy(policy)
        self.button = QPushButton(self)
        self.button.clicked.connect(self.pressed)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._text = ""
        self.hide()

    def show_text(self, text: str, button: str) -> None:
        """An empty `text` hides the banner; an empty `button` hides its button."""
        if text != self._text:
            self._text = text
            self.label.setText(_breakable(text))
            self.setAccessibleName(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setVisible(bool(text))


def _breakable(text: str) -> str:
    """Paths and addresses may be broken after each of their parts, by a space without a width."""
    return re.sub(r"(?<=\S[/\\&?])(?=\S)", "\u200b", text)
