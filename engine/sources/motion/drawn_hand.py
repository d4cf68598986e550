"""An open hand, drawn plainly enough for a hand detector to find its fingers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.opencv import cv2

_PALM = (
    (0.12, 0.05),
    (0.22, -0.15),
    (0.20, -0.50),
    (0.04, -0.55),
    (-0.10, -0.53),
    (-0.24, -0.45),
    (-0.20, -0.10),
    (-0.12, 0.05),
)
"""In hand lengths from the wrist, of a left hand that points up with its palm to us."""

_FINGERS = (
    ((0.18, -0.12), (0.36, -0.28), (0.46, -0.45)),
    ((0.17, -0.50), (0.22, -0.75), (0.25, -0.92)),
    ((0.04, -0.53), (0.05, -0.82), (0.06, -1.00)),
    ((-0.09, -0.50), (-0.12, -0.76), (-0.14, -0.93)),
    ((-0.20, -0.43), (-0.26, -0.62), (-0.30, -0.77)),
)
"""Root, middle and tip: thumb first."""

_FINGER_WIDTH, _EDGE_PX = 0.125, 3


def draw_hand(
    image: NDArray[np.uint8],
    wrist: NDArray[np.floating],
    elbow: NDArray[np.floating],
    length_px: float,
    *,
    right: bool,
    skin: tuple[int, int, int],
    edge: tuple[int, int, int],
) -> None:
    """Draw it into `image`, going on from the forearm; `wrist`, `elbow`: x, y in pixels."""
    x, y = wrist - elbow
    length = max(1e-6, float(np.hypot(x, y)))
    cosine, sine = -y / length, x / length
    turn = np.array([[cosine, -sine], [sine, cosine]])

    def placed(points: tuple[tuple[float, float], ...]) -> NDArray[np.int32]:
        shape = np.array(points) * ((-1 if right else 1), 1) * length_px
        return np.round(shape @ turn.T + wrist).astype(np.int32)

    width = max(2, round(_FINGER_WIDTH * length_px))
    for colour, grow in ((edge, _EDGE_PX), (skin, 0)):
        palm = placed(_PALM)
        cv2.fillPoly(image, [palm], colour, cv2.LINE_AA)
        if grow:
            cv2.polylines(image, [palm], True, colour, grow, cv2.LINE_AA)
        for finger in _FINGERS:
            cv2.polylines(image, [placed(finger)], False, colour, width + grow, cv2.LINE_AA)
    for finger in _FINGERS:
        joint = placed(finger)[1]
        centre = (int(joint[0]), int(joint[1]))
        cv2.circle(image, centre, max(1, width // 5), edge, -1, cv2.LINE_AA)
