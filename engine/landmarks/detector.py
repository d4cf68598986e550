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
from engine.landmarks.hand_tracker import MOST_HANDS, HandTracker
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
_PALMS = ((15, 17, 19), (16, 18, 20))
"""The pose's wrist and outer knuckles, whose middle is a palm: left, right."""

_PALM_SEEN_FROM = 0.4
"""The pose knows a wrist from this visibility on; a hand out of the picture is not looked for."""

_POSE_HELD_S, _POSE_HELD_WITH_HANDS_S = 0.1, 0.167
"""How long a pose may stand in for the next where hands are looked for, and where both are followed
and say where the wrists are: at 15 frames a second, in every second picture and in two of three.
Over 370 clips of arsl10 that changed no answer of the landmark stream, over 954 sequences of ksl13
two at most; held and drawn on in a line named the same signs."""

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

    Where hands are looked for, the pose is looked for less often than they are; see `_POSE_HELD_S`.
    """

    def __init__(self, *, models_dir: Path | None = None, hands: bool = True) -> None:
        """Raises LandmarkModelError when a model in `models_dir` cannot be used."""
        folder = models_dir or LANDMARK_MODELS
        self._pose_model = folder / "pose_landmarker.task"
        self._hand_model = folder / "hand_landmarker.task" if hands else None
        self._pose: Any = None
        self._hands: HandTracker | None = None
        self._people: Any = None
        self._aside: ThreadPoolExecutor | None = None
        self._clock_ms = 0
        self._newest_s: float | None = None
        self._body: NDArray[np.float32] | None = None
        """`(33, 4)`, the pose as it was last looked for, in parts of the picture."""
        self._body_s = 0.0
        self._missing = True, True
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
        size = np.array((width, height, width), np.float32)
        if not self._pose_due(t_s):
            self._look_for_hands(picture, size)
        else:
            looking = None
            if self._aside is not None and self._body is not None:
                # Side by side: each takes half of the time that is left between two frames.
                looking = self._aside.submit(self._look_for_hands, picture, size)
            body = self._look_for_pose(picture)
            if looking is not None:
                looking.result()
            self._body, self._body_s = body, t_s
            if looking is None:
                self._look_for_hands(picture, size)
        if self._body is None:
            self._forget()
            return Landmarks(None)
        pose = self._body * np.append(size, np.float32(1))
        left, right = None, None
        if self._hands is not None:
            hands = [hand * size for hand in self._hands.hands]
            left, right = _assign(hands, self._hands.labels, pose)
            self._missing = left is None, right is None
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

    def _forget(self) -> None:
        """Nobody is in view: the next picture is looked at in full."""
        self._body = None
        self._missing = True, True
        if self._hands is not None:
            self._hands.forget()

    def _pose_due(self, t_s: float) -> bool:
        if self._hands is None or self._body is None:
            return True
        both = len(self._hands.hands) == MOST_HANDS
        return t_s - self._body_s > (_POSE_HELD_WITH_HANDS_S if both else _POSE_HELD_S)

    def _look_for_pose(self, picture: Any) -> NDArray[np.float32] | None:
        found = self._pose.detect_for_video(picture, self._clock_ms).pose_landmarks
        if not found:
            return None
        points = [(p.x, p.y, p.z, p.visibility or 0.0) for p in found[0]]
        return np.array(points, np.float32)

    def _look_for_hands(self, picture: Any, size: NDArray[np.float32]) -> None:
        """Of the person whose pose is known, from this picture or the one before."""
        if self._hands is None or self._body is None:
            return
        body = self._body
        shoulders = (body[_LEFT_SHOULDER] - body[_RIGHT_SHOULDER])[:2] * size[:2]
        missing = any(
            gone and _in_view(body[list(palm)], wrist=body[palm[0]])
            for gone, palm in zip(self._missing, _PALMS, strict=True)
        )
        per_shoulder = size[:2] / max(float(np.linalg.norm(shoulders)), 1e-6)
        self._hands.detect(picture, self._clock_ms, per_shoulder, missing=missing)

    def _follow_clock(self, t_s: float) -> None:
        """MediaPipe wants milliseconds that only grow; a jump means that nothing is tracked."""
        if self._newest_s is not None:
            step = t_s - self._newest_s
            if step < 0 or step > _LONGEST_GAP_S:
                self.close()
                self._forget()
                self._open()
                self._clock_ms = 0
            else:
                self._clock_ms += max(1, round(step * 1000))
        self._newest_s = t_s

    def _open(self) -> None:
        os.environ.setdefault("GLOG_minloglevel", "3")
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        import_mediapipe()
        from mediapipe.tasks.python import vision

        video = vision.RunningMode.VIDEO
        models = [model for model in (self._pose_model, self._hand_model) if model is not None]
        options = {model: _options_of(model) for model in models}
        damaged: Path | None = None
        try:
            model = self._pose_model
            self._pose = vision.PoseLandmarker.create_from_options(
                vision.PoseLandmarkerOptions(base_options=options[model], running_mode=video)
            )
            if self._hand_model is not None:
                model = self._hand_model
                self._hands = HandTracker(options[model])
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
        from mediapipe.tasks.python import vision

        self._people = vision.PoseLandmarker.create_from_options(
            vision.PoseLandmarkerOptions(
                base_options=_options_of(self._pose_model),
                running_mode=vision.RunningMode.IMAGE,
                num_poses=_MOST_PEOPLE,
            )
        )


def _options_of(model: Path) -> Any:
    """MediaPipe's options for a model whose checksums agree. Raises LandmarkModelError."""
    from mediapipe.tasks import python as tasks

    content = _read_whole(model)
    if os.name == "posix" and _is_utf8(model):
        # Mapped, not copied: several landmarkers share the same 8 or 9 MB.
        return tasks.BaseOptions(model_asset_path=str(model))
    # MediaPipe's own reader cannot open every path that the system can.
    return tasks.BaseOptions(model_asset_buffer=content)


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


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


def _in_view(palm: NDArray[np.float32], *, wrist: NDArray[np.float32]) -> bool:
    """Whether the pose sees a palm, of these points in parts of the picture, inside of it."""
    x, y = palm[:, :2].mean(axis=0)
    return bool(wrist[3] >= _PALM_SEEN_FROM and 0 <= x < 1 and 0 <= y < 1)


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
