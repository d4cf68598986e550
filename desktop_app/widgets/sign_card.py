"""The sign, in letters that can be read from across a room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme import LIGHT, Theme

_LARGEST_PT, _SMALLEST_PT = 40.0, 16.0


class SignCard(QWidget):
    """One line for the sign, one for its confidence; the layout never moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(118)
        self.theme: Theme = LIGHT
        self.sign: str | None = None
        self.confidence = 0.0
        self.calm_text = ""

    def show_sign(self, sign: str | None, confidence: float, calm_text: str) -> None:
        """`sign` as people read it; None shows `calm_text` quietly. `confidence` in 0..1."""
        if (sign, round(confidence, 2), calm_text) == (
            self.sign,
            round(self.confidence, 2),
            self.calm_text,
        ):
            return
        self.sign, self.confidence, self.calm_text = sign, confidence, calm_text
        spoken = f"{sign}, {confidence:.0%}" if sign else calm_text
        self.setAccessibleDescription(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        words = QRectF(0, 2, box.width(), 72)
        if self.sign is None:
            painter.setFont(self._font(20.0, QFont.Weight.Normal))
            painter.setPen(QColor(self.theme.quiet))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.calm_text)
        else:
            painter.setFont(self._fitting(self.sign, words.width()))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.sign)
        track = QRectF(0, 84, box.width() - 64, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.track))
        painter.drawRoundedRect(track, 5, 5)
        if self.sign is not None:
            filled = QRectF(track)
            filled.setWidth(max(10.0, track.width() * self.confidence))
            painter.setBrush(QColor(self.theme.accent))
            painter.drawRoundedRect(filled, 5, 5)
            painter.setFont(self._font(12.0, QFont.Weight.DemiBold))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(
                QRectF(track.right(), 76, 64, 26),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                f"{self.confidence:.0%}",
            )

    def _font(self, points: float, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(points)
        font.setWeight(weight)
        return font

    def _fitting(self, text: str, width: float) -> QFont:
        points = _LARGEST_PT
        font = self._font(points, QFont.Weight.Bold)
        while points > _SMALLEST_PT and QFontMetricsF(font).horizontalAdvance(text) > width:
            points -= 1.0
            font = self._font(points, QFont.Weight.Bold)
        return font
