"""What floats at the lower edge of a list: what was just done, and what can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QWidget

from desktop_app.texts.announcing import announce

SAID_FOR_MS = 4_000
_GAP = 4


class ListNotices(QObject):
    """A sentence that goes by itself, and two buttons: `newest_wanted` asks for the end of the
    list, `undo_wanted` for what was taken out of it."""

    newest_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.said = QLabel(area)
        self.newest, self.undo = QPushButton(area), QPushButton(area)
        self.newest.clicked.connect(self.newest_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # One reads through it, and clicks through it.
        self.said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for part in self._parts:
            part.setObjectName("notice")
            part.hide()
        # Whoever reads the list with the keyboard reaches its end with the key End.
        self.newest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAID_FOR_MS)
        self._timer.timeout.connect(self._hush)
        area.installEventFilter(self)

    def say(self, text: str) -> None:
        """For a few seconds on the screen, and once to a screen reader."""
        self.said.setText(text)
        self._show(self.said, True)
        self._timer.start()
        announce(self._area, text)

    def show_newest(self, text: str) -> None:
        """'' hides the button."""
        self._offer(self.newest, text)

    def show_undo(self, text: str) -> None:
        """'' hides the button."""
        self._offer(self.undo, text)

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        """From the lower edge upwards."""
        return self.said, self.undo, self.newest

    def _hush(self) -> None:
        self._show(self.said, False)

    def _offer(self, button: QPushButton, text: str) -> None:
        button.setText(text)
        if not text and button.hasFocus():
            # The keyboard stays where it was, in the list.
            self._area.setFocus()
        self._show(button, bool(text))

    def _show(self, part: QWidget, on: bool) -> None:
        part.setVisible(on)
        self._place()

    def _place(self) -> None:
        room = self._area.viewport().geometry()
        bottom = room.bottom() - _GAP
        for part in self._parts:
            if part.isHidden():
                continue
            size = part.sizeHint().boundedTo(room.size())
            left = room.left() + (room.width() - size.width()) // 2
            part.setGeometry(left, bottom - size.height(), size.width(), size.height())
            part.raise_()
            bottom -= size.height() + _GAP

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.FontChange):
            self._place()
        return False
