"""The five likeliest signs as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme import LIGHT, Theme

ROWS = 5
_ROW_HEIGHT = 26.0


class TopBars(QWidget):
    """Always five rows, so that nothing jumps; empty rows are just tracks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(ROWS * _ROW_HEIGHT))
        self.theme: Theme = LIGHT
        self.rows: tuple[tuple[str, float], ...] = ()

    def sizeHint(self) -> QSize:
        return QSize(300, round(ROWS * _ROW_HEIGHT))

    def show_rows(self, rows: Sequence[tuple[str, float]]) -> None:
        """(text, probability), best first."""
        shown = tuple(rows[:ROWS])
        if shown != self.rows:
            self.rows = shown
            self.setAccessibleDescription(", ".join(f"{text} {p:.0%}" for text, p in shown))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        name_width, number_width = self.width() * 0.42, metrics.horizontalAdvance("100 %") + 6
        for i in range(ROWS):
            top = i * _ROW_HEIGHT
            track = QRectF(
                name_width, top + 8, self.width() - name_width - number_width, _ROW_HEIGHT - 16
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
                QRectF(0, top, name_width - 10, _ROW_HEIGHT),
                Qt.AlignmentFlag.AlignLeft | middle,
                metrics.elidedText(text, Qt.TextElideMode.ElideRight, name_width - 10),
            )
            painter.drawText(
                QRectF(self.width() - number_width, top, number_width, _ROW_HEIGHT),
                Qt.AlignmentFlag.AlignRight | middle,
                f"{probability:.0%}",
            )
