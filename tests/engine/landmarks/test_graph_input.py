"""Gaps are filled over time, unseen joints say so, and neither place nor size matters."""

from __future__ import annotations

import numpy as np

from engine.clips.landmark_buffer import graph_clip, hands_seen
from engine.frame import Landmarks
from engine.landmarks.graph_input import graph_input, recorded_joints
from engine.landmarks.recording import LandmarkRecording
from engine.landmarks.skeletons import SKELETONS

SKELETON = SKELETONS["hands_and_arms"]
THUMB, WRIST = SKELETON.index("right_thumb_tip"), SKELETON.index("right_wrist")


def body(hand_x: float, *, hand: bool = True) -> Landmarks:
    pose = np.zeros((33, 4), np.float32)
    pose[11, :2], pose[12, :2] = (300, 200), (200, 200)
    pose[13, :2], pose[14, :2] = (320, 260), (180, 260)
    pose[15, :2], pose[16, :2] = (320, 320), (hand_x, 100)
    points = np.zeros((21, 3), np.float32)
    points[:, 0] = hand_x + np.arange(21)
    points[:, 1] = 100 - np.arange(21)
    return Landmarks(pose, None, points if hand else None)


def moving(lost: set[int], steps: int = 9, speed: float = 10.0) -> LandmarkRecording:
    seen = [body(150 + speed * t, hand=t not in lost) for t in range(steps)]
    return LandmarkRecording.of([t / 15 for t in range(steps)], seen)


def test_a_hand_lost_for_a_while_is_filled_in_both_coordinates() -> None:
    whole, gappy = moving(set()), moving({3, 4, 5})
    filled = recorded_joints(gappy, SKELETON)
    assert np.allclose(filled[..., :2][4, THUMB], recorded_joints(whole, SKELETON)[4, THUMB, :2])
    assert filled[2:7, THUMB, 2].tolist() == [1, 0, 0, 0, 1]
    assert filled[2:7, WRIST, 2].tolist() == [1, 1, 1, 1, 1]


def test_edges_are_held_relative_to_the_wrist() -> None:
    filled = recorded_joints(moving({0, 1, 8}), SKELETON)
    whole = recorded_joints(moving(set()), SKELETON)
    assert np.allclose(filled[..., :2], whole[..., :2], equal_nan=True)
    assert filled[[0, 1, 8], THUMB, 2].tolist() == [0, 0, 0]


def test_a_hand_never_seen_is_nothing_and_says_so() -> None:
    clip = graph_clip(moving(set()), SKELETON, 24)
    left = SKELETON.index("left_thumb_tip")
    assert clip.shape == (1, 3, 24, 46)
    assert np.array_equal(clip[0, :, :, left], np.zeros((3, 24)))
    assert np.isfinite(clip).all()
    assert clip[0, 2, :, THUMB].min() == 1


def test_place_and_size_in_the_picture_do_not_matter() -> None:
    recording = moving({4})
    elsewhere = LandmarkRecording(
        recording.t_s,
        recording.pose * 2.5 + 40,
        recording.left_hand * 2.5 + 40,
        recording.right_hand * 2.5 + 40,
    )
    assert np.allclose(
        graph_clip(recording, SKELETON, 24), graph_clip(elsewhere, SKELETON, 24), atol=1e-4
    )


def test_time_is_resampled_not_padded() -> None:
    slow = moving(set(), steps=21, speed=4.0)
    fast = moving(set(), steps=5, speed=20.0)
    assert np.allclose(
        graph_clip(slow, SKELETON, 24)[:, :2, :, THUMB],
        graph_clip(fast, SKELETON, 24)[:, :2, :, THUMB],
        atol=1e-4,
    )


def test_before_and_after_the_recording_its_ends_are_held() -> None:
    clip = graph_clip(moving(set()), SKELETON, 24, start_s=-1.0, end_s=2.0)
    assert np.array_equal(clip[0, :, 0], clip[0, :, 3])
    assert np.array_equal(clip[0, :, -1], clip[0, :, -3])


def test_the_middle_of_the_shoulders_is_the_origin_and_their_width_the_unit() -> None:
    clip = graph_clip(moving(set()), SKELETON, 24)[0, :2, 0]
    left, right = SKELETON.shoulders
    assert clip[:, left].tolist() == [0.5, 0.0]
    assert clip[:, right].tolist() == [-0.5, 0.0]


def test_a_clip_without_shoulders_is_all_unseen() -> None:
    nobody = LandmarkRecording.of([0.0, 0.1], [Landmarks(None), Landmarks(None)])
    joints = recorded_joints(nobody, SKELETON)[None]
    assert np.array_equal(graph_input(joints, SKELETON), np.zeros((1, 3, 2, 46)))
    assert not hands_seen(nobody, SKELETON)


def test_hands_are_seen_when_either_is_in_a_tenth_of_the_moments() -> None:
    assert hands_seen(moving(set(range(1, 9))), SKELETON)
    assert not hands_seen(moving(set(range(9))), SKELETON)
