"""One sign as it was seen, free of where the signer stood and how large they were there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.landmarks.gap_filling import fill_gaps
from engine.landmarks.recording import LandmarkRecording
from engine.messages import Message, PlainError

FACE = ("nose", "left_eye", "right_eye", "left_mouth", "right_mouth")
_FACE, _SHOULDERS, _ELBOWS = (0, 2, 5, 9, 10), (11, 12), (13, 14)
"""Of MediaPipe's pose."""

_WRISTS, _KNUCKLES = (15, 16), ((17, 19), (18, 20))
_VISIBLE = 0.5
_PALM = 1.2
"""So far from the pose's wrist through its knuckles lies the middle of a hand's 21 points: measured
where both were seen, 0.07 shoulder widths off in the median."""

_TURNED = np.array([-1.0, 1.0], np.float32)


class SegmentError(PlainError):
    """Nothing can be told of a segment: no hand or no shoulders were seen in it."""


@dataclass(frozen=True, slots=True, eq=False)
class SignSegment:
    """A sign in `T` frames, float32. x to the picture's right, y down.

    `hands` `(T, 2, 21, 2)`: the signer's left and right hand, each about its own centre, in its own
    mean distance from there; NaN where not seen. `centres` `(T, 2, 2)` of the hands, `face`
    `(T, 5, 2)` as in `FACE`, `elbows` `(T, 2, 2)`: from the middle of the shoulders, in shoulder
    widths. A centre is NaN where nobody knows where the hand was; where the fingers were not made
    out, the arm may still tell.
    """

    hands: Floats
    centres: Floats
    face: Floats
    elbows: Floats

    def __len__(self) -> int:
        return len(self.hands)

    @property
    def seen(self) -> NDArray[np.bool_]:
        """`(T, 2)`: of which hands the fingers were made out."""
        return np.asarray(~np.isnan(self.hands).any(axis=(2, 3)))

    @property
    def placed(self) -> NDArray[np.bool_]:
        """`(T, 2)`: of which hands the place is known."""
        return np.asarray(~np.isnan(self.centres).any(axis=2))


def segment_of(recording: LandmarkRecording) -> SignSegment:
    """Of what was detected, in whatever unit. Raises SegmentError without shoulders or hands."""
    pose = recording.pose[..., :2].astype(np.float64)
    shoulders = pose[:, _SHOULDERS]
    known = ~np.isnan(shoulders).any(axis=(1, 2))
    # A turn to the side makes shoulders narrow for a while; the signer's own width stays.
    width = np.linalg.norm(shoulders[known, 0] - shoulders[known, 1], axis=1)
    if not known.any() or not np.median(width) > 0:
        raise SegmentError(Message("segment.no-shoulders"))
    hands = np.stack([recording.left_hand, recording.right_hand], axis=1)[..., :2]
    if np.isnan(hands).any(axis=(2, 3)).all():
        raise SegmentError(Message("segment.no-hands"))
    shapes, centres = shapes_and_centres(hands.astype(np.float64))
    centres = np.where(np.isnan(centres), _palms(recording), centres)
    return in_shoulder_widths(shapes, centres, pose[:, _FACE], shoulders, pose[:, _ELBOWS])


def in_shoulder_widths(
    shapes: NDArray[np.float64],
    centres: NDArray[np.float64],
    face: NDArray[np.float64],
    shoulders: NDArray[np.float64],
    elbows: NDArray[np.float64],
) -> SignSegment:
    """From points `(T, ..., 2)` in one unit, NaN where not seen. `shapes` are hands already about
    their centres and in their own size; the shoulders must have been seen at least once."""
    middle = _held(shoulders.mean(axis=1, keepdims=True))
    width = float(np.nanmedian(np.linalg.norm(shoulders[:, 0] - shoulders[:, 1], axis=1)))
    return SignSegment(
        hands=shapes.astype(np.float32),
        centres=((centres - middle) / width).astype(np.float32),
        face=(_held(face - middle) / width).astype(np.float32),
        elbows=(_held(elbows - middle) / width).astype(np.float32),
    )


def shapes_and_centres(
    hands: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """`(..., 21, 2)` to the same about each hand's centre, in its mean distance from there, and the
    centres `(..., 2)`."""
    centres = hands.mean(axis=-2)
    about = hands - centres[..., None, :]
    size = np.linalg.norm(about, axis=-1).mean(axis=-1)
    return about / np.where(size > 0, size, np.nan)[..., None, None], centres


def mirrored(segment: SignSegment) -> SignSegment:
    """What a signer of the other hand would show."""
    return SignSegment(
        segment.hands[:, ::-1] * _TURNED,
        segment.centres[:, ::-1] * _TURNED,
        segment.face[:, [0, 2, 1, 4, 3]] * _TURNED,
        segment.elbows[:, ::-1] * _TURNED,
    )


def _held(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """`(T, P, 2)` with gaps filled in time, the first and the last held; 0 where never seen."""
    filled = fill_gaps(points)
    return np.where(np.isnan(filled), 0.0, filled)


def _palms(recording: LandmarkRecording) -> NDArray[np.float64]:
    """`(T, 2, 2)`: where the pose has the middles of the hands; NaN where it is not sure."""
    pose = recording.pose.astype(np.float64)
    wrists = pose[:, _WRISTS, :2]
    knuckles = pose[:, _KNUCKLES, :2].mean(axis=2)
    unsure = ~(pose[:, _WRISTS, 3] >= _VISIBLE)
    return np.where(unsure[..., None], np.nan, wrists + _PALM * (knuckles - wrists))
