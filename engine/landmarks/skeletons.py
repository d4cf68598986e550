"""Joint sets and how MediaPipe's landmarks map to them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.frame import Landmarks

UPPER_BODY: tuple[str, ...] = (
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_hand",
    "right_hand",
    "head",
)
"""The joints a Kinect and a webcam both see. Left and right are the signer's own."""

SKELETONS: dict[str, tuple[str, ...]] = {"upper_body": UPPER_BODY}

# MediaPipe pose indices whose mean stands for a joint. A Kinect 'hand' is the palm, so wrist and
# the two outer knuckles; its 'head' is the middle of the skull, so the ears and not the nose.
_POSE_SOURCES: dict[str, tuple[int, ...]] = {
    "left_shoulder": (11,),
    "right_shoulder": (12,),
    "left_elbow": (13,),
    "right_elbow": (14,),
    "left_hand": (15, 17, 19),
    "right_hand": (16, 18, 20),
    "head": (7, 8),
}

_MIRROR = (1, 0, 3, 2, 5, 4, 6)


def upper_body_from(landmarks: Landmarks) -> NDArray[np.float32]:
    """`(7, 2)` float32 pixels in `UPPER_BODY` order; NaN everywhere when no person was seen."""
    if landmarks.pose is None:
        return np.full((len(UPPER_BODY), 2), np.nan, np.float32)
    pose = landmarks.pose
    return np.stack(
        [pose[list(_POSE_SOURCES[name]), :2].mean(axis=0) for name in UPPER_BODY]
    ).astype(np.float32)


def mirror_signer(joints: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn a left-handed signer into a right-handed one: swap sides and negate x.

    `joints` is `(..., 7, 2)` in any unit whose x origin does not matter (normalisation follows).
    """
    mirrored = joints[..., _MIRROR, :].copy()
    mirrored[..., 0] *= -1
    return mirrored
