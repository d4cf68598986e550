"""A hand drawn as it is held: a palm and five fingers from its 21 joints."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.opencv import cv2

_PALM = (0, 1, 5, 9, 13, 17)
_FINGERS = ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20))
_FINGER_SHARE, _EDGE_PX = 0.085, 3
_SUBPIXEL_BITS = 4


def draw_fingers(
    image: NDArray[np.uint8],
    hand: NDArray[np.floating],
    shoulder_px: float,
    *,
    skin: tuple[int, int, int],
    edge: tuple[int, int, int],
) -> None:
    """Draw a hand `(21, 2)`, in pixels and in MediaPipe's order, on a figure whose shoulders are
    `shoulder_px` apart. Fingers have an edge each, so that one before another is seen."""
    width = max(2, round(_FINGER_SHARE * shoulder_px))
    palm = hand[list(_PALM)]
    for colour, grow in ((edge, 2 * _EDGE_PX), (skin, 0)):
        cv2.polylines(
            image, [_fixed(palm)], True, colour, width + grow, cv2.LINE_AA, _SUBPIXEL_BITS
        )
        cv2.fillPoly(image, [_fixed(palm)], colour, cv2.LINE_AA, _SUBPIXEL_BITS)
    for finger in _FINGERS:
        for colour, grow in ((edge, 2 * _EDGE_PX), (skin, 0)):
            line = [_fixed(hand[list(finger)])]
            cv2.polylines(image, line, False, colour, width + grow, cv2.LINE_AA, _SUBPIXEL_BITS)


def _fixed(points: NDArray[np.floating]) -> NDArray[np.int32]:
    return np.round(points * (1 << _SUBPIXEL_BITS)).astype(np.int32)
