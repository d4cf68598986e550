"""What goes wrong unexpectedly while the window is open: said once, and nothing is held up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.logs import log_file, tell
from engine.logs.uncaught import on_uncaught
from engine.messages import Message


class UnexpectedNotice(QObject):
    """A small box beside `window`, one at most. `tell` may be called from any thread."""

    _happened = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.box: QMessageBox | None = None
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """From now on errors that nobody has caught are said here."""
        on_uncaught(lambda _: self.tell())

    def tell(self) -> None:
        self._happened.emit()

    def _show(self) -> None:
        if self.box is not None:
            return
        box = self.box = QMessageBox(self._window)
        box.setObjectName("unexpected")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Something went wrong"))
        # A folder's name is no mark-up.
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(
            self.tr("Something went wrong unexpectedly. If SignMirror misbehaves, start it again.")
        )
        box.setInformativeText(self.tr("What happened is written in {}").format(log_file()))
        box.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        close = box.addButton(QMessageBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        # Whoever signs goes on signing.
        box.setModal(False)
        box.show()


@contextmanager
def window_failure_told() -> Iterator[None]:
    """While Qt opens its windows for the first time: it ends the process where it cannot, and says
    why to the log alone. Not for longer: Qt's threads would wait for Python's lock at each word."""
    before = qInstallMessageHandler(_from_qt)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    print(text, file=sys.stderr, flush=True)
    if kind == QtMsgType.QtFatalMsg:
        reason = (text.split(".")[0] or "Qt").strip()
        tell(f"signmirror: {Message('live.no-window', reason=reason, log=log_file())}")
