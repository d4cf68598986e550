"""MediaPipe's pose and hand landmarkers, as one detector that takes any picture at any time."""

from __future__ import annotations

import gc
import io
import itertools
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.frame import Landmarks
from engine.landmarks.lean_mediapipe import import_mediapipe
from engine.landmarks.low_light import brightened
from engine.messages import Message, PlainError
from engine.opencv import cv2
from engine.paths import LANDMARK_MODELS

LONGEST_SIDE = 640
"""Larger pictures are scaled down first: the networks look at 256 pixels at most."""

_LONGEST_GAP_S = 1.0
_LEFT_SHOULDER, _RIGHT_SHOULDER = 11, 12
_LEFT_WRIST, _RIGHT_WRIST = 15, 16
_HAND_WRIST = 0
_MOST_HANDS = 2
_MOST_PEOPLE = 2
_LABEL_WEIGHT = 0.1
"""What a contradicting handedness label weighs, in shoulder widths of distance."""


class LandmarkModelError(PlainError):
    """A landmark model is missing or damaged; the message names the file."""


class LandmarkDetector:
    """Pose and hands of the person in view, tracked from picture to picture.

    One thread at a time. The same pictures at the same times give the same landmarks.

    One pose and two hands are looked for: room for a second person would have the person detector
    run on every picture (pose 32 ms of processor time instead of 19, hands 35 instead of 24). Of
    two people side by side, the one twice as large was found first and kept in all scenes tried.
    """

    def __init__(self, *, models_dir: Path | None = None, hands: bool = True) -> None:
        """Raises LandmarkModelError when a model in `models_dir` cannot be used."""
        folder = models_dir or LANDMARK_MODELS
        self._pose_model = folder / "pose_landmarker.task"
        self._hand_model = folder / "hand_landmarker.task" if hands else None
        self._pose: Any = None
        self._hands: Any = None
        self._people: Any = None
        self._aside: ThreadPoolExecutor | None = None
        self._clock_ms = 0
        self._newest_s: float | None = None
        self._open()

    def detect(self, image: NDArray[np.uint8], t_s: float) -> Landmarks:
        """Landmarks of a BGR, BGRA or grey picture `(H, W[, C])` taken at `t_s` seconds.

        In pixels of that picture, whatever its size; hands only together with a pose, since
        without one they are nobody's. Times may jump: back, or over a gap, and tracking starts
        afresh. A dark picture is brightened first.
        """
        import mediapipe

        self._follow_clock(t_s)
        height, width = image.shape[:2]
        picture = mediapipe.Image(
            image_format=mediapipe.ImageFormat.SRGB, data=brightened(_small_rgb(image))
        )
        # Side by side: each takes half of the time that is left between two frames.
        looking = self._aside and self._aside.submit(
            self._hands.detect_for_video, picture, self._clock_ms
        )
        found = self._pose.detect_for_video(picture, self._clock_ms)
        seen = looking and looking.result()
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
            labels = [guesses[0].category_name for guesses in seen.handedness]
            left, right = _assign(hands, labels, pose)
        return Landmarks(pose, left, right)

    def count_people(self, image: NDArray[np.uint8]) -> int:
        """How many people a picture shows, 2 at most; whom `detect` follows stays who it is. Takes
        as long as two frames do, the first time longer."""
        import mediapipe

        if self._people is None:
            self._open_people()
        small = brightened(_small_rgb(image))
        picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=small)
        return len(self._people.detect(picture).pose_landmarks)

    def close(self) -> None:
        """Ends all threads; closing twice does no harm."""
        if self._aside is not None:
            self._aside.shutdown()
            self._aside = None
        for landmarker in (self._pose, self._hands, self._people):
            if landmarker is not None:
                landmarker.close()
        self._pose = self._hands = self._people = None

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
        import_mediapipe()
        from mediapipe.tasks import python as tasks
        from mediapipe.tasks.python import vision

        def options_of(model: Path) -> Any:
            # Read here: MediaPipe's own reader cannot open every path that the system can.
            return tasks.BaseOptions(model_asset_buffer=contents[model])

        video = vision.RunningMode.VIDEO
        models = [model for model in (self._pose_model, self._hand_model) if model is not None]
        contents = {model: _read_whole(model) for model in models}
        damaged: Path | None = None
        try:
            model = self._pose_model
            self._pose = vision.PoseLandmarker.create_from_options(
                vision.PoseLandmarkerOptions(base_options=options_of(model), running_mode=video)
            )
            if self._hand_model is not None:
                model = self._hand_model
                self._hands = vision.HandLandmarker.create_from_options(
                    vision.HandLandmarkerOptions(
                        base_options=options_of(model),
                        running_mode=video,
                        num_hands=_MOST_HANDS,
                    )
                )
                self._aside = ThreadPoolExecutor(1)
                # Its thread starts now, not in the middle of the first picture.
                self._aside.submit(int).result()
        except Exception:  # MediaPipe raises whatever its C layer names
            self.close()
            damaged = model
        if damaged is not None:
            # A landmarker that failed to start keeps its thread for as long as its frames live.
            gc.collect()
            raise LandmarkModelError(Message("sight.damaged", file=damaged))

    def _open_people(self) -> None:
        from mediapipe.tasks import python as tasks
        from mediapipe.tasks.python import vision

        content = _read_whole(self._pose_model)
        self._people = vision.PoseLandmarker.create_from_options(
            vision.PoseLandmarkerOptions(
                base_options=tasks.BaseOptions(model_asset_buffer=content),
                running_mode=vision.RunningMode.IMAGE,
                num_poses=_MOST_PEOPLE,
            )
        )


def _read_whole(model: Path) -> bytes:
    """The file, once its checksums agree: MediaPipe itself takes a cut or altered one silently."""
    try:
        content = model.read_bytes()
    except FileNotFoundError as error:
        raise LandmarkModelError(Message("sight.missing", file=model)) from error
    except OSError as error:
        raise LandmarkModelError(Message("sight.unreadable", file=model)) from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            sound = parts.testzip() is None
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError):
        sound = False
    if not sound:
        raise LandmarkModelError(Message("sight.damaged", file=model))
    return content


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
    hands: list[NDArray[np.float32]], labels: list[str], pose: NDArray[np.float32]
) -> tuple[NDArray[np.float32] | None, NDArray[np.float32] | None]:
    """Left and right hand by the pose's wrists, at the least total distance.

    `labels` ('Left', 'Right') are guessed from a crop of the hand and only settle what distance
    leaves open, as where the wrists meet. A hand farther from both wrists than the shoulders are
    wide is somebody else's.
    """
    reach = max(float(np.linalg.norm(pose[_LEFT_SHOULDER, :2] - pose[_RIGHT_SHOULDER, :2])), 1e-6)

    def cost(i: int | None, wrist: int, label: str) -> float:
        if i is None:
            return 1.0 + _LABEL_WEIGHT  # as far as a hand may be
        distance = float(np.linalg.norm(hands[i][_HAND_WRIST, :2] - pose[wrist, :2])) / reach
        if distance > 1:
            return float("inf")
        return distance + (_LABEL_WEIGHT if labels[i] != label else 0.0)

    choices: list[int | None] = [None, *range(len(hands))]
    left, right = min(
        (
            pair
            for pair in itertools.product(choices, choices)
            if pair[0] is None or len({*pair}) > 1
        ),
        key=lambda pair: cost(pair[0], _LEFT_WRIST, "Left") + cost(pair[1], _RIGHT_WRIST, "Right"),
    )
    return (
        None if left is None else hands[left],
        None if right is None else hands[right],
    )
