"""A few words over a part of the page: they come and go, and nothing moves for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

Place = Literal["above", "middle", "bottom"]

_MARGIN = 14
_GAP, _CORNER = 6, 8
# Of the area's width: what is longer goes on in the next line.
_CORNER_SHARE = 0.42
_DARK = "background: rgba(16, 21, 28, 225); color: #f4f7fb; border: 1px solid #4a5666;"


class FloatingNote(QLabel):
    """Lies over `parent`, in its middle or at an edge, as wide as its words need. It takes no
    clicks and no focus. "above" is over the area where `parent` leaves room there, else in the
    area's upper left corner: a signer's face, in the middle, is part of the sign."""

    def __init__(
        self, parent: QWidget, place: Place, area: Callable[[], QRect] | None = None
    ) -> None:
        """`area`: the part of `parent` to lie in; without it, all of it."""
        super().__init__(parent)
        self._place: Place = place
        self._area, self._settled = area or parent.rect, QRect()
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Its own colours: it lies on a picture, whatever that shows.
        self.setStyleSheet(f"QLabel {{ {_DARK} border-radius: 10px; padding: 6px 14px; }}")
        parent.installEventFilter(self)
        self.hide()

    def show_text(self, text: str) -> None:
        """'' hides it."""
        if text == self.text() and self.isHidden() == (not text):
            if text and self._area() != self._settled:
                self._settle()
            return
        self.setText(text)
        self.setVisible(bool(text))
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._settle()
        super().changeEvent(event)

    def _settle(self) -> None:
        if not self.text():
            return
        self._settled = area = self._area()
        # A label that may wrap asks for less width than its words need.
        words = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _MARGIN + 8
        width = min(max(40, area.width() - 2 * _MARGIN), words)
        height = self.heightForWidth(width)
        left = (area.width() - width) // 2
        if self._place == "above" and area.y() >= height + _GAP:
            top = -height - _GAP
        elif self._place == "above":
            left, top = _CORNER, _CORNER
            width = min(width, round(_CORNER_SHARE * area.width()))
            height = self.heightForWidth(width)
        else:
            top = (area.height() - height) // 2
            top = max(0, top if self._place == "middle" else area.height() - height - _MARGIN)
        self.setGeometry(area.x() + left, area.y() + top, width, height)
        self.raise_()
