"""Asking for the address of a network camera, until one answers."""

from __future__ import annotations

import threading

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.texts.engine_texts import in_words
from engine.messages import PlainError
from engine.sources.address import complete_address
from engine.sources.opening import open_source

_WIDTH = 520


class AddressDialog(QDialog):
    """Closes with `address` once a camera answered there; what does not is told in the dialog, and
    whatever is shown meanwhile goes on."""

    answered = Signal(int, object)
    """Which attempt, and what was wrong; nothing where a camera answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = ""
        self._attempt = 0
        self._thread: threading.Thread | None = None
        self.setWindowTitle(self.tr("Network camera"))
        self.label = QLabel(self.tr("&Address (http:// or rtsp://):"), self)
        self.field = QLineEdit(self)
        self.label.setBuddy(self.field)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.setMinimumHeight(2 * self.problem.fontMetrics().lineSpacing() + 4)
        self.open_button = QPushButton(self.tr("Open"), self)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self.try_it)
        self.cancel_button.clicked.connect(self.reject)
        self.field.textEdited.connect(lambda: self._show("", trying=False))
        self.answered.connect(self._answered)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for widget in (self.label, self.field, self.problem):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.resize(_WIDTH, self.sizeHint().height())

    def try_it(self) -> None:
        """Visibility whether a camera answers; the dialog stays usable meanwhile."""
        self._attempt += 1
        try:
            address = complete_address(self.field.text())
        except PlainError as error:
            self._show(in_words(error.message), trying=False)
            return
        self.address = address
        self._show(self.tr("Connecting…"), trying=True)
        self._thread = threading.Thread(
            target=self._ask, args=(self._attempt, address), name="signmirror-address", daemon=True
        )
        self._thread.start()

    def _ask(self, attempt: int, address: str) -> None:
        problem: str = ""
        try:
            open_source(address).close()
        except PlainError as error:
            problem = error.message
        try:
            self.answered.emit(attempt, problem)
        except RuntimeError:
            # The dialog was closed meanwhile.
            return

    def _answered(self, attempt: int, problem: str) -> None:
        if attempt != self._attempt:
            # Something else was typed or tried since.
            return
        if problem:
            self._show(in_words(problem), trying=False)
        else:
            self.accept()

    def _show(self, text: str, *, trying: bool) -> None:
        if not trying:
            self._attempt += 1
        self.problem.setText(text)
        self.problem.setAccessibleName(text)
        self.open_button.setEnabled(not trying)
        self.field.setAccessibleDescription(text)
        if text and not trying:
            self.field.setFocus()
            self.field.selectAll()

    def done(self, result: int) -> None:
        self._attempt += 1
        super().done(result)
