"""A recorded take as a source: its landmarks, drawn as a figure."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.frame import Frame, Landmarks
from engine.landmarks.gap_filling import fill_gaps
from engine.landmarks.recording import LandmarkRecording, RecordingError, load_recording
from engine.landmarks.skeletons import SKELETONS, UPPER_BODY, joints_from
from engine.messages import Message
from engine.sources.errors import SourceError
from engine.sources.motion.figure import backdrop, draw_figure, to_pixels

SUFFIX = ".npz"
_LEFT, _RIGHT = UPPER_BODY.index("left_shoulder"), UPPER_BODY.index("right_shoulder")
_SMALLEST_WIDTH = 1e-6


class LandmarkFileSource:
    """Every recorded moment is a frame, at its own time. The landmarks are moved into the drawn
    picture, and nobody need be looked for in it."""

    is_live = False

    def __init__(self, file: Path, *, loop: bool = False) -> None:
        """Raises SourceError."""
        try:
            recording = load_recording(file)
        except RecordingError as error:
            raise SourceError(error.message) from error
        self.name, self._loop = file.name, loop
        self._closed = False
        self._step, self._begun_s = 0, 0.0
        self._times = recording.t_s - recording.t_s[0]
        steps = np.diff(self._times)
        self._usual_s = float(np.median(steps)) if len(steps) else 1 / 30
        self.fps: float | None = 1 / self._usual_s
        joints = fill_gaps(joints_from(recording, SKELETONS["upper_body"]))
        if np.isnan(joints).any():
            raise SourceError(Message("recording.nobody", file=file))
        left, right = joints[:, _LEFT], joints[:, _RIGHT]
        self._origin = np.median((left + right) / 2, axis=0)
        width = float(np.median(np.linalg.norm(left - right, axis=1)))
        self._scale = 1 / max(_SMALLEST_WIDTH, width)
        self._joints = to_pixels(((joints - self._origin) * self._scale).astype(np.float32))
        self._recording: LandmarkRecording = recording
        self._room = backdrop()
        self._index = 0

    def read(self) -> Frame | None:
        if self._closed:
            return None
        if self._step == len(self._times):
            if not self._loop:
                return None
            self._begun_s += float(self._times[-1]) + self._usual_s
            self._step = 0
        step, self._step = self._step, self._step + 1
        index, self._index = self._index, self._index + 1
        image = draw_figure(self._room, self._joints[step])
        t_s = self._begun_s + float(self._times[step])
        return Frame(image, t_s, index, self._moved(self._recording.at(step)))

    def close(self) -> None:
        self._closed = True

    def _moved(self, seen: Landmarks) -> Landmarks:
        zero = to_pixels(np.zeros(2, np.float32))
        unit = float(to_pixels(np.ones(2, np.float32))[0] - zero[0]) * self._scale

        def moved(points: np.ndarray | None) -> np.ndarray | None:
            if points is None:
                return None
            there = points.copy()
            there[:, :2] = (points[:, :2] - self._origin) * unit + zero
            there[:, 2] *= unit
            return there

        return Landmarks(moved(seen.pose), moved(seen.left_hand), moved(seen.right_hand))
