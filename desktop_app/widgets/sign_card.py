"""The sign, in letters that can be read from across a room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.theme import LIGHT, Theme

_HEIGHT = 118.0
_LARGEST_PT, _CALM_PT, _SMALLEST_PT, _NUMBER_PT = 42.0, 20.0, 11.0, 12.0


class SignCard(QWidget):
    """One line for the sign, one for its confidence; the layout never moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.theme: Theme = LIGHT
        self.sign: str | None = None
        self.confidence = 0.0
        self.calm_text = ""
        self._scale = 1.0
        self.set_scale(1.0)

    def set_scale(self, scale: float) -> None:
        """Everything `scale` times as large: a large window is looked at from further away."""
        self._scale = scale
        self.setFixedHeight(round(_HEIGHT * scale))
        self.update()

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
        unit = self._scale
        words = QRectF(0, 2 * unit, self.width(), 72 * unit)
        if self.sign is None:
            self._write(painter, words, self.calm_text, _CALM_PT, QFont.Weight.Normal)
        else:
            self._write(painter, words, self.sign, _LARGEST_PT, QFont.Weight.Bold)
        track = QRectF(0, 88 * unit, self.width() - 64 * unit, 10 * unit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.track))
        painter.drawRoundedRect(track, 5 * unit, 5 * unit)
        if self.sign is not None:
            filled = QRectF(track)
            filled.setWidth(max(10.0 * unit, track.width() * self.confidence))
            painter.setBrush(QColor(self.theme.accent))
            painter.drawRoundedRect(filled, 5 * unit, 5 * unit)
            painter.setFont(self._font(_NUMBER_PT * unit, QFont.Weight.DemiBold))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(
                QRectF(track.right(), track.center().y() - 13 * unit, 64 * unit, 26 * unit),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                f"{self.confidence:.0%}",
            )

    def _write(
        self, painter: QPainter, box: QRectF, text: str, largest_pt: float, weight: QFont.Weight
    ) -> None:
        painter.setPen(QColor(self.theme.quiet if self.sign is None else self.theme.text))
        font = self._fitting(text, box.width(), largest_pt * self._scale, weight)
        painter.setFont(font)
        whole = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, whole)

    def _font(self, points: float, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(points)
        font.setWeight(weight)
        return font

    def _fitting(self, text: str, width: float, largest_pt: float, weight: QFont.Weight) -> QFont:
        """The largest font in which `text` fits into `width` pixels."""
        font = self._font(largest_pt, weight)
        needed = QFontMetricsF(font).horizontalAdvance(text)
        if needed > width:
            # A little smaller than in proportion: letters do not shrink evenly.
            points = max(_SMALLEST_PT, largest_pt * width / needed * 0.98)
            font = self._font(points, weight)
        return font
