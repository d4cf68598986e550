"""A bundle's view of the last seconds: frames and landmarks in, one clip out."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.buffers import ClipWindow, joints_at
from engine.bundle import ClipSpecification
from engine.frame import Frame, Landmarks
from engine.landmarks.gap_filling import fill_gaps
from engine.landmarks.person_crop import crop_clip, person_box, shrink_for_crop
from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.landmarks.pose_rendering import render_pose
from engine.landmarks.skeletons import mirror_signer, upper_body_from

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
    def person_seen(self) -> bool:
        """Whether a person was in view lately."""

    def clip(self, hold_s: float = 0.0) -> Tensor:
        """`(1, 3, frames, size, size)` in [-1, 1], ending `hold_s` after the newest frame."""

    def clear(self) -> None:
        """Forget everything, as on a change of source."""


class PoseView:
    """Joints and bones, drawn: for bundles trained on body motion."""

    def __init__(self, clip: ClipSpecification, *, left_handed: bool = False) -> None:
        self._clip, self.left_handed = clip, left_handed
        self._window: ClipWindow[NDArray[np.float32]] = ClipWindow(clip.span_s, clip.frames)
        self._seen_s: float | None = None

    def observe(self, frame: Frame, landmarks: Landmarks) -> None:
        newest = self._window.newest_s
        if newest is not None and frame.t_s < newest:
            self._seen_s = None
        self._window.append(frame.t_s, upper_body_from(landmarks))
        if landmarks.pose is not None:
            self._seen_s = frame.t_s

    @property
    def covered_s(self) -> float:
        return self._window.covered_s

    @property
    def person_seen(self) -> bool:
        newest = self._window.newest_s
        if newest is None or self._seen_s is None:
            return False
        return newest - self._seen_s <= _LOST_AFTER_S

    def joints(self, hold_s: float = 0.0) -> NDArray[np.float32]:
        """`(frames, 7, 2)` pixels at the clip's moments, gaps filled; NaN where never seen."""
        times, rows = self._window.items()
        joints = fill_gaps(np.stack(rows))
        if self.left_handed:
            joints = mirror_signer(joints)
        return joints_at(times, joints, self._window.sample_times(hold_s))

    def clip(self, hold_s: float = 0.0) -> Tensor:
        joints = torch.from_numpy(self.joints(hold_s))[None]
        return render_pose(normalise_by_shoulders(joints), self._clip.size)

    def clear(self) -> None:
        self._window.clear()
        self._seen_s = None


class RgbView:
    """The signer's picture, cropped: for bundles trained on colour video."""

    def __init__(self, clip: ClipSpecification, *, left_handed: bool = False) -> None:
        self._clip, self.left_handed = clip, left_handed
        self._window: ClipWindow[tuple[NDArray[np.uint8], NDArray[np.float32] | None]] = ClipWindow(
            clip.span_s, clip.frames
        )
        self._seen_s: float | None = None

    def observe(self, frame: Frame, landmarks: Landmarks) -> None:
        newest = self._window.newest_s
        if newest is not None and frame.t_s < newest:
            self._seen_s = None
        image, pose = shrink_for_crop(frame.image, landmarks.pose)
        self._window.append(frame.t_s, (image, pose))
        if pose is not None:
            self._seen_s = frame.t_s

    @property
    def covered_s(self) -> float:
        return self._window.covered_s

    @property
    def person_seen(self) -> bool:
        newest = self._window.newest_s
        if newest is None or self._seen_s is None:
            return False
        return newest - self._seen_s <= _LOST_AFTER_S

    def clip(self, hold_s: float = 0.0) -> Tensor:
        seen = self._window.nearest(hold_s)
        poses = [pose for _, pose in seen if pose is not None]
        height, width = seen[-1][0].shape[:2]
        box = person_box(np.stack(poses), width, height) if poses else None
        film = torch.from_numpy(crop_clip([image for image, _ in seen], box, self._clip.size))[None]
        return film.flip(-1) if self.left_handed else film

    def clear(self) -> None:
        self._window.clear()
        self._seen_s = None


def make_view(clip: ClipSpecification, *, left_handed: bool = False) -> ClipView:
    """The view that a bundle's clip specification asks for."""
    view = PoseView if clip.view == "pose" else RgbView
    return view(clip, left_handed=left_handed)
