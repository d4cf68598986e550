"""The landmark detector: real models on real pictures, and on what is none."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


class Looks:
    """Counts how often each landmarker looks, and goes on as it would."""

    def __init__(self, detector: LandmarkDetector, monkeypatch: pytest.MonkeyPatch) -> None:
        hands = detector._hands
        assert hands is not None
        self.counts = dict.fromkeys(("pose", "both", "one"), 0)
        for name, landmarker in (
            ("pose", detector._pose),
            ("both", hands._both),
            ("one", hands._one),
        ):
            monkeypatch.setattr(landmarker, "detect_for_video", self._counted(name, landmarker))

    def _counted(self, name: str, landmarker: Any) -> Callable[..., Any]:
        look = landmarker.detect_for_video

        def counted(*arguments: Any) -> Any:
            self.counts[name] += 1
            return look(*arguments)

        return counted


def test_the_pose_is_held_for_a_moment_and_never_for_long(
    signer: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    for rate_hz, fewest, most in ((15.0, 7, 10), (4.0, 20, 20)):
        detector = LandmarkDetector()
        looks = Looks(detector, monkeypatch)
        seen = [detector.detect(picture, i / rate_hz) for i, picture in enumerate(signer)]
        detector.close()
        assert all(one.pose is not None for one in seen)
        assert fewest <= looks.counts["pose"] <= most


def test_a_pose_alone_is_looked_for_in_every_picture(signer: list[np.ndarray]) -> None:
    detector = LandmarkDetector(hands=False)
    seen = [detector.detect(picture, i / 15) for i, picture in enumerate(signer[:6])]
    detector.close()
    places = [one.pose[15, :2].tolist() for one in seen if one.pose is not None]
    assert len(places) == 6 and all(a != b for a, b in itertools.pairwise(places))


def test_a_held_pose_is_in_pixels_of_the_picture_it_is_given_with(
    signer: list[np.ndarray],
) -> None:
    detector = LandmarkDetector()
    first = detector.detect(signer[0], 0.0).pose
    twice = cv2.resize(signer[1], None, fx=2, fy=2)
    held = detector.detect(np.asarray(twice, np.uint8), 1 / 15).pose
    detector.close()
    assert first is not None and held is not None
    np.testing.assert_allclose(held[:, :3], first[:, :3] * 2, rtol=1e-5)
    np.testing.assert_array_equal(held[:, 3], first[:, 3])


def test_no_palm_is_looked_for_where_nobody_is_and_where_the_hand_is_out_of_the_picture(
    signer: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    detector = LandmarkDetector()
    looks = Looks(detector, monkeypatch)
    for i in range(4):
        detector.detect(np.full((288, 512, 3), 90, np.uint8), i / 15)
    assert looks.counts == {"pose": 4, "both": 0, "one": 0}
    # Head and shoulders: whatever the arms do, no hand is in this picture.
    joints = upper_body_from(detector.detect(signer[0], 5 / 15))
    below = int(joints[:2, 1].max()) + 10
    for i in range(5):
        detector.detect(np.ascontiguousarray(signer[i][:below]), (20 + i) / 15)
        if i == 0:
            # Hands are looked for beside the pose, where it was before.
            looks.counts["both"] = 0
    detector.close()
    assert looks.counts["both"] == 0


def test_hands_are_seen_as_often_as_one_landmarker_that_never_rests_sees_them(
    shared_data: Path,
) -> None:
    """Every picture's hands, against a landmarker for two hands that looks at all of them."""
    from mediapipe import Image, ImageFormat
    from mediapipe.tasks import python as tasks
    from mediapipe.tasks.python import vision

    clips = [
        next((shared_data / "arsl10" / name).glob("*.mp4"))
        for name in ("user01/G04", "user03/G10", "user07/G02")
    ]
    options = vision.HandLandmarkerOptions(
        base_options=tasks.BaseOptions(
            model_asset_buffer=(LANDMARK_MODELS / "hand_landmarker.task").read_bytes()
        ),
        running_mode=vision.RunningMode.VIDEO,
        num_hands=2,
    )
    ours, all_of_them = 0, 0
    for clip in clips:
        pictures = first_pictures(clip, 40)
        seen = looked_at(pictures)
        with vision.HandLandmarker.create_from_options(options) as restless:
            for i, (picture, landmarks) in enumerate(zip(pictures, seen, strict=True)):
                image = Image(ImageFormat.SRGB, np.ascontiguousarray(picture[:, :, ::-1]))
                all_of_them += len(restless.detect_for_video(image, i * 67).hand_landmarks)
                ours += sum(
                    hand is not None for hand in (landmarks.left_hand, landmarks.right_hand)
                )
    assert all_of_them > 60
    assert ours >= 0.9 * all_of_them
