"""The likeliest signs as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.appearance.theme import LIGHT, Theme
from desktop_app.texts.figures import percent

ROWS, LISTED = 5, 10
"""Of signs that are named; and of words that are only listed, the most alike first."""

_ROW_HEIGHT, _AROUND_LETTERS = 26, 7
_NAME_SHARE, _NAME_GAP = 0.42, 10


class TopBars(QWidget):
    """Always as many rows, so that nothing jumps; empty rows are just tracks.

    A name that has no room ends in '…', and stands whole in the row's tool tip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.theme: Theme = LIGHT
        self.rows: tuple[tuple[str, float], ...] = ()
        self.most = ROWS
        """So many are shown where there is room."""
        self._count = ROWS
        self.set_row_count(ROWS)

    @property
    def row_height(self) -> int:
        """In pixels; large letters have higher rows."""
        return max(_ROW_HEIGHT, self.fontMetrics().height() + _AROUND_LETTERS)

    def height_of(self, count: int) -> int:
        """Of so many rows, in pixels."""
        return count * self.row_height

    def set_row_count(self, count: int) -> None:
        """Draw the `count` likeliest; `rows` keeps all of them."""
        self._count = count
        self.setFixedHeight(self.height_of(count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height_of(self._count))

    def show_rows(self, rows: Sequence[tuple[str, float]]) -> None:
        """(text, probability), best first."""
        shown = tuple(rows[: self.most])
        if shown != self.rows:
            self.rows = shown
            self.setAccessibleDescription(", ".join(f"{text} {percent(p)}" for text, p in shown))
            self.update()

    def cut_text(self, y: float) -> str:
        """The whole name in the row at `y` where it is cut off; else ''."""
        row = int(y // self.row_height)
        if not 0 <= row < min(self._count, len(self.rows)):
            return ""
        text = self.rows[row][0]
        return text if text != self._name(text) else ""

    def _name(self, text: str) -> str:
        width = self.width() * _NAME_SHARE - _NAME_GAP
        return QFontMetricsF(self.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            # An empty text hides the tip of the row before.
            QToolTip.showText(event.globalPos(), self.cut_text(event.pos().y()), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.set_row_count(self._count)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        name_width, number_width = (
            self.width() * _NAME_SHARE,
            metrics.horizontalAdvance(percent(1)) + 6,
        )
        high = self.row_height
        for i in range(self._count):
            top = i * high
            track = QRectF(
                name_width, top + high / 2 - 5, self.width() - name_width - number_width, 10
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.track))
            painter.drawRoundedRect(track, 5, 5)
            if i >= len(self.rows):
                continue
            text, probability = self.rows[i]
            filled = QRectF(track)
            filled.setWidth(max(track.height(), track.width() * probability))
            painter.setBrush(QColor(self.theme.accent if i == 0 else self.theme.quiet))
            painter.drawRoundedRect(filled, 5, 5)
            painter.setPen(QColor(self.theme.text))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(
                QRectF(0, top, name_width - _NAME_GAP, high),
                Qt.AlignmentFlag.AlignLeft | middle,
                self._name(text),
            )
            painter.drawText(
                QRectF(self.width() - number_width, top, number_width, high),
                Qt.AlignmentFlag.AlignRight | middle,
                percent(probability),
            )
