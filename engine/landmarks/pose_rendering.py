"""The `pose` view: joints and bones drawn as a small film for I3D.

The same function draws training data and live landmarks. A bone is a row of soft points and a
picture is the sum of their Gaussians, which factor into x and y: one small matrix product a
channel, differentiable, on any device, and exact to a fraction of a pixel even at 32 x 32.
"""

from __future__ import annotations

from array_api_compat import device

from engine.arrays import Array, array_namespace
from engine.landmarks.skeletons import UPPER_BODY

LEFT_EDGE, TOP_EDGE, VIEW_WIDTH = -1.9, -1.4, 3.8
"""The drawn square, in shoulder widths around the middle of the shoulders."""

_POINTS_PER_BONE = 8
_BONE_RADIUS, _HAND_RADIUS, _HEAD_RADIUS = 0.085, 0.15, 0.22
_UPPER_ARM, _FOREARM, _HAND, _BODY, _HEAD = 0.45, 0.8, 3.0, 0.35, 1.2

_NOWHERE = 1e3
"""Where a joint is put that was not seen, in shoulder widths: far beyond the square."""

_INDEX = {name: i for i, name in enumerate(UPPER_BODY)}


def _arm(side: str) -> list[tuple[str, str, float, float]]:
    return [
        (f"{side}_shoulder", f"{side}_elbow", _UPPER_ARM, _BONE_RADIUS),
        (f"{side}_elbow", f"{side}_hand", _FOREARM, _BONE_RADIUS),
        (f"{side}_hand", f"{side}_hand", _HAND, _HAND_RADIUS),
    ]


# One colour channel each: the right arm, the trunk and head, the left arm.
_CHANNELS: tuple[list[tuple[str, str, float, float]], ...] = (
    _arm("right"),
    [
        ("left_shoulder", "right_shoulder", _BODY, _BONE_RADIUS),
        ("head", "head", _HEAD, _HEAD_RADIUS),
    ],
    _arm("left"),
)


def _draw_channel(joints: Array, size: int, strokes: list[tuple[str, str, float, float]]) -> Array:
    xp = array_namespace(joints)
    alike = {"dtype": joints.dtype, "device": device(joints)}
    centres, weights, radii = [], [], []
    for start, end, weight, radius in strokes:
        a, b = joints[:, _INDEX[start]], joints[:, _INDEX[end]]
        n = 1 if start == end else _POINTS_PER_BONE
        along = (xp.arange(n, **alike) + 0.5) / n
        centres.append(a[:, None] + along[None, :, None] * (b - a)[:, None])
        weights += [weight] * n
        radii += [radius] * n
    points = xp.concat(centres, axis=1)
    unseen = xp.isnan(points)
    points = xp.where(unseen, xp.full_like(points, _NOWHERE), points)
    strength = xp.asarray(weights, **alike)[None, :, None]
    strength = xp.where(xp.any(unseen, axis=-1, keepdims=True), 0 * strength, strength)
    inverse = 1.0 / xp.asarray(radii, **alike)[None, :, None]
    pixel = (xp.arange(size, **alike) + 0.5) * VIEW_WIDTH / size
    dx = (pixel + LEFT_EDGE - points[..., 0:1]) * inverse
    dy = (pixel + TOP_EDGE - points[..., 1:2]) * inverse
    rows = xp.exp(-0.5 * dy * dy) * strength
    columns = xp.exp(-0.5 * dx * dx)
    return xp.matmul(xp.matrix_transpose(rows), columns)


def render_pose(joints: Array, size: int) -> Array:
    """Draw `(B, T, 7, 2)` normalised joints into `(B, 3, T, size, size)` in [-1, 1].

    Joints outside the drawn square are simply not seen, as at the edge of a picture; NaN joints
    and their bones are left out. Background is -1.
    """
    xp = array_namespace(joints)
    batch, steps = joints.shape[:2]
    flat = xp.reshape(joints, (batch * steps, joints.shape[2], 2))
    channels = [_draw_channel(flat, size, strokes) for strokes in _CHANNELS]
    picture = 1.0 - 2.0 * xp.exp(-xp.stack(channels, axis=1))
    films = xp.reshape(picture, (batch, steps, 3, size, size))
    return xp.permute_dims(films, (0, 2, 1, 3, 4))
