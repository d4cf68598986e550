"""A bundle's view of the last seconds: frames and landmarks in, one clip out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.bundle import ClipSpecification
from engine.clips.clip_buffer import ClipBuffer
from engine.frame import Frame, Landmarks
from engine.landmarks.gap_filling import fill_gaps, joints_at
from engine.landmarks.person_crop import (
    Box,
    as_clip,
    crop_frame,
    nearly_same,
    person_box,
    shrink_for_crop,
)
from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.landmarks.pose_rendering import render_pose
from engine.landmarks.skeletons import mirror_signer, upper_body_from

Kept = TypeVar("Kept")

_KEPT_SPANS = 1.5
"""A sign is named a moment after it ended, and its clip shall reach as far back as ever."""

_LOST_AFTER_S = 1.0
"""With nobody seen for this long there is nothing to recognise, whatever the window still holds."""


class ClipView(Protocol):
    """What the recognizer needs of a view."""

    def observe(self, frame: Frame, landmarks: Landmarks) -> None:
        """Take one captured frame and what was seen in it."""

    @property
    def covered_s(self) -> float:
        """How many seconds the window holds."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was seen since it was last cleared."""

    @property
    def person_seen(self) -> bool:
        """Whether a person was in view lately."""

    def clip(self, hold_s: float = 0.0) -> NDArray[np.float32]:
        """`(1, 3, frames, size, size)` in [-1, 1], ending `hold_s` after the newest frame; before
        it, when `hold_s` is negative."""

    def clear(self) -> None:
        """Forget everything, as on a change of source."""


class _View(Generic[Kept]):
    """A window of what a view keeps of each frame, and whether somebody was there."""

    def __init__(self, clip: ClipSpecification, *, left_handed: bool = False) -> None:
        self._clip, self.left_handed = clip, left_handed
        self._window: ClipBuffer[Kept] = ClipBuffer(
            clip.span_s, clip.frames, kept_s=_KEPT_SPANS * clip.span_s
        )
        self._seen_s: float | None = None

    def _keep(self, t_s: float, kept: Kept, landmarks: Landmarks) -> None:
        newest = self._window.newest_s
        if newest is not None and t_s < newest:
            self._seen_s = None
        self._window.append(t_s, kept)
        if landmarks.pose is not None:
            self._seen_s = t_s

    @property
    def covered_s(self) -> float:
        return min(self._window.covered_s, self._clip.span_s)

    @property
    def is_empty(self) -> bool:
        return len(self._window) == 0

    @property
    def person_seen(self) -> bool:
        newest = self._window.newest_s
        if newest is None or self._seen_s is None:
            return False
        return newest - self._seen_s <= _LOST_AFTER_S

    def clear(self) -> None:
        self._window.clear()
        self._seen_s = None


class PoseView(_View[NDArray[np.float32]]):
    """Joints and bones, drawn: for bundles trained on body motion."""

    def observe(self, frame: Frame, landmarks: Landmarks) -> None:
        self._keep(frame.t_s, upper_body_from(landmarks), landmarks)

    def joints(self, hold_s: float = 0.0) -> NDArray[np.float32]:
        """`(frames, 7, 2)` pixels at the clip's moments, gaps filled; NaN where never seen."""
        times, rows = self._window.items()
        joints = fill_gaps(np.stack(rows))
        if self.left_handed:
            joints = mirror_signer(joints)
        return joints_at(times, joints, self._window.sample_times(hold_s))

    def clip(self, hold_s: float = 0.0) -> NDArray[np.float32]:
        joints = self.joints(hold_s)[None]
        return render_pose(normalise_by_shoulders(joints), self._clip.size)


@dataclass(slots=True, eq=False)
class _Picture:
    """A frame as it is kept, the signer's pose in it, and the square last cut out of it: `square`
    `(S, S, 3)` of `box`."""

    image: NDArray[np.uint8]
    pose: NDArray[np.float32] | None
    box: Box | None = None
    square: NDArray[np.uint8] | None = None


class RgbView(_View[_Picture]):
    """The signer's picture, cropped: for bundles trained on colour video.

    From one clip to the next most pictures are the same, and so is the square about somebody who
    stays where they are: each picture is cut once for a square, not once for every clip.
    """

    def __init__(self, clip: ClipSpecification, *, left_handed: bool) -> None:
        super().__init__(clip, left_handed=left_handed)
        self._box: Box | None = None

    def observe(self, frame: Frame, landmarks: Landmarks) -> None:
        self._keep(frame.t_s, _Picture(*shrink_for_crop(frame.image, landmarks.pose)), landmarks)

    def clear(self) -> None:
        super().clear()
        self._box = None

    def clip(self, hold_s: float = 0.0) -> NDArray[np.float32]:
        seen = self._window.nearest(hold_s)
        box = self._steady_box(seen)
        clip = as_clip([self._square(picture, box) for picture in seen])[None]
        return clip[..., ::-1] if self.left_handed else clip

    def _steady_box(self, seen: Sequence[_Picture]) -> Box | None:
        poses = [picture.pose for picture in seen if picture.pose is not None]
        if not poses:
            return None
        height, width = seen[-1].image.shape[:2]
        box = person_box(np.stack(poses), width, height)
        if self._box is None or not nearly_same(self._box, box):
            self._box = box
        return self._box

    def _square(self, picture: _Picture, box: Box | None) -> NDArray[np.uint8]:
        if picture.square is None or picture.box != box:
            picture.square = crop_frame(picture.image, box, self._clip.size)
            picture.box = box
        return picture.square


class NoPictures(_View[None]):
    """For bundles of landmarks alone: nothing is drawn."""

    def observe(self, frame: Frame, landmarks: Landmarks) -> None:
        self._keep(frame.t_s, None, landmarks)

    def clip(self, hold_s: float = 0.0) -> NDArray[np.float32]:
        raise TypeError("this bundle looks at no pictures")


def make_view(clip: ClipSpecification, *, left_handed: bool = False) -> ClipView:
    """The view that a bundle's clip specification asks for."""
    if clip.view == "pose":
        return PoseView(clip, left_handed=left_handed)
    if clip.view == "rgb":
        return RgbView(clip, left_handed=left_handed)
    return NoPictures(clip, left_handed=left_handed)
