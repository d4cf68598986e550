"""The picture, as a mirror shows it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.widgets.skeleton_overlay import draw_skeleton
from engine.frame import Frame, Landmarks
from engine.opencv import cv2

_WIDEST = 1280
_RADIUS = 14.0
_GROUND, _EDGE = "#10151c", "#3a4452"
_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class MirrorView(QWidget):
    """Shows the newest frame whole, with the skeleton over it when asked; `mirrored`, unless a
    person wants to be seen as others see them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.overlay = self.mirrored = True
        self._image: QImage | None = None
        self._pixels: np.ndarray | None = None
        self._landmarks: Landmarks | None = None
        self._frame_width = 1
        self._message = ""
        self._ringed = False
        self._shown: tuple[Frame, Landmarks | None] | None = None

    def sizeHint(self) -> QSize:
        return QSize(880, 495)

    def show_frame(self, frame: Frame, landmarks: Landmarks | None) -> None:
        """`frame` is not mirrored; this view does that. The same frame again costs nothing."""
        shown = self._shown
        if shown is not None and shown[0] is frame and shown[1] is landmarks:
            return
        self._shown = frame, landmarks
        image = frame.image
        self._frame_width = image.shape[1]
        if image.ndim == 2:
            image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)  # type: ignore[assignment]
        if image.shape[1] > _WIDEST:
            height = max(1, round(image.shape[0] * _WIDEST / image.shape[1]))
            image = cv2.resize(image, (_WIDEST, height), interpolation=cv2.INTER_LINEAR)  # type: ignore[assignment]
        # QImage does not own its pixels, so the array must live as long as it does.
        self._pixels = np.ascontiguousarray(image)
        height, width = self._pixels.shape[:2]
        self._image = QImage(
            self._pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888
        )
        self._landmarks = landmarks
        self._message = ""
        self.update()

    def show_message(self, message: str) -> None:
        """Words in place of a picture."""
        if message != self._message or self._image is not None:
            self._image, self._pixels, self._landmarks, self._shown = None, None, None, None
            self._message = message
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.picture_rect()
        outline = QPainterPath()
        outline.addRoundedRect(place, _RADIUS, _RADIUS)
        if self._image is None:
            painter.fillPath(outline, QColor(_GROUND))
            # In the dark theme the window's ground is nearly the same.
            painter.strokePath(outline, QPen(QColor(_EDGE), 1))
            self._paint_message(painter)
            self._paint_focus(painter, place)
            return
        painter.setClipPath(outline)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        scale = place.width() / self._image.width()
        if self.mirrored:
            painter.translate(place.x() + place.width(), place.y())
            painter.scale(-scale, scale)
        else:
            painter.translate(place.topLeft())
            painter.scale(scale, scale)
        painter.drawImage(0, 0, self._image)
        if self.overlay and self._landmarks is not None:
            to_frame = self._image.width() / self._frame_width
            painter.scale(to_frame, to_frame)
            draw_skeleton(painter, self._landmarks, 1.0 / (scale * to_frame))
        painter.restore()
        painter.setClipping(False)
        self._paint_focus(painter, place)

    def picture_rect(self) -> QRectF:
        """Where the picture lies in this widget, whole and in the middle."""
        if self._image is None:
            return QRectF(self.rect())
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        width, height = self._image.width() * scale, self._image.height() * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _paint_focus(self, painter: QPainter, place: QRectF) -> None:
        """A ring for those who came here with the Tab key."""
        if self._ringed and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().highlight().color(), 3))
            painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -1.5), _RADIUS, _RADIUS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)

    def _paint_message(self, painter: QPainter) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.25)
        painter.setFont(font)
        painter.setPen(QColor("#c8d2de"))
        inside = self.rect().adjusted(40, 20, -40, -20)
        painter.drawText(
            inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message
        )
