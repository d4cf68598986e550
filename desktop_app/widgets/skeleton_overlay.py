"""Joints and bones over the picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.frame import Landmarks

_BODY_BONES = ((11, 12), (11, 13), (13, 15), (12, 14), (14, 16), (11, 23), (12, 24))
_HAND_BONES = (
    *((0, 1), (1, 2), (2, 3), (3, 4)),
    *((0, 5), (5, 6), (6, 7), (7, 8)),
    *((5, 9), (9, 10), (10, 11), (11, 12)),
    *((9, 13), (13, 14), (14, 15), (15, 16)),
    *((13, 17), (0, 17), (17, 18), (18, 19), (19, 20)),
)
_LEFT, _RIGHT, _BODY = QColor("#5ec8ff"), QColor("#ffb454"), QColor("#f4f7fb")
_LEFT_JOINTS, _RIGHT_JOINTS = {11, 13, 15, 23}, {12, 14, 16, 24}
_VISIBLE = 0.5


def draw_skeleton(painter: QPainter, landmarks: Landmarks, pixel: float) -> None:
    """Draw in the frame's own pixels; `pixel` is the size of a screen pixel in them."""
    pose = landmarks.pose
    if pose is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for a, b in _BODY_BONES:
        if min(pose[a, 3], pose[b, 3]) < _VISIBLE:
            continue
        side = _LEFT if {a, b} <= _LEFT_JOINTS else _RIGHT if {a, b} <= _RIGHT_JOINTS else _BODY
        painter.setPen(QPen(side, 4 * pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(_point(pose[a]), _point(pose[b]))
    for hand, colour in ((landmarks.left_hand, _LEFT), (landmarks.right_hand, _RIGHT)):
        if hand is None:
            continue
        painter.setPen(QPen(colour, 2 * pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for a, b in _HAND_BONES:
            painter.drawLine(_point(hand[a]), _point(hand[b]))


def _point(row: object) -> QPointF:
    x, y = row[0], row[1]  # type: ignore[index]
    return QPointF(float(x), float(y))
