"""What the graph network sees of the landmarks; live, in training and for a taught sign alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array, array_namespace
from engine.landmarks.gap_filling import fill_gaps, joints_at
from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.landmarks.recording import LandmarkRecording
from engine.landmarks.skeletons import HAND, Skeleton, joints_from, mirror_signer


def recorded_joints(
    recording: LandmarkRecording, skeleton: Skeleton, *, left_handed: bool = False
) -> NDArray[np.float32]:
    """`(T, J, 3)` at the recording's own moments: x, y with gaps filled over time, and 1 where the
    joint was seen, 0 where it was filled in. NaN, NaN, 0 for a joint that was never seen."""
    joints = joints_from(recording, skeleton)
    if left_handed:
        joints = mirror_signer(joints, skeleton)
    seen = np.asarray(~np.isnan(joints).any(axis=-1), np.float32)
    filled = _fill(joints, skeleton)
    return np.concatenate([filled, seen[..., None]], axis=-1)


def _fill(joints: NDArray[np.float32], skeleton: Skeleton) -> NDArray[np.float32]:
    """A hand that is lost while it moves (it is blurred then) goes on with its wrist: fingers are
    filled in relative to it."""
    offset = np.zeros_like(joints)
    wrists = fill_gaps(joints)
    for side in ("left", "right"):
        fingers = [
            skeleton.index(name)
            for joint in HAND[1:]
            if (name := f"{side}_{joint}") in skeleton.joints
        ]
        if fingers:
            wrist = wrists[:, skeleton.index(f"{side}_wrist")]
            offset[:, fingers] = wrist[:, None]
    return fill_gaps(joints - offset) + offset


def sampled_joints(
    joints: NDArray[np.float32], t_s: NDArray[np.float64], moments: NDArray[np.float64]
) -> NDArray[np.float32]:
    """`(T, J, 3)` of `recorded_joints` at `moments` `(n,)`: `(n, J, 3)`, linear, edges held."""
    return joints_at(list(t_s), joints, moments)


def graph_input(joints: Array, skeleton: Skeleton) -> Array:
    """`(B, T, J, 3)` as `sampled_joints` gives it, to `(B, 3, T, J)` for the network: centred on
    the shoulders, in shoulder widths, x to the image's right, y down; zeros where never seen."""
    xp = array_namespace(joints)
    places = normalise_by_shoulders(joints[..., :2], skeleton.shoulders)
    told = xp.concat([places, joints[..., 2:]], axis=-1)
    unseen = xp.any(xp.isnan(places), axis=-1, keepdims=True)
    return xp.permute_dims(xp.where(unseen, xp.zeros_like(told), told), (0, 3, 1, 2))
