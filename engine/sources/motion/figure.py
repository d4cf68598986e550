"""A plain figure that shows a motion: head, trunk, arms, hands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.frame import Landmarks
from engine.landmarks.skeletons import UPPER_BODY
from engine.opencv import cv2
from engine.sources.motion.drawn_fingers import draw_fingers
from engine.sources.motion.drawn_hand import draw_hand

WIDTH, HEIGHT = 960, 540
SHOULDER_PX = 128.0
# Hands reach from 1.6 shoulder widths above the shoulders to 2.6 below: all of it is in view.
_ORIGIN = np.array([WIDTH / 2, 206.0])
_SUBPIXEL_BITS = 4
_HAND_SHARE = 0.75

_BACKDROP = (58, 46, 38)
_FLOOR = (40, 31, 26)
_SHIRT, _SLEEVE, _FOREARM = (150, 112, 62), (168, 128, 74), (182, 142, 86)
_SKIN, _SKIN_EDGE = (176, 200, 232), (128, 152, 188)
_FEATURE = (52, 60, 84)
_INDEX = {name: i for i, name in enumerate(UPPER_BODY)}
_POSE_OF = {
    "left_shoulder": (11,),
    "right_shoulder": (12,),
    "left_elbow": (13,),
    "right_elbow": (14,),
    "left_hand": (15, 17, 19, 21),
    "right_hand": (16, 18, 20, 22),
    "head": (0, 7, 8),
}


def to_pixels(joints: NDArray[np.float32]) -> NDArray[np.float32]:
    """Normalised places `(…, 2)` to the figure's picture."""
    return (joints * SHOULDER_PX + _ORIGIN).astype(np.float32)


def landmarks_of(
    joints: NDArray[np.float32], hands: NDArray[np.float32] | None = None
) -> Landmarks:
    """The pose `(33, 4)` of joints `(7, 2)` in pixels; visibility 0 where the figure has none.
    `hands` `(2, 21, 2)`: left and right, NaN where not seen."""
    pose = np.zeros((33, 4), np.float32)
    for name, indices in _POSE_OF.items():
        pose[list(indices), :2] = joints[_INDEX[name]]
        pose[list(indices), 3] = 1.0
    if hands is None:
        return Landmarks(pose)
    left, right = (
        None if np.isnan(hand).any() else np.pad(hand, ((0, 0), (0, 1))).astype(np.float32)
        for hand in hands
    )
    return Landmarks(pose, left, right)


def backdrop() -> NDArray[np.uint8]:
    """The room: a soft gradient, drawn once."""
    top, bottom = np.array(_BACKDROP, np.float32), np.array(_FLOOR, np.float32)
    part = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None]
    column = (top * (1 - part) + bottom * part).round().astype(np.uint8)
    return np.ascontiguousarray(np.repeat(column[:, None], WIDTH, axis=1))


