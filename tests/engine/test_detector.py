"""The landmark detector: real models on real pictures, and on what is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.frame import Landmarks
from engine.landmarks.detector import LandmarkDetector, LandmarkModelError
from engine.landmarks.person_crop import crop_clip, person_box
from engine.landmarks.skeletons import UPPER_BODY, upper_body_from
from engine.paths import LANDMARK_MODELS
from engine.sources.opening import open_source


@pytest.fixture(scope="module")
def detector() -> Iterator[LandmarkDetector]:
    made = LandmarkDetector()
    yield made
    made.close()


@pytest.mark.parametrize(
    "shape",
    [(1, 1), (1, 1, 3), (480, 640), (480, 640, 1), (480, 640, 4), (2160, 3840, 3), (9, 700, 3)],
)
def test_any_picture_is_taken_and_an_empty_one_shows_nobody(
    detector: LandmarkDetector, shape: tuple[int, ...]
) -> None:
    assert detector.detect(np.full(shape, 90, np.uint8), 0.0).pose is None


def test_a_clock_that_jumps_is_taken() -> None:
    detector = LandmarkDetector()
    picture = np.zeros((120, 160, 3), np.uint8)
    for t_s in (5.0, 5.0, 5.03, 0.0, 100.0, 100.01):
        assert detector.detect(picture, t_s).pose is None
    detector.close()


@pytest.mark.parametrize("name", ["pose_landmarker.task", "hand_landmarker.task"])
@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_model_that_cannot_be_used_is_named(tmp_path: Path, name: str, damage: str) -> None:
    for file in LANDMARK_MODELS.glob("*.task"):
        shutil.copy(file, tmp_path)
    victim = tmp_path / name
    if damage == "missing":
        victim.unlink()
    else:
        victim.write_bytes(victim.read_bytes()[:100_000])
    with pytest.raises(LandmarkModelError, match=name):
        LandmarkDetector(models_dir=tmp_path)


def test_joint_indices_against_mediapipes_own_names() -> None:
    from mediapipe.tasks.python.vision import PoseLandmark as Pose

    pose = np.zeros((33, 4), np.float32)
    wanted = {
        "left_shoulder": [Pose.LEFT_SHOULDER],
        "right_shoulder": [Pose.RIGHT_SHOULDER],
        "left_elbow": [Pose.LEFT_ELBOW],
        "right_elbow": [Pose.RIGHT_ELBOW],
        "left_hand": [Pose.LEFT_WRIST, Pose.LEFT_PINKY, Pose.LEFT_INDEX],
        "right_hand": [
            Pose.RIGHT_WRIST,
            Pose.RIGHT_PINKY,
            Pose.RIGHT_INDEX,
        ],
        "head": [Pose.LEFT_EAR, Pose.RIGHT_EAR],
    }
    for i, name in enumerate(UPPER_BODY):
        for index in wanted[name]:
            pose[int(index), :2] = (i + 1, 10 * (i + 1))
    joints = upper_body_from(Landmarks(pose))
    assert joints.tolist() == [[i + 1, 10 * (i + 1)] for i in range(len(UPPER_BODY))]


def test_a_real_signer_is_seen_the_same_way_twice(shared_data: Path) -> None:
    clip = next((shared_data / "arsl10" / "user03" / "G05").glob("*.mp4"))
    runs = []
    for _ in range(2):
        detector = LandmarkDetector()
        source = open_source(str(clip))
        seen = []
        while (frame := source.read()) is not None and len(seen) < 20:
            seen.append(detector.detect(frame.image, frame.t_s))
        source.close()
        detector.close()
        runs.append(seen)
    assert all(landmarks.pose is not None for landmarks in runs[0])
    assert any(landmarks.right_hand is not None for landmarks in runs[0])
    for a, b in zip(*runs, strict=True):
        assert np.array_equal(a.pose, b.pose)  # type: ignore[arg-type]
    joints = upper_body_from(runs[0][0])
    # Not mirrored: the signer's left is on the picture's right.
    assert joints[0, 0] > joints[1, 0]


def test_the_crop_follows_the_signer_and_repeats_the_edge() -> None:
    poses = np.zeros((5, 33, 4), np.float32)
    poses[:, 11, :2], poses[:, 12, :2] = (70, 50), (50, 50)
    x, y, side = person_box(poses)
    assert (x, y) == (60, 60)
    assert side == pytest.approx(76)
    frame = np.zeros((100, 80, 3), np.uint8)
    frame[:, :, 2] = 255
    clip = crop_clip([frame] * 3, (x, y, side), 32)
    assert clip.shape == (3, 3, 32, 32)
    assert clip.dtype == np.float32
    assert clip[0].min() == 1.0
    assert clip[1:].max() == -1.0
