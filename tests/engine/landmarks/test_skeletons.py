"""Joints stand where MediaPipe says they stand, and bones are the body's."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.frame import Landmarks
from engine.landmarks.recording import LandmarkRecording
from engine.landmarks.skeletons import HAND, SKELETONS, joints_from, mirror_signer

HANDS_AND_ARMS = SKELETONS["hands_and_arms"]


def test_the_hands_joints_are_mediapipes_by_name() -> None:
    from mediapipe.tasks.python.vision.hand_landmarker import HandLandmark

    assert [joint.name.lower() for joint in HandLandmark] == list(HAND)
    assert [joint.value for joint in HandLandmark] == list(range(21))


def test_shoulders_and_elbows_are_mediapipes_by_name() -> None:
    from mediapipe.tasks.python.vision.pose_landmarker import PoseLandmark

    pose = np.zeros((33, 4), np.float32)
    for joint in PoseLandmark:
        pose[joint.value, 0] = joint.value
    joints = joints_from(LandmarkRecording.of([0.0], [Landmarks(pose)]), HANDS_AND_ARMS)[0]
    for name in ("left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist"):
        assert joints[HANDS_AND_ARMS.index(name), 0] == PoseLandmark[name.upper()].value


def test_fingers_keep_mediapipes_order_on_both_hands() -> None:
    left = np.arange(63, dtype=np.float32).reshape(21, 3)
    seen = Landmarks(np.zeros((33, 4), np.float32), left, left + 1000)
    joints = joints_from(LandmarkRecording.of([0.0], [seen]), HANDS_AND_ARMS)[0]
    for point, joint in enumerate(HAND):
        assert joints[HANDS_AND_ARMS.index(f"left_{joint}"), 0] == 3 * point
        assert joints[HANDS_AND_ARMS.index(f"right_{joint}"), 0] == 3 * point + 1000


def test_there_are_46_joints_and_every_bone_joins_two_of_them() -> None:
    assert len(set(HANDS_AND_ARMS.joints)) == 46
    # By hand: 5 fingers of 4 bones a hand, 2 forearms, 2 upper arms, 1 across the shoulders.
    assert len(HANDS_AND_ARMS.bones) == 2 * 5 * 4 + 2 + 2 + 1
    assert len(SKELETONS["upper_body"].bones) == 2 + 2 + 1 + 2
    for skeleton in SKELETONS.values():
        touched = {joint for bone in skeleton.bones for joint in bone}
        assert touched == set(skeleton.joints)


@pytest.mark.parametrize(
    "joint", ["thumb", "index_finger", "middle_finger", "ring_finger", "pinky"]
)
def test_a_finger_is_a_chain_from_the_wrist(joint: str) -> None:
    parts = ("cmc", "mcp", "ip", "tip") if joint == "thumb" else ("mcp", "pip", "dip", "tip")
    chain = ["left_wrist", *(f"left_{joint}_{part}" for part in parts)]
    for bone in pairwise(chain):
        assert bone in HANDS_AND_ARMS.bones


def test_mirroring_swaps_the_hands_and_twice_is_nothing() -> None:
    joints = np.random.default_rng(0).normal(size=(4, 46, 2)).astype(np.float32)
    mirrored = mirror_signer(joints, HANDS_AND_ARMS)
    left, right = HANDS_AND_ARMS.index("left_thumb_tip"), HANDS_AND_ARMS.index("right_thumb_tip")
    assert np.array_equal(mirrored[:, left, 0], -joints[:, right, 0])
    assert np.array_equal(mirrored[:, left, 1], joints[:, right, 1])
    assert np.array_equal(mirror_signer(mirrored, HANDS_AND_ARMS), joints)


def test_an_unseen_hands_wrist_is_the_poses() -> None:
    pose = np.zeros((33, 4), np.float32)
    pose[15, :2] = (7, 8)
    joints = joints_from(LandmarkRecording.of([0.0], [Landmarks(pose)]), HANDS_AND_ARMS)[0]
    assert joints[HANDS_AND_ARMS.index("left_wrist")].tolist() == [7, 8]
    assert np.isnan(joints[HANDS_AND_ARMS.index("left_thumb_tip")]).all()
