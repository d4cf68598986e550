"""One take of a sign, from the frames that the engine looks at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.frame import Frame, Landmarks
from engine.landmarks.recording import LandmarkRecording
from engine.opencv import cv2

Phase = Literal["idle", "recording", "done", "failed"]
Fault = Literal["", "stopped", "restarted", "few", "nobody", "hands"]
"""Why a take failed: no pictures any more, the source began again, too few pictures, nobody in
view, hands out of view."""

WAIT_S = 3.0
"""After so long without a picture a take is given up."""

PICTURE_WIDTH = 320
_PICTURE_PERIOD_S = 0.1
_FEWEST_FRAMES = 5
_VISIBLE = 0.5
_WRISTS = (15, 16)
# Before and after a sign the hands may well rest below the picture.
_FEWEST_SEEN, _FEWEST_HANDS = 0.5, 0.3

_MESSAGES: dict[Fault, str] = {
    "": "",
    "stopped": "The pictures stopped during the take. Check the camera and record it again.",
    "restarted": "The video began again during the take. Record it again.",
    "few": "Too few pictures came in during the take. Record it again.",
    "nobody": "Nobody was in view. Step in front of the camera and record it again.",
    "hands": "Your hands were out of view most of the time. Step back a little and record it"
    " again.",
}


@dataclass(frozen=True, slots=True, eq=False)
class TakePicture:
    """`image` `(H, W, 3)` uint8 BGR, at most `PICTURE_WIDTH` wide, not mirrored; `scale`: its
    pixels for one of the frame's, which the landmarks are in."""

    t_s: float
    image: NDArray[np.uint8]
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class TakeState:
    """`progress` 0..1; `fault` and `message` (the same in English) when the phase is 'failed';
    `recording` and `pictures` when it is 'done'."""

    phase: Phase = "idle"
    progress: float = 0.0
    fault: Fault = ""
    message: str = ""
    recording: LandmarkRecording | None = None
    pictures: tuple[TakePicture, ...] = ()


class TakeRecorder:
    """Collects frames from `start` until they span the asked time. Any thread may call anything;
    frames that come while nothing is recorded cost nothing and are not kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._state = TakeState()
        self._seconds = 0.0
        self._heard = 0.0
        self._times: list[float] = []
        self._seen: list[Landmarks] = []
        self._hands = 0
        self._pictures: list[TakePicture] = []

    def start(self, seconds: float) -> None:
        """Begin a take with the next frame; one in progress, or done, is forgotten."""
        with self._lock:
            self._forget()
            self._seconds = max(0.1, seconds)
            self._heard = self._clock()
            self._state = TakeState("recording")

    def cancel(self) -> None:
        """Forget everything, pictures included."""
        with self._lock:
            self._forget()
            self._state = TakeState()

    def add(self, frame: Frame, landmarks: Landmarks) -> None:
        """The next frame and what was seen in it; called for every frame that is looked at."""
        with self._lock:
            if self._state.phase != "recording" or self._gave_up():
                return
            self._heard = self._clock()
            if self._times and frame.t_s <= self._times[-1]:
                if frame.t_s < self._times[-1]:
                    self._fail("restarted")
                return
            self._times.append(frame.t_s)
            self._seen.append(landmarks)
            self._hands += _hand_in_view(landmarks, frame.image.shape[1], frame.image.shape[0])
            last = self._pictures[-1].t_s if self._pictures else None
            if last is None or frame.t_s - last >= _PICTURE_PERIOD_S:
                self._pictures.append(_small(frame))
            progress = (frame.t_s - self._times[0]) / self._seconds
            if progress >= 1.0:
                self._finish()
            else:
                self._state = TakeState("recording", progress)

    def state(self) -> TakeState:
        with self._lock:
            if self._state.phase == "recording":
                self._gave_up()
            return self._state

    def _gave_up(self) -> bool:
        """Whether no picture came for too long, which fails the take."""
        if self._clock() - self._heard <= WAIT_S:
            return False
        self._fail("stopped")
        return True

    def _finish(self) -> None:
        n = len(self._times)
        people = sum(one.pose is not None for one in self._seen)
        if n < _FEWEST_FRAMES:
            self._fail("few")
        elif people < _FEWEST_SEEN * n:
            self._fail("nobody")
        elif self._hands < _FEWEST_HANDS * n:
            self._fail("hands")
        else:
            recording = LandmarkRecording.of(self._times, self._seen)
            pictures = tuple(self._pictures)
            self._forget()
            self._state = TakeState("done", 1.0, recording=recording, pictures=pictures)

    def _fail(self, fault: Fault) -> None:
        self._forget()
        self._state = TakeState("failed", fault=fault, message=_MESSAGES[fault])

    def _forget(self) -> None:
        self._times, self._seen, self._pictures, self._hands = [], [], [], 0


def _hand_in_view(landmarks: Landmarks, width: int, height: int) -> bool:
    if landmarks.left_hand is not None or landmarks.right_hand is not None:
        return True
    if landmarks.pose is None:
        return False
    for x, y, _, visibility in landmarks.pose[list(_WRISTS)]:
        if visibility >= _VISIBLE and 0 <= x < width and 0 <= y < height:
            return True
    return False


def _small(frame: Frame) -> TakePicture:
    image = frame.image
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)  # type: ignore[assignment]
    scale = min(1.0, PICTURE_WIDTH / image.shape[1])
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    # A copy in any case: the frame's own pixels belong to its source.
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image.copy()
    return TakePicture(frame.t_s, np.ascontiguousarray(small, np.uint8), scale)
