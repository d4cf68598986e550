"""The `pose` view: joints and bones drawn as a small film for I3D.

The same function draws training data and live landmarks. A bone is a row of soft points and a
picture is the sum of their Gaussians, which factor into x and y: one small matrix product a
channel, differentiable, on any device, and exact to a fraction of a pixel even at 32 x 32.
"""

from __future__ import annotations

import torch
from torch import Tensor

from engine.landmarks.skeletons import UPPER_BODY

LEFT_EDGE, TOP_EDGE, VIEW_WIDTH = -1.9, -1.4, 3.8
"""The drawn square, in shoulder widths around the middle of the shoulders."""

_POINTS_PER_BONE = 8
_BONE_RADIUS, _HAND_RADIUS, _HEAD_RADIUS = 0.085, 0.15, 0.22
_UPPER_ARM, _FOREARM, _HAND, _BODY, _HEAD = 0.45, 0.8, 3.0, 0.35, 1.2

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


def _draw_channel(
    joints: Tensor, size: int, strokes: list[tuple[str, str, float, float]]
) -> Tensor:
    centres, weights, radii = [], [], []
    for start, end, weight, radius in strokes:
        a, b = joints[:, _INDEX[start]], joints[:, _INDEX[end]]
        n = 1 if start == end else _POINTS_PER_BONE
        along = (torch.arange(n, device=joints.device, dtype=joints.dtype) + 0.5) / n
        centres.append(a[:, None] + along[None, :, None] * (b - a)[:, None])
        weights += [weight] * n
        radii += [radius] * n
    points = torch.cat(centres, dim=1)
    unseen = points.isnan().any(dim=-1)
    points = points.nan_to_num(1e3)
    strength = joints.new_tensor(weights).expand(points.shape[0], -1).masked_fill(unseen, 0.0)
    inverse = 1.0 / joints.new_tensor(radii)
    pixel = (torch.arange(size, device=joints.device, dtype=joints.dtype) + 0.5) * VIEW_WIDTH / size
    dx = (pixel + LEFT_EDGE - points[..., 0:1]) * inverse[None, :, None]
    dy = (pixel + TOP_EDGE - points[..., 1:2]) * inverse[None, :, None]
    rows = torch.exp(-0.5 * dy.square()) * strength[..., None]
    columns = torch.exp(-0.5 * dx.square())
    return torch.bmm(rows.transpose(1, 2), columns)


def render_pose(joints: Tensor, size: int) -> Tensor:
    """Draw `(B, T, 7, 2)` normalised joints into `(B, 3, T, size, size)` in [-1, 1].

    Joints outside the drawn square are simply not seen, as at the edge of a picture; NaN joints
    and their bones are left out. Background is -1.
    """
    batch, steps = joints.shape[:2]
    flat = joints.reshape(batch * steps, joints.shape[2], 2)
    channels = [_draw_channel(flat, size, strokes) for strokes in _CHANNELS]
    light = torch.stack(channels, dim=1)
    picture = 1.0 - 2.0 * torch.exp(-light)
    return picture.reshape(batch, steps, 3, size, size).transpose(1, 2)
