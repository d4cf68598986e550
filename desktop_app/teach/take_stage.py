"""Where a take is made and looked at: the mirror, the countdown, the recording, the replay."""

from __future__ import annotations

import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.teach.take_player import TakePlayer
from desktop_app.widgets.mirror_view import MirrorView

_FRAME_MS = 40
_RADIUS = 14.0
_SHADE, _WHITE, _RED = QColor(10, 14, 20, 150), QColor("#ffffff"), QColor("#e5323b")
_STRIPE = 34.0


class TakeStage(MirrorView):
    """A mirror that can count down, show that it records, and play a take again and again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(240, 130)
        self.count: int | None = None
        self.progress: float | None = None
        self.player: TakePlayer | None = None
        self._caption = ""
        self._started = 0.0
        self._player = QTimer(self)
        self._player.timeout.connect(self.update)

    def sizeHint(self) -> QSize:
        # It takes what the rest leaves; the dialog is not scrolled for its sake.
        return self.minimumSize()

    def show_live(self) -> None:
        self._show(None, None, None, "")

    def show_count(self, count: int, caption: str) -> None:
        self._show(count, None, None, caption)

    def show_progress(self, progress: float, caption: str) -> None:
        """`progress` of the recording, 0..1."""
        self._show(None, progress, None, caption)

    def show_player(self, player: TakePlayer, caption: str) -> None:
        """Play `player` from its start, again and again."""
        self._show(None, None, player, caption)

    def _show(
        self, count: int | None, progress: float | None, player: TakePlayer | None, caption: str
    ) -> None:
        if player is not self.player:
            self.player, self._started = player, time.monotonic()
            if player is None:
                self._player.stop()
            else:
                self._player.start(_FRAME_MS)
        self.count, self.progress = count, progress
        if caption != self._caption:
            self._caption = caption
            self.setAccessibleDescription(caption)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.player is None:
            super().paintEvent(event)
            place = self.picture_rect()
        else:
            place = QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.player is not None:
            # Half a second of rest before it begins again.
            length = self.player.duration_s + 0.5
            now = (time.monotonic() - self._started) % length
            self.player.paint(painter, place, min(now, self.player.duration_s), _RADIUS)
        if self.count is not None:
            self._paint_count(painter, place)
        if self.progress is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(_RED, 6))
            painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), _RADIUS, _RADIUS)
            self._paint_progress(painter, place, self.progress)
        if self._caption:
            self._paint_caption(painter, place)
        if self.player is not None:
            self._paint_focus(painter, place)

    def _paint_count(self, painter: QPainter, place: QRectF) -> None:
        size = min(place.width(), place.height()) * 0.62
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADE)
        painter.drawEllipse(place.center(), size / 2, size / 2)
        font = QFont(self.font())
        font.setPixelSize(max(24, round(size * 0.68)))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(_WHITE)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self.count))

    def _paint_progress(self, painter: QPainter, place: QRectF, progress: float) -> None:
        track = QRectF(place.x() + 22, place.bottom() - 34, place.width() - 44, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADE)
        painter.drawRoundedRect(track, 7, 7)
        filled = QRectF(track)
        filled.setWidth(max(14.0, track.width() * min(1.0, progress)))
        painter.setBrush(_RED)
        painter.drawRoundedRect(filled, 7, 7)

    def _paint_caption(self, painter: QPainter, place: QRectF) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        dot = 24.0 if self.progress is not None else 0.0
        most = place.width() - 48 - dot
        text = painter.fontMetrics().elidedText(
            self._caption, Qt.TextElideMode.ElideRight, round(most)
        )
        width = painter.fontMetrics().horizontalAdvance(text) + 28 + dot
        stripe = QRectF(place.x() + 16, place.y() + 16, width, _STRIPE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(10, 14, 20, 190))
        painter.drawRoundedRect(stripe, _STRIPE / 2, _STRIPE / 2)
        if dot:
            painter.setBrush(_RED)
            painter.drawEllipse(QPointF(stripe.x() + 22, stripe.center().y()), 7, 7)
        painter.setPen(_WHITE)
        painter.drawText(stripe.adjusted(14 + dot, 0, -14, 0), Qt.AlignmentFlag.AlignCenter, text)
