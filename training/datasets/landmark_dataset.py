"""Batches of landmark clips, augmented in tempo, body and viewpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Generator, Tensor

from engine.landmarks.graph_input import graph_input
from engine.landmarks.pose_rendering import render_pose
from training.datasets import augmentation
from training.datasets.clip_dataset import ClipDataset
from training.datasets.landmark_arrays import LandmarkArrays
from training.datasets.landmark_augmentation import (
    mirrored_in_part,
    other_hands,
    other_view,
    spliced,
    warped_times,
)


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkBatch:
    """`places` `(B, 3, T, J)` as `graph_input` gives them; `labels` `(B,)`, the last class being
    'no sign'. `drawable`: its joints are those that a `pose` view draws."""

    places: Tensor
    labels: Tensor
    index: Tensor
    drawable: bool = False

    @property
    def samples(self) -> Tensor:
        """No sensor was worn: `(B, 0, 1)`."""
        return self.places.new_zeros(len(self.labels), 0, 1)

    @property
    def live(self) -> Tensor:
        return torch.zeros(len(self.labels), 2, dtype=torch.bool, device=self.labels.device)

    def video(self, size: int) -> Tensor:
        """`(B, 3, T, size, size)`: joints and bones, drawn. Raises ValueError for joints that
        bundles do not draw."""
        if not self.drawable:
            raise ValueError("only upper-body joints are drawn")
        return render_pose(self.places[:, :2].permute(0, 2, 3, 1).contiguous(), size)


class LandmarkDataset(ClipDataset[LandmarkBatch]):
    """Clips of landmarks; glosses outside `vocabulary` are 'no sign'.

    An epoch draws as many recordings as there are, with replacement, each class as often as any
    other; a recording that is drawn twice is augmented twice, differently. Of `no_sign_share`, one
    half is rest, the other the beginning of one sign joined to the end of another.
    """

    def __init__(
        self,
        landmarks: LandmarkArrays,
        vocabulary: Sequence[str],
        *,
        frames: int,
        device: torch.device,
        mirrored: float = 0.0,
    ) -> None:
        """`mirrored`: share of the training clips that are turned into the other hand's."""
        super().__init__(landmarks.glosses, vocabulary, device)
        self.frames, self.mirrored = frames, mirrored
        self.skeleton = landmarks.skeleton
        self.live = torch.zeros(len(self), 2, dtype=torch.bool, device=device)
        self.joints = self._normalised(torch.from_numpy(landmarks.joints)).to(device)

    def places(self, index: Tensor, window: augmentation.TimeWindow) -> Tensor:
        """`(B, 3, T, J)` of recordings by number, as `window` cuts them."""
        times = window.times(self.frames)
        cut = augmentation.sample_in_time(self.joints[index], times)
        return cut.permute(0, 3, 1, 2).contiguous()

    def _normalised(self, joints: Tensor) -> Tensor:
        """`(N, G, J, 3)`, normalised once over the whole recording: where a clip is cut must not
        move the shoulders."""
        parts = [graph_input(part, self.skeleton).permute(0, 2, 3, 1) for part in joints.split(256)]
        return torch.cat(parts).contiguous()

    def _drawn(self, candidates: Tensor, rng: Generator) -> Tensor:
        labels = self.labels[candidates]
        chance = labels.bincount(minlength=self.no_sign + 1)[labels].float().reciprocal()
        chosen = torch.multinomial(chance, len(candidates), replacement=True, generator=rng)
        return candidates[chosen]

    def _augmented(self, index: Tensor, rng: Generator, no_sign_share: float) -> LandmarkBatch:
        batch, half = len(index), no_sign_share / 2
        window, chance = augmentation.sign_or_rest_window(
            batch, rng, speed=0.35, shift=0.12, rest_share=half
        )
        resting, joined = chance < half, chance > 1 - half
        times = warped_times(window.times(self.frames), rng)
        joints = augmentation.sample_in_time(self.joints[index], times)
        partner = torch.randperm(batch, generator=rng, device=self.device)
        mixed = spliced(joints, joints[partner], rng)
        other = joined & (self.labels[index] != self.labels[index[partner]])
        joints = torch.where(other[:, None, None, None], mixed, joints)
        labels = torch.where(resting | other, self.no_sign, self.labels[index])
        joints = mirrored_in_part(joints, self.skeleton, self.mirrored, rng)
        known = joints[..., 2:].amax(dim=1, keepdim=True) > 0
        joints = other_view(other_hands(joints, self.skeleton, rng), rng)
        # What was never seen stays at nothing: noise about it would be something.
        known = known & (joints[..., 2:].amax(dim=1, keepdim=True) > 0)
        joints = joints * known
        return LandmarkBatch(joints.permute(0, 3, 1, 2).contiguous(), labels, index)

    def _unchanged(
        self, index: Tensor, window: augmentation.TimeWindow, labels: Tensor
    ) -> LandmarkBatch:
        drawable = self.skeleton.name == "upper_body"
        return LandmarkBatch(self.places(index, window), labels, index, drawable)
