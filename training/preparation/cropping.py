"""The square of the picture that holds the signer, the same for a whole clip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.frame import Landmarks
from engine.landmarks.person_crop import Box, crop_clip, person_box
from engine.landmarks.skeletons import upper_body_from
from training.errors import DataError

_MARGIN = 1.05
_THINNEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """`box`: None stands for the largest centred square. `joints` `(T, 7, 2)` float32 pixels in
    `UPPER_BODY` order, NaN where no pose was detected; None where the detector did not run.
    `nobody`: the detector ran and found no pose in any frame."""

    box: Box | None
    joints: NDArray[np.float32] | None = None
    nobody: bool = False


class Cropper(Protocol):
    """Finds the signer in `(T, H, W, 3)` RGB frames."""

    def __call__(self, frames: NDArray[np.uint8]) -> Seen: ...


def centred_square(frames: NDArray[np.uint8]) -> Seen:
    return Seen(None)


def foreground_box(frames: NDArray[np.uint8]) -> Seen:
    """For depth: around everything that is not background in any frame, arms stretched or not."""
    seen = frames.max(axis=3) > 0
    # A few stray pixels must not stretch the box; an arm is several pixels thick in some frame.
    columns = np.flatnonzero(seen.sum(axis=1).max(axis=0) >= _THINNEST)
    rows = np.flatnonzero(seen.sum(axis=2).max(axis=0) >= _THINNEST)
    if not len(rows) or not len(columns):
        return Seen(None, nobody=True)
    left, right, top, bottom = columns[0], columns[-1], rows[0], rows[-1]
    side = max(bottom - top, right - left, 8) * _MARGIN
    return Seen((float(left + right) / 2, float(top + bottom) / 2, float(side)))


class SignerBox:
    """For colour: as the live engine does it, from the pose landmarks of every frame.

    Raises DataError where MediaPipe is missing (a bare training server): another crop would be
    another view than the live one.
    """

    def __init__(self) -> None:
        self._now = 0.0
        try:
            from engine.landmarks.detector import LandmarkDetector
        except ImportError as error:
            raise DataError(
                f"--crop signer needs MediaPipe, which does not load here ({error}); prepare the"
                " set on a computer that has it, or choose --crop centre"
            ) from error
        self._detector = LandmarkDetector(hands=False)

    def close(self) -> None:
        self._detector.close()

    def __call__(self, frames: NDArray[np.uint8]) -> Seen:
        poses, joints = [], []
        # The detector follows a video by its clock; ten seconds on, it looks afresh.
        self._now += 10.0
        for frame in frames:
            self._now += 0.1
            image = np.ascontiguousarray(frame[:, :, ::-1])
            pose = self._detector.detect(image, self._now).pose
            joints.append(upper_body_from(Landmarks(pose)))
            if pose is not None:
                poses.append(pose)
        height, width = frames.shape[1:3]
        box = person_box(np.stack(poses), width, height) if poses else None
        return Seen(box, np.stack(joints), nobody=not poses)


def crop_frames(frames: NDArray[np.uint8], box: Box | None, size: int) -> NDArray[np.uint8]:
    """`(T, H, W, 3)` RGB to `(T, size, size, 3)` RGB uint8."""
    video = crop_clip([frame[:, :, ::-1] for frame in frames], box, size)
    return ((video + 1) * 127.5).round().clip(0, 255).astype(np.uint8).transpose(1, 2, 3, 0)
