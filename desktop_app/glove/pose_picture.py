"""What to do, drawn: a hand at rest, a level forearm, a circle."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.appearance.theme import LIGHT, Theme

_MOVES = ("circle",)
_PERIOD_MS, _ROUND_S = 40, 2.0


class PosePicture(QWidget):
    """One picture a step; the circle moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._pose = "none"
        self.setMinimumHeight(90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def show_pose(self, pose: str) -> None:
        """A step of the fitting, or 'none'."""
        if pose == self._pose:
            return
        self._pose = pose
        if pose in _MOVES:
            self._timer.start(_PERIOD_MS)
        else:
            self._timer.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = min(self.width() / 3.2, float(self.height()))
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self._pose in ("still", "palm-down"):
            self._table(painter, middle, size, table=self._pose == "still")
        elif self._pose == "circle":
            self._circle(painter, middle, size)
        elif self._pose == "done":
            self._tick(painter, middle, size)

    def _arm(self, painter: QPainter, elbow: QPointF, hand: QPointF, size: float) -> None:
        width = size * 0.16
        painter.setPen(
            QPen(QColor(self.theme.accent), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawLine(elbow, hand)
        # The band that is worn.
        at = elbow + (hand - elbow) * 0.3
        painter.setPen(
            QPen(
                QColor(self.theme.text), width * 1.25, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap
            )
        )
        painter.drawLine(at, at + (hand - elbow) * 0.1)

    def _table(self, painter: QPainter, middle: QPointF, size: float, *, table: bool) -> None:
        hand = middle + QPointF(0.7 * size, 0)
        self._arm(painter, middle - QPointF(0.7 * size, 0), hand, size)
        painter.setPen(QPen(QColor(self.theme.quiet), 3))
        below = 0.14 * size
        if table:
            painter.drawLine(
                middle + QPointF(-1.1 * size, below), middle + QPointF(1.2 * size, below)
            )
            return
        # Down, where the palm looks.
        end = hand + QPointF(0, 0.42 * size)
        painter.drawLine(hand + QPointF(0, below), end)
        for side in (-1, 1):
            painter.drawLine(end, end + QPointF(side * 0.07 * size, -0.09 * size))

    def _circle(self, painter: QPainter, middle: QPointF, size: float) -> None:
        radius = 0.3 * size
        centre = middle + QPointF(0.35 * size, -0.02 * size)
        painter.setPen(QPen(QColor(self.theme.line), 3, Qt.PenStyle.DashLine))
        painter.drawEllipse(centre, radius, radius)
        angle = 2 * math.pi * (time.monotonic() % _ROUND_S) / _ROUND_S
        hand = centre + QPointF(radius * math.cos(angle), radius * math.sin(angle))
        self._arm(painter, middle + QPointF(-0.75 * size, 0.4 * size), hand, size)

    def _tick(self, painter: QPainter, middle: QPointF, size: float) -> None:
        box = QRectF(middle.x() - 0.25 * size, middle.y() - 0.2 * size, 0.5 * size, 0.4 * size)
        pen = QPen(QColor(self.theme.accent), 0.09 * size)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        low = QPointF(box.x() + 0.38 * box.width(), box.bottom())
        painter.drawLine(QPointF(box.x(), box.y() + 0.6 * box.height()), low)
        painter.drawLine(low, QPointF(box.right(), box.y()))
