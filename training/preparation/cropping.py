"""The square of the picture that holds the signer, the same for a whole clip."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.landmarks.person_crop import Box, crop_clip, person_box

if TYPE_CHECKING:
    from engine.landmarks.detector import LandmarkDetector

_LOOKED_AT = 6
_MARGIN = 1.05
_THINNEST = 4


class Cropper(Protocol):
    """Finds the box of `(T, H, W, 3)` RGB frames; None: the largest centred square."""

    def __call__(self, frames: NDArray[np.uint8]) -> Box | None: ...


def foreground_box(frames: NDArray[np.uint8]) -> Box | None:
    """For depth: around everything that is not background in any frame, arms stretched or not."""
    seen = frames.max(axis=3) > 0
    # A few stray pixels must not stretch the box; an arm is several pixels thick in some frame.
    columns = np.flatnonzero(seen.sum(axis=1).max(axis=0) >= _THINNEST)
    rows = np.flatnonzero(seen.sum(axis=2).max(axis=0) >= _THINNEST)
    if not len(rows) or not len(columns):
        return None
    left, right, top, bottom = columns[0], columns[-1], rows[0], rows[-1]
    side = max(bottom - top, right - left, 8) * _MARGIN
    return float(left + right) / 2, float(top + bottom) / 2, float(side)


class SignerBox:
    """For colour: as the live engine does it, from pose landmarks of a few frames.

    Without MediaPipe (a bare training server) the centred square is taken.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._detector: LandmarkDetector | None = None
        with contextlib.suppress(ImportError):
            from engine.landmarks.detector import LandmarkDetector

            self._detector = LandmarkDetector()

    def __call__(self, frames: NDArray[np.uint8]) -> Box | None:
        if self._detector is None:
            return None
        poses = []
        for i in np.linspace(0, len(frames) - 1, _LOOKED_AT).round().astype(int):
            image = np.ascontiguousarray(frames[i, :, :, ::-1])
            pose = self._detector.detect(image, self._moment()).pose
            if pose is not None:
                poses.append(pose)
        return person_box(np.stack(poses)) if poses else None

    def _moment(self) -> float:
        # The detector follows a video; a second between pictures makes it look afresh.
        self._now += 1.0
        return self._now


def crop_frames(frames: NDArray[np.uint8], box: Box | None, size: int) -> NDArray[np.uint8]:
    """`(T, H, W, 3)` RGB to `(T, size, size, 3)` RGB uint8."""
    film = crop_clip([frame[:, :, ::-1] for frame in frames], box, size)
    return ((film + 1) * 127.5).round().clip(0, 255).astype(np.uint8).transpose(1, 2, 3, 0)
