"""The landmark detector: real models on real pictures, and on what is none."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.frame import Landmarks
from engine.landmarks import detector as module
from engine.landmarks.detector import LandmarkDetector, LandmarkModelError
from engine.landmarks.skeletons import UPPER_BODY, upper_body_from
from engine.opencv import cv2
from engine.paths import LANDMARK_MODELS
from engine.sources.opening import open_source
from tests.conftest import LONGEST_S, ROOT

pytestmark = pytest.mark.slow


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
@pytest.mark.parametrize(
    "damage", ["missing", "cut", "one byte short", "one bit flipped", "foreign"]
)
def test_a_model_that_cannot_be_used_is_named(tmp_path: Path, name: str, damage: str) -> None:
    for file in LANDMARK_MODELS.glob("*.task"):
        shutil.copy(file, tmp_path)
    victim = tmp_path / name
    if damage == "missing":
        victim.unlink()
    elif damage == "foreign":
        with zipfile.ZipFile(victim, "w") as parts:
            parts.writestr("readme.txt", "no model")
    else:
        content = bytearray(victim.read_bytes())
        if damage == "one bit flipped":
            content[len(content) // 2] ^= 1
        else:
            del content[100_000 if damage == "cut" else -1 :]
        victim.write_bytes(content)
    with pytest.raises(LandmarkModelError, match=name):
        LandmarkDetector(models_dir=tmp_path)


def settled_threads(limit: int, within_s: float = 20.0) -> int:
    """The process's threads, C++ ones too, once at most `limit` are left or time is up.

    The system still counts a thread for a moment after it was joined.
    """
    deadline = time.monotonic() + within_s
    while (count := psutil.Process().num_threads()) > limit and time.monotonic() < deadline:
        time.sleep(0.02)
    return count


def test_closing_ends_every_thread() -> None:
    def open_and_close() -> None:
        detector = LandmarkDetector()
        for t_s in (0.0, 0.1, 60.0):
            detector.detect(np.zeros((48, 64, 3), np.uint8), t_s)
        detector.close()
        detector.close()

    open_and_close()
    # What MediaPipe keeps for as long as the process lives is here by now.
    kept = settled_threads(0, within_s=0.5)
    for _ in range(3):
        open_and_close()
        assert settled_threads(kept) <= kept


@pytest.mark.slow
def test_nothing_is_said_and_importing_is_cheap() -> None:
    code = (
        "import sys, numpy as np\n"
        "from engine.logs import start_log\n"
        "start_log('signmirror')\n"
        "from engine.landmarks.detector import LandmarkDetector\n"
        "assert 'mediapipe' not in sys.modules\n"
        "detector = LandmarkDetector()\n"
        "for t_s in (0.0, 0.1, 60.0, 60.1, 0.0):\n"
        "    detector.detect(np.full((120, 160, 3), 90, np.uint8), t_s)\n"
        "detector.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=LONGEST_S, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_hands_go_to_the_nearest_wrists_and_the_label_settles_a_tie() -> None:
    pose = np.zeros((33, 4), np.float32)
    pose[11, :2], pose[12, :2] = (200, 100), (100, 100)
    pose[15, :2], pose[16, :2] = (220, 200), (80, 200)

    def hand(x: float, y: float = 200) -> np.ndarray:
        return np.full((21, 3), (x, y, 0), np.float32)

    at_left, at_right, between, far = hand(215), hand(90), hand(150), hand(600)
    for labels in itertools.product(["Left", "Right"], repeat=2):
        left, right = module._assign([at_right, at_left], list(labels), pose)
        assert left is at_left and right is at_right
    assert module._assign([between], ["Left"], pose) == (between, None)
    assert module._assign([between], ["Right"], pose) == (None, between)
    left, right = module._assign([far, at_right], ["Left", "Left"], pose)
    assert left is None and right is at_right
    assert module._assign([], [], pose) == (None, None)


def test_joint_indices_against_mediapipes_own_names() -> None:
    from mediapipe.tasks.python.vision import PoseLandmark as Pose
    from mediapipe.tasks.python.vision.hand_landmarker import HandLandmark

    assert (module._LEFT_WRIST, module._RIGHT_WRIST) == (Pose.LEFT_WRIST, Pose.RIGHT_WRIST)
    assert module._LEFT_SHOULDER == Pose.LEFT_SHOULDER
    assert module._RIGHT_SHOULDER == Pose.RIGHT_SHOULDER
    assert module._HAND_WRIST == HandLandmark.WRIST
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


def first_pictures(clip: Path, count: int) -> list[np.ndarray]:
    source = open_source(str(clip))
    pictures = [frame.image for _ in range(count) if (frame := source.read()) is not None]
    source.close()
    return pictures


def looked_at(pictures: list[np.ndarray]) -> list[Landmarks]:
    detector = LandmarkDetector()
    seen = [detector.detect(picture, i / 15) for i, picture in enumerate(pictures)]
    detector.close()
    return seen


@pytest.fixture(scope="module")
def signer(shared_data: Path) -> list[np.ndarray]:
    return first_pictures(next((shared_data / "arsl10" / "user03" / "G05").glob("*.mp4")), 20)


def test_a_real_signer_is_seen_the_same_way_twice_and_at_any_size(signer: list[np.ndarray]) -> None:
    runs = [looked_at(signer) for _ in range(2)]
    assert all(landmarks.pose is not None for landmarks in runs[0])
    assert any(landmarks.right_hand is not None for landmarks in runs[0])
    for a, b in zip(*runs, strict=True):
        for part in ("pose", "left_hand", "right_hand"):
            first, second = getattr(a, part), getattr(b, part)
            assert (first is None) == (second is None)
            assert first is None or np.array_equal(first, second)
    joints = upper_body_from(runs[0][0])
    # Not mirrored: the signer's left is on the picture's right.
    assert joints[0, 0] > joints[1, 0]

    # In the pixels of the picture given, whatever its size.
    large = cv2.resize(signer[0], (3840, 2160), interpolation=cv2.INTER_LINEAR)
    with_alpha = cv2.cvtColor(signer[0], cv2.COLOR_BGR2BGRA)
    (small_seen,), (large_seen,), (alpha_seen,) = (
        looked_at([picture]) for picture in (signer[0], large, with_alpha)
    )
    small = upper_body_from(small_seen)
    shoulders = float(np.linalg.norm(small[0] - small[1]))
    assert abs(upper_body_from(large_seen) / 7.5 - small).max() < 0.1 * shoulders
    assert np.array_equal(upper_body_from(alpha_seen), small)


def test_of_two_people_the_nearer_one_is_kept(shared_data: Path, signer: list[np.ndarray]) -> None:
    clip = next((shared_data / "arsl10" / "user07" / "G02").glob("*.mp4"))
    height, width = signer[0].shape[:2]
    scene = []
    for near, far in zip(signer[:12], first_pictures(clip, 12), strict=True):
        back = np.full((height, width // 2, 3), int(far[:40].mean()), np.uint8)
        back[height // 2 :] = cv2.resize(far, (width // 2, height // 2))
        scene.append(np.hstack((back, near)))
    for landmarks in looked_at(scene):
        assert landmarks.pose is not None
        assert landmarks.pose[11:13, 0].min() > width // 2
