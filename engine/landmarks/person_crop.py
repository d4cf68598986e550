"""The `rgb` view: a square around the signer, the same for a whole clip."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.opencv import cv2

# Signing space: from above the head to the waist, elbows out. A wider square would show every
# sign's hand smaller for the few that stretch an arm.
_SIDE_IN_SHOULDERS = 3.0
_DOWN_IN_SHOULDERS = 0.35
_KEPT_SIDE = 512
_FINEST_GRID = 4
_STEADY_PLACE, _STEADY_SIDE = 0.01, 0.02
_LEFT_SHOULDER, _RIGHT_SHOULDER = 11, 12

Box = tuple[float, float, float]
"""Centre x, centre y and side of a square, in pixels; it may reach over the picture's edge."""


def shrink_for_crop(
    image: NDArray[np.uint8], pose: NDArray[np.float32] | None
) -> tuple[NDArray[np.uint8], NDArray[np.float32] | None]:
    """A copy small enough to keep for seconds, its longer side at most 512, and the pose scaled."""
    scale = _KEPT_SIDE / max(image.shape[:2])
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)  # type: ignore[assignment]
    if scale >= 1:
        return image, pose
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    if pose is not None:
        pose = pose * np.array([scale, scale, scale, 1.0], np.float32)
    return small, pose  # type: ignore[return-value]


def person_box(poses: NDArray[np.float32], width: int, height: int) -> Box:
    """One square for the poses `(T, 33, 4)` of a clip: medians, so that one bad frame is outvoted.

    Centred a little below the shoulders, as wide as signing space, and moved into the picture of
    `width` by `height` where it fits: what lies beyond the edge shows nothing.
    """
    left, right = poses[:, _LEFT_SHOULDER, :2], poses[:, _RIGHT_SHOULDER, :2]
    across = float(np.median(np.linalg.norm(left - right, axis=1)))
    x, y = np.median((left + right) / 2, axis=0)
    side = max(8.0, _SIDE_IN_SHOULDERS * across)
    return _inside(x, side, width), _inside(y + _DOWN_IN_SHOULDERS * across, side, height), side


def _inside(centre: float, side: float, length: int) -> float:
    """Between the shoulders of somebody who walks out, the square follows: half of it at most may
    be moved."""
    if side >= length:
        return float(centre)
    wanted = min(max(centre, side / 2), length - side / 2)
    return float(wanted if abs(wanted - centre) <= side / 2 else centre)


def nearly_same(one: Box, other: Box) -> bool:
    """Whether two squares differ by less than augmentation in training moves a clip: a hundredth of
    the side in place, a fiftieth in size."""
    (x, y, side), (other_x, other_y, other_side) = one, other
    moved = max(abs(x - other_x), abs(y - other_y))
    return moved <= _STEADY_PLACE * side and abs(side - other_side) <= _STEADY_SIDE * side


def crop_clip(
    frames: Sequence[NDArray[np.uint8]], box: Box | None, size: int
) -> NDArray[np.float32]:
    """Cut `box` out of T BGR frames: `(3, T, size, size)` float32 RGB in [-1, 1].

    Beyond the picture its edge is repeated. Without a box, the largest centred square.
    """
    squares = [crop_frame(frame, box, size) for frame in frames]
    return as_clip(squares) if squares else np.empty((3, 0, size, size), np.float32)


def as_clip(squares: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """T squares `(size, size, 3)`, BGR, as the networks see them: `(3, T, size, size)` float32 RGB
    in [-1, 1]."""
    clip = np.stack(squares)[..., ::-1].transpose(3, 0, 1, 2).astype(np.float32, order="C")
    clip /= 127.5
    clip -= 1
    return clip


def crop_frame(frame: NDArray[np.uint8], box: Box | None, size: int) -> NDArray[np.uint8]:
    """Cut `box` out of one BGR frame: `(size, size, 3)`, as `crop_clip` does."""
    height, width = frame.shape[:2]
    x, y, side = box or (width / 2, height / 2, float(min(height, width)))
    # Sampled on a finer grid and averaged: a shrunken picture would flicker otherwise.
    grid = size * min(_FINEST_GRID, max(1, math.ceil(side / size)))
    step = side / grid
    corner_x, corner_y = x - side / 2, y - side / 2
    # From the middles of the square's pixels to those of the picture's.
    to_picture = np.array(
        [[step, 0, corner_x + (step - 1) / 2], [0, step, corner_y + (step - 1) / 2]], np.float32
    )
    square = cv2.warpAffine(
        frame,
        to_picture,
        (grid, grid),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if grid > size:
        square = cv2.resize(square, (size, size), interpolation=cv2.INTER_AREA)
    return square  # type: ignore[return-value]
