"""MediaPipe's pose and hand landmarkers, as one detector that takes any picture at any time."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.frame import Landmarks
from engine.opencv import cv2
from engine.paths import LANDMARK_MODELS

LONGEST_SIDE = 640
"""Larger pictures are scaled down first: the networks look at 256 pixels at most."""

_LONGEST_GAP_S = 1.0
_LEFT_WRIST, _RIGHT_WRIST = 15, 16
_HAND_WRIST = 0


class LandmarkModelError(Exception):
    """A landmark model is missing or damaged; the message names the file."""


class LandmarkDetector:
    """Pose and hands of the person in view, tracked from picture to picture.

    One thread at a time. The same pictures at the same times give the same landmarks.
    """

    def __init__(self, *, models_dir: Path | None = None, hands: bool = True) -> None:
        """Raises LandmarkModelError when a model in `models_dir` cannot be used."""
        folder = models_dir or LANDMARK_MODELS
        self._pose_model = folder / "pose_landmarker.task"
        self._hand_model = folder / "hand_landmarker.task" if hands else None
        self._pose: Any = None
        self._hands: Any = None
        self._clock_ms = 0
        self._newest_s: float | None = None
        self._silent = False
        self._open()

    def detect(self, image: NDArray[np.uint8], t_s: float) -> Landmarks:
        """Landmarks of a BGR, BGRA or grey picture `(H, W[, C])` taken at `t_s` seconds.

        Times may jump: back, or over a gap, and tracking starts afresh.
        """
        import mediapipe

        self._follow_clock(t_s)
        height, width = image.shape[:2]
        picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=_small_rgb(image))
        with self._first_look():
            found = self._pose.detect_for_video(picture, self._clock_ms)
            seen = self._hands and self._hands.detect_for_video(picture, self._clock_ms)
        if not found.pose_landmarks:
            return Landmarks(None)
        pose = np.array(
            [
                (p.x * width, p.y * height, p.z * width, p.visibility or 0.0)
                for p in found.pose_landmarks[0]
            ],
            np.float32,
        )
        left, right = None, None
        if seen:
            hands = [
                np.array([(p.x * width, p.y * height, p.z * width) for p in hand], np.float32)
                for hand in seen.hand_landmarks
            ]
            left, right = _assign(hands, pose)
        return Landmarks(pose, left, right)

    def close(self) -> None:
        for landmarker in (self._pose, self._hands):
            if landmarker is not None:
                landmarker.close()
        self._pose = self._hands = None

    def _first_look(self) -> contextlib.AbstractContextManager[None]:
        """The first picture makes MediaPipe's C layer talk once more."""
        first, self._silent = not self._silent, True
        return _quiet_stderr() if first else contextlib.nullcontext()

    def _follow_clock(self, t_s: float) -> None:
        """MediaPipe wants milliseconds that only grow; a jump means that nothing is tracked."""
        if self._newest_s is not None:
            step = t_s - self._newest_s
            if step < 0 or step > _LONGEST_GAP_S:
                self.close()
                self._open()
                self._clock_ms = 0
            else:
                self._clock_ms += max(1, round(step * 1000))
        self._newest_s = t_s

    def _open(self) -> None:
        os.environ.setdefault("GLOG_minloglevel", "3")
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        from mediapipe.tasks import python as tasks
        from mediapipe.tasks.python import vision

        def options_of(model: Path) -> Any:
            # Read here: MediaPipe's own reader cannot open every path that the system can.
            try:
                content = model.read_bytes()
            except OSError as error:
                raise LandmarkModelError(f"{model}: this landmark model is missing") from error
            return tasks.BaseOptions(model_asset_buffer=content)

        video = vision.RunningMode.VIDEO
        damaged: Path | None = None
        with _quiet_stderr():
            try:
                model = self._pose_model
                self._pose = vision.PoseLandmarker.create_from_options(
                    vision.PoseLandmarkerOptions(base_options=options_of(model), running_mode=video)
                )
                if self._hand_model is not None:
                    model = self._hand_model
                    self._hands = vision.HandLandmarker.create_from_options(
                        vision.HandLandmarkerOptions(
                            base_options=options_of(model), running_mode=video, num_hands=2
                        )
                    )
            except LandmarkModelError:
                self.close()
                raise
            except Exception:  # MediaPipe raises whatever its C layer names
                self.close()
                damaged = model
        if damaged is not None:
            # A landmarker that failed to start keeps its thread for as long as its frames live.
            gc.collect()
            raise LandmarkModelError(f"{damaged}: this landmark model is damaged")


def _small_rgb(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if image.ndim == 2 or image.shape[2] == 1:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)  # type: ignore[assignment]
    elif image.shape[2] == 4:
        image = cv2.cvtColor(image, cv2.COLOR_BGRA2BGR)  # type: ignore[assignment]
    scale = LONGEST_SIDE / max(image.shape[:2])
    if scale < 1:
        size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return np.ascontiguousarray(image[:, :, ::-1])


def _assign(
    hands: list[NDArray[np.float32]], pose: NDArray[np.float32]
) -> tuple[NDArray[np.float32] | None, NDArray[np.float32] | None]:
    """Left and right hand by the pose's wrists: handedness guessed from a crop swaps too often.

    A hand farther from both wrists than the shoulders are wide is somebody else's.
    """
    wrists = {"left": pose[_LEFT_WRIST, :2], "right": pose[_RIGHT_WRIST, :2]}
    reach = float(np.linalg.norm(pose[11, :2] - pose[12, :2]))
    pairs = sorted(
        (float(np.linalg.norm(hand[_HAND_WRIST, :2] - wrist)), side, i)
        for i, hand in enumerate(hands)
        for side, wrist in wrists.items()
    )
    chosen: dict[str, int] = {}
    for distance, side, i in pairs:
        if distance <= reach and side not in chosen and i not in chosen.values():
            chosen[side] = i
    left, right = chosen.get("left"), chosen.get("right")
    return (
        None if left is None else hands[left],
        None if right is None else hands[right],
    )


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    """MediaPipe's C layer greets on standard error, past Python; nobody can act on it."""
    try:
        sys.stderr.flush()
        kept = os.dup(2)
    except (OSError, AttributeError, ValueError):
        yield
        return
    silence = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(silence, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(silence)
