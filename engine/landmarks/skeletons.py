"""Joint sets, their bones, and how MediaPipe's landmarks map to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.frame import Landmarks
from engine.landmarks.recording import LandmarkRecording

Bone = tuple[str, str]
"""Two joints, the one nearer to the middle of the body first."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A joint set. Left and right are the signer's own."""

    name: str
    joints: tuple[str, ...]
    bones: tuple[Bone, ...]

    def index(self, joint: str) -> int:
        return self.joints.index(joint)

    @property
    def has_fingers(self) -> bool:
        """Whether there is more of a hand than its wrist."""
        return "left_thumb_tip" in self.joints

    @property
    def shoulders(self) -> tuple[int, int]:
        return self.index("left_shoulder"), self.index("right_shoulder")

    @property
    def mirror(self) -> tuple[int, ...]:
        """For each joint, the index of the one on the other side."""
        return tuple(self.index(_other_side(joint)) for joint in self.joints)

    @property
    def bone_indices(self) -> tuple[tuple[int, int], ...]:
        return tuple((self.index(a), self.index(b)) for a, b in self.bones)


def _other_side(joint: str) -> str:
    side, _, rest = joint.partition("_")
    return {"left": f"right_{rest}", "right": f"left_{rest}"}.get(side, joint)


HAND: tuple[str, ...] = (
    "wrist",
    *(f"thumb_{part}" for part in ("cmc", "mcp", "ip", "tip")),
    *(
        f"{finger}_{part}"
        for finger in ("index_finger", "middle_finger", "ring_finger", "pinky")
        for part in ("mcp", "pip", "dip", "tip")
    ),
)
"""In MediaPipe's order, which is not the alphabet's."""

_HAND_BONES: tuple[Bone, ...] = tuple(
    ("wrist" if part == 0 else HAND[first + part - 1], HAND[first + part])
    for first in (1, 5, 9, 13, 17)
    for part in range(4)
)

UPPER_BODY: tuple[str, ...] = (
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_hand",
    "right_hand",
    "head",
)
"""The joints a Kinect and a webcam both see."""

_ARMS: tuple[str, ...] = UPPER_BODY[:4]
_ARM_BONES: tuple[Bone, ...] = (
    ("left_shoulder", "right_shoulder"),
    ("left_shoulder", "left_elbow"),
    ("right_shoulder", "right_elbow"),
)

SKELETONS: dict[str, Skeleton] = {
    "upper_body": Skeleton(
        "upper_body",
        UPPER_BODY,
        (
            *_ARM_BONES,
            ("left_elbow", "left_hand"),
            ("right_elbow", "right_hand"),
            ("left_shoulder", "head"),
            ("right_shoulder", "head"),
        ),
    ),
    "hands_and_arms": Skeleton(
        "hands_and_arms",
        (*(f"{side}_{joint}" for side in ("left", "right") for joint in HAND), *_ARMS),
        (
            *((f"{side}_{a}", f"{side}_{b}") for side in ("left", "right") for a, b in _HAND_BONES),
            *_ARM_BONES,
            ("left_elbow", "left_wrist"),
            ("right_elbow", "right_wrist"),
        ),
    ),
}

# MediaPipe pose indices whose mean stands for a joint. A Kinect 'hand' is the palm, so wrist and
# the two outer knuckles; its 'head' is the middle of the skull, so the ears and not the nose.
_POSE_SOURCES: dict[str, tuple[int, ...]] = {
    "left_shoulder": (11,),
    "right_shoulder": (12,),
    "left_elbow": (13,),
    "right_elbow": (14,),
    "left_wrist": (15,),
    "right_wrist": (16,),
    "left_hand": (15, 17, 19),
    "right_hand": (16, 18, 20),
    "head": (7, 8),
}

_MIRROR = SKELETONS["upper_body"].mirror


def joints_from(recording: LandmarkRecording, skeleton: Skeleton) -> NDArray[np.float32]:
    """`(T, J, 2)` float32 of a recording's joints, in its unit; NaN where not seen.

    A wrist is the pose's where its hand was not seen: the arm is followed on.
    """
    steps = len(recording)
    joints = np.full((steps, len(skeleton.joints), 2), np.nan, np.float32)
    for side in ("left", "right"):
        seen = recording.left_hand if side == "left" else recording.right_hand
        for point, joint in enumerate(HAND):
            if (name := f"{side}_{joint}") in skeleton.joints:
                joints[:, skeleton.index(name)] = seen[:, point, :2]
    for name, sources in _POSE_SOURCES.items():
        if name not in skeleton.joints:
            continue
        column = joints[:, skeleton.index(name)]
        missing = np.isnan(column).any(axis=1)
        column[missing] = recording.pose[missing][:, list(sources), :2].mean(axis=1)
    return joints


def upper_body_from(landmarks: Landmarks) -> NDArray[np.float32]:
    """`(7, 2)` float32 pixels in `UPPER_BODY` order; NaN everywhere when no person was seen."""
    recording = LandmarkRecording.of([0.0], [landmarks])
    return joints_from(recording, SKELETONS["upper_body"])[0]


def mirror_signer(
    joints: NDArray[np.float32], skeleton: Skeleton = SKELETONS["upper_body"]
) -> NDArray[np.float32]:
    """Turn a left-handed signer into a right-handed one: swap sides and negate x.

    `joints` is `(..., J, 2)` in any unit whose x origin does not matter (normalisation follows).
    """
    mirrored = joints[..., skeleton.mirror, :].copy()
    mirrored[..., 0] *= -1
    return mirrored
