"""Random changes to normalised landmarks `(B, T, J, 3)`: tempo, body, camera, detector faults."""

from __future__ import annotations

import torch
from torch import Generator, Tensor

from engine.landmarks.skeletons import HAND, Skeleton
from training.datasets.augmentation import normal, uniform


def warped_times(times: Tensor, rng: Generator, strength: float = 0.06) -> Tensor:
    """Warp `(B, T)` moments by three sine waves, `strength` the standard deviation of the first in
    parts of the span; both ends stay."""
    along = torch.linspace(0, 1, times.shape[1], device=times.device)
    length = (times[:, -1] - times[:, 0])[:, None]
    waves = torch.stack([torch.sin(torch.pi * k * along) for k in (1, 2, 3)])
    drawn = (
        strength
        * normal((times.shape[0], 3), rng).clamp(-2, 2)
        / torch.tensor([1.0, 2.0, 3.0], device=times.device)
    )
    return times + length * (drawn @ waves)


def other_view(joints: Tensor, rng: Generator) -> Tensor:
    """Random rotation, scale, shear and offset of a clip, and an offset and noise for each joint.

    x, y in shoulder widths about the shoulders; a detector's mean error differs from joint to
    joint and stays, its noise does not.
    """
    batch, _, count, _ = joints.shape
    angle = 0.08 * normal((batch,), rng).clamp(-2.5, 2.5)
    scale = torch.exp(0.1 * normal((batch, 1), rng) + 0.07 * normal((batch, 2), rng))
    shear = 0.08 * normal((batch,), rng)
    turn = torch.stack(
        [
            torch.stack([angle.cos(), -angle.sin() + shear], 1),
            torch.stack([angle.sin(), angle.cos()], 1),
        ],
        1,
    )
    matrix = turn * scale[:, None, :]
    places = torch.einsum("bij,btkj->btki", matrix, joints[..., :2])
    places = places + 0.06 * normal((batch, 1, 1, 2), rng)
    places = places + 0.015 * normal((batch, 1, count, 2), rng)
    places = places + 0.008 * normal(tuple(places.shape), rng)
    return torch.cat([places, joints[..., 2:]], dim=-1)


def other_hands(joints: Tensor, skeleton: Skeleton, rng: Generator) -> Tensor:
    """Random size of the hands, offset of the wrists, and gaps in which a hand is not seen.

    A hand that is lost for a while is drawn between the moments around it, relative to its wrist,
    as `recorded_joints` fills gaps; one that is lost throughout is zero, and not seen.
    """
    batch = joints.shape[0]
    joints = joints.clone()
    for side in ("left", "right"):
        if f"{side}_wrist" not in skeleton.joints:
            continue
        wrist = skeleton.index(f"{side}_wrist")
        fingers = [skeleton.index(f"{side}_{joint}") for joint in HAND[1:]]
        shape = joints[:, :, fingers, :2] - joints[:, :, wrist : wrist + 1, :2]
        size = torch.exp(0.12 * normal((batch, 1, 1, 1), rng))
        shape = _lost_for_a_while(shape * size, joints, fingers, wrist, rng)
        moved = joints[:, :, wrist : wrist + 1, :2] + 0.04 * normal((batch, 1, 1, 2), rng)
        joints[:, :, wrist : wrist + 1, :2] = moved
        joints[:, :, fingers, :2] = moved + shape
        gone = torch.rand((batch, 1, 1, 1), generator=rng, device=rng.device) < 0.04
        joints[:, :, fingers] = joints[:, :, fingers].masked_fill(gone, 0.0)
    return joints


def _lost_for_a_while(
    shape: Tensor, joints: Tensor, fingers: list[int], wrist: int, rng: Generator
) -> Tensor:
    batch, steps = shape.shape[:2]
    start = torch.randint(0, steps, (batch,), generator=rng, device=rng.device)
    length = torch.randint(2, max(3, steps // 3), (batch,), generator=rng, device=rng.device)
    end = (start + length).clamp_max(steps - 1)
    lost = torch.rand((batch,), generator=rng, device=rng.device) < 0.4
    at = torch.arange(steps, device=shape.device)
    inside = (at > start[:, None]) & (at < end[:, None]) & lost[:, None]
    part = ((at - start[:, None]) / (end - start).clamp_min(1)[:, None])[..., None, None]
    row = torch.arange(batch, device=shape.device)
    first, last = shape[row, start][:, None], shape[row, end][:, None]
    filled = first + (last - first) * part
    seen = joints[:, :, fingers, 2]
    joints[:, :, fingers, 2] = torch.where(inside[..., None], torch.zeros_like(seen), seen)
    return torch.where(inside[..., None, None], filled, shape)


def spliced(joints: Tensor, others: Tensor, rng: Generator) -> Tensor:
    """The beginning of one sign and the end of another: `(B, T, J, 3)`, joined over three steps.

    It moves as signing does, and is no sign.
    """
    steps = joints.shape[1]
    cut = uniform(0.35, 0.65, (joints.shape[0],), rng) * (steps - 1)
    at = torch.arange(steps, device=joints.device)
    share = ((at - cut[:, None]) / 3 + 0.5).clamp(0, 1)[..., None, None]
    return joints * (1 - share) + others * share


def mirrored_in_part(joints: Tensor, skeleton: Skeleton, share: float, rng: Generator) -> Tensor:
    """Mirror a random `share` of normalised clips `(B, T, J, 3)`: left and right joints
    exchanged."""
    if share <= 0:
        return joints
    turned = joints[:, :, list(skeleton.mirror)] * joints.new_tensor([-1.0, 1.0, 1.0])
    chosen = torch.rand((joints.shape[0], 1, 1, 1), generator=rng, device=rng.device) < share
    return torch.where(chosen, turned, joints)
