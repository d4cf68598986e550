"""One plain sentence at the top of the page, and a button that helps."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget


class _Sentence(QLabel):
    """Paths and addresses may be broken after each of their parts; `text` has them as they are."""

    _whole = ""

    def setText(self, text: str) -> None:
        self._whole = text
        # A space without a width.
        super().setText(re.sub(r"(?<=\S[/\\&?])(?=\S)", "\u200b", text))

    def text(self) -> str:
        return self._whole


class Banner(QFrame):
    """Hidden until there is something to say."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        self.label = _Sentence(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        # A long path widens no window.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.label.setSizePolicy(policy)
        self.button = QPushButton(self)
        self.button.clicked.connect(self.pressed)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.hide()

    def show_text(self, text: str, button: str) -> None:
        """An empty `text` hides the banner; an empty `button` hides its button."""
        if text != self.label.text():
            self.label.setText(text)
            self.setAccessibleName(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setVisible(bool(text))