def draw_figure(
    room: NDArray[np.uint8],
    joints: NDArray[np.float32],
    *,
    fingers: bool = False,
    hands: NDArray[np.float32] | None = None,
) -> NDArray[np.uint8]:
    """The figure with joints `(7, 2)` in pixels before `room`; a new picture. `hands`
    `(2, 21, 2)`: left and right as they are held, NaN where that is not known; `fingers`: open
    hands there instead of plain ones."""
    image = room.copy()
    at = {name: joints[i] for name, i in _INDEX.items()}
    left, right, head = at["left_shoulder"], at["right_shoulder"], at["head"]
    middle = (left + right) / 2
    hips = middle + np.array([0.0, 2.9 * SHOULDER_PX])
    across = (left - right) * 0.46
    trunk = np.array([right, left, hips + across, hips - across])
    cv2.fillConvexPoly(image, _fixed(trunk), _SHIRT, cv2.LINE_AA, _SUBPIXEL_BITS)
    _limb(image, right, left, 52, _SHIRT)
    _limb(image, middle, middle * 0.5 + head * 0.5, 34, _SKIN_EDGE)
    axes = _fixed(np.array([0.3, 0.39]) * SHOULDER_PX)
    for colour, grow in ((_SKIN_EDGE, 24), (_SKIN, 0)):
        cv2.ellipse(
            image,
            _point(head),
            (int(axes[0]) + grow, int(axes[1]) + grow),
            0,
            0,
            360,
            colour,
            -1,
            cv2.LINE_AA,
            _SUBPIXEL_BITS,
        )
    if fingers:
        _face(image, head)
    for side in ("left", "right"):
        shoulder, elbow, hand = (at[f"{side}_{part}"] for part in ("shoulder", "elbow", "hand"))
        _limb(image, shoulder, elbow, 40, _SLEEVE)
        _limb(image, elbow, hand, 32, _FOREARM)
    for number, side in enumerate(("left", "right")):
        hand = at[f"{side}_hand"]
        if hands is not None and np.isfinite(hands[number]).all():
            draw_fingers(image, hands[number], SHOULDER_PX, skin=_SKIN, edge=_SKIN_EDGE)
            continue
        if fingers:
            draw_hand(
                image,
                hand,
                at[f"{side}_elbow"],
                _HAND_SHARE * SHOULDER_PX,
                right=side == "right",
                skin=_SKIN,
                edge=_SKIN_EDGE,
            )
            continue
        _disc(image, hand, 28, _SKIN_EDGE)
        _disc(image, hand, 26, _SKIN)
    return image


def _face(image: NDArray[np.uint8], head: NDArray[np.floating]) -> None:
    """Without one, a detector does not know a head from anything else that is round."""
    unit = SHOULDER_PX
    for sign in (-1, 1):
        eye = head + np.array([sign * 0.12, -0.06]) * unit
        _disc(image, eye, round(0.035 * unit), _FEATURE)
        brow = head + np.array([[sign * 0.18, -0.14], [sign * 0.07, -0.155]]) * unit
        _line(image, brow, 4)
    _line(image, head + np.array([[0.0, -0.04], [0.025, 0.07], [-0.015, 0.08]]) * unit, 3)
    mouth = [[-0.09, 0.18], [0.0, 0.2], [0.09, 0.18]]
    _line(image, head + np.array(mouth) * unit, 4)


def _line(image: NDArray[np.uint8], points: NDArray[np.floating], width: int) -> None:
    cv2.polylines(image, [_fixed(points)], False, _FEATURE, width, cv2.LINE_AA, _SUBPIXEL_BITS)


def _fixed(points: NDArray[np.floating]) -> NDArray[np.int32]:
    return np.round(points * (1 << _SUBPIXEL_BITS)).astype(np.int32)


def _point(point: NDArray[np.floating]) -> tuple[int, int]:
    x, y = _fixed(point)
    return int(x), int(y)


def _disc(
    image: NDArray[np.uint8],
    centre: NDArray[np.floating],
    radius: int,
    colour: tuple[int, int, int],
) -> None:
    cv2.circle(
        image, _point(centre), radius << _SUBPIXEL_BITS, colour, -1, cv2.LINE_AA, _SUBPIXEL_BITS
    )


def _limb(
    image: NDArray[np.uint8],
    start: NDArray[np.floating],
    end: NDArray[np.floating],
    width: int,
    colour: tuple[int, int, int],
) -> None:
    """A capsule: a rectangle with round ends."""
    along = end - start
    length = float(np.hypot(*along))
    if length > 1e-3:
        aside = np.array([-along[1], along[0]]) / length * width / 2
        corners = np.array([start + aside, end + aside, end - aside, start - aside])
        cv2.fillConvexPoly(image, _fixed(corners), colour, cv2.LINE_AA, _SUBPIXEL_BITS)
    for point in (start, end):
        _disc(image, point, width // 2, colour)
