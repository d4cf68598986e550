"""Batches of landmark clips, augmented: another tempo, another body, another camera."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.landmarks.graph_input import graph_input
from engine.landmarks.pose_rendering import render_pose
from training.datasets import augmentation
from training.datasets.batching import in_batches
from training.datasets.landmark_arrays import LandmarkArrays
from training.datasets.landmark_augmentation import (
    mirrored_in_part,
    other_hands,
    other_view,
    spliced,
    warped_times,
)
from training.errors import DataError


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


class LandmarkDataset:
    """Clips of one side of a split; glosses outside `vocabulary` are 'no sign'."""

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
        self.frames, self.device, self.mirrored = frames, device, mirrored
        self.skeleton = landmarks.skeleton
        self.no_sign = len(vocabulary)
        order = {gloss: i for i, gloss in enumerate(vocabulary)}
        labels = [order.get(str(gloss), self.no_sign) for gloss in landmarks.glosses]
        self.labels = torch.tensor(labels, device=device)
        self.joints = self._normalised(torch.from_numpy(landmarks.joints)).to(device)

    def __len__(self) -> int:
        return len(self.labels)

    def training_batches(
        self, batch_size: int, *, seed: int, no_sign_share: float, both_live: bool = False
    ) -> Iterator[LandmarkBatch]:
        """One epoch, drawn by `seed` alone; a last short batch is left out, but where
        it is the only one. Raises DataError where there is no recording.

        Recordings are drawn with replacement, each class as often as any other; whatever is drawn
        twice is augmented twice, differently. Of `no_sign_share`, one half is rest, the other the
        beginning of one sign joined to the end of another.
        """
        if not len(self):
            raise DataError("there is no clip to train on")
        rng = torch.Generator(self.device).manual_seed(seed)
        counts = self.labels.bincount(minlength=self.no_sign + 1)
        chance = counts[self.labels].float().reciprocal()
        pool = torch.multinomial(chance, len(self), replacement=True, generator=rng)
        for index in in_batches(pool, batch_size):
            yield self._augmented(index, rng, no_sign_share)

    def evaluation_batches(self, batch_size: int = 64) -> Iterator[LandmarkBatch]:
        """Every recording once, whole and unchanged, in order."""
        for start in range(0, len(self), batch_size):
            index = torch.arange(start, min(start + batch_size, len(self)), device=self.device)
            window = augmentation.whole_recording(len(index), self.device)
            yield self._unchanged(index, window, self.labels[index])

    def rest_batches(self, batch_size: int = 64, *, seed: int = 0) -> Iterator[LandmarkBatch]:
        """The rest around every recording once."""
        rng = torch.Generator(self.device).manual_seed(seed)
        for start in range(0, len(self), batch_size):
            index = torch.arange(start, min(start + batch_size, len(self)), device=self.device)
            window = augmentation.rest_window(len(index), rng)
            yield self._unchanged(index, window, torch.full_like(index, self.no_sign))

    def _unchanged(
        self, index: Tensor, window: augmentation.TimeWindow, labels: Tensor
    ) -> LandmarkBatch:
        drawable = self.skeleton.name == "upper_body"
        return LandmarkBatch(self.places(index, window), labels, index, drawable)

    def places(self, index: Tensor, window: augmentation.TimeWindow) -> Tensor:
        """`(B, 3, T, J)` of recordings by number, as `window` cuts them."""
        times = window.times(self.frames)
        cut = augmentation.sample_in_time(self.joints[index], times)
        return cut.permute(0, 3, 1, 2).contiguous()

    def _normalised(self, joints: Tensor) -> Tensor:
        """Once, over the whole recording: where a clip is cut moves nobody's shoulders."""
        parts = [graph_input(part, self.skeleton).permute(0, 2, 3, 1) for part in joints.split(256)]
        return torch.cat(parts).contiguous()

    def _augmented(
        self, index: Tensor, rng: torch.Generator, no_sign_share: float
    ) -> LandmarkBatch:
        batch, device = len(index), self.device
        window = augmentation.random_window(batch, rng, speed=0.35, shift=0.12)
        rest = augmentation.rest_window(batch, rng)
        kind = torch.rand(batch, generator=rng, device=device)
        resting, joined = kind < no_sign_share / 2, kind > 1 - no_sign_share / 2
        window = augmentation.TimeWindow(
            torch.where(resting, rest.start, window.start),
            torch.where(resting, rest.length, window.length),
        )
        times = warped_times(window.times(self.frames), rng)
        joints = augmentation.sample_in_time(self.joints[index], times)
        partner = torch.randperm(batch, generator=rng, device=device)
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
