"""The sign, in letters that can be read from across a room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.appearance.theme import LIGHT, Theme
from desktop_app.texts.figures import percent

_HEIGHT = 118.0
# In pixels: a large system font must not push these letters, large already, out of their card.
_LARGEST_PX, _CALM_PX, _SMALLEST_PX, _NUMBER_PX = 56.0, 27.0, 15.0, 16.0
# Of a line, times its letters' size; one line of the largest letters may fill the box.
_LINE_HEIGHT = 1.25


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
        self.cut_text = ""
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
        spoken = f"{sign}, {percent(confidence)}" if sign else calm_text
        self.setAccessibleDescription(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self._scale
        words = QRectF(0, 2 * unit, self.width(), 72 * unit)
        if self.sign is None:
            self._write(painter, words, self.calm_text, _CALM_PX, QFont.Weight.Normal)
        else:
            self._write(painter, words, self.sign, _LARGEST_PX, QFont.Weight.Bold)
        track = QRectF(0, 88 * unit, self.width() - 64 * unit, 10 * unit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.track))
        painter.drawRoundedRect(track, 5 * unit, 5 * unit)
        if self.sign is not None:
            filled = QRectF(track)
            filled.setWidth(max(10.0 * unit, track.width() * self.confidence))
            painter.setBrush(QColor(self.theme.accent))
            painter.drawRoundedRect(filled, 5 * unit, 5 * unit)
            painter.setFont(self._font(_NUMBER_PX * unit, QFont.Weight.DemiBold))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(
                QRectF(track.right(), track.center().y() - 13 * unit, 64 * unit, 26 * unit),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                percent(self.confidence),
            )

    def _write(
        self, painter: QPainter, box: QRectF, text: str, largest_px: float, weight: QFont.Weight
    ) -> None:
        painter.setPen(QColor(self.theme.quiet if self.sign is None else self.theme.text))
        font, lines = self._fitting(text, box, largest_px * self._scale, weight)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        whole = [
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, box.width()) for line in lines
        ]
        self.cut_text = text if whole != lines else ""
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(whole))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.cut_text, self)
            return True
        return super().event(event)

    def _font(self, pixels: float, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(int(pixels))
        font.setWeight(weight)
        return font

    def _fitting(
        self, text: str, box: QRectF, largest_px: float, weight: QFont.Weight
    ) -> tuple[QFont, list[str]]:
        """The largest font in which `text` fits into `box`, in one line or, if larger, in two."""
        best: tuple[float, list[str]] = (0.0, [text])
        for lines in ([text], _halves(text)):
            most = min(largest_px, box.height() / len(lines) / _LINE_HEIGHT)
            font = self._font(most, weight)
            needed = max(QFontMetricsF(font).horizontalAdvance(line) for line in lines)
            pixels = min(most, most * box.width() / needed) if needed else most
            if pixels > best[0]:
                best = pixels, lines
        pixels, lines = best
        # Letters do not shrink evenly.
        while pixels > _SMALLEST_PX and any(
            QFontMetricsF(self._font(pixels, weight)).horizontalAdvance(line) > box.width()
            for line in lines
        ):
            pixels -= 1.0
        return self._font(max(_SMALLEST_PX, pixels), weight), lines


def _halves(text: str) -> list[str]:
    """Two lines, as even as the spaces allow; one, where there is none."""
    spaces = [i for i, letter in enumerate(text) if letter == " "]
    if not spaces:
        return [text]
    middle = min(spaces, key=lambda i: abs(i - len(text) / 2))
    return [text[:middle], text[middle + 1 :]]
