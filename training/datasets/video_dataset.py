"""Batches of filmed clips, augmented on the device that trains: the camera stands anywhere, the
light is any light, a signer is as quick or slow as they are."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.datasets import augmentation
from training.datasets.batching import in_batches
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.pose_imu_dataset import SensorStatistics
from training.preparation.prepared_set import PreparedSet


@dataclass(frozen=True, slots=True)
class AugmentationRanges:
    """How far a training clip may be turned into another: parts of the picture, of the span, of
    the brightness; `negative`: the share of clips shown with bright and dark exchanged."""

    zoom: float = 0.15
    move: float = 0.08
    turn_rad: float = 0.08
    light: float = 0.25
    speed: float = 0.2
    shift: float = 0.08
    negative: float = 0.0


COLOUR_RANGES = AugmentationRanges(zoom=0.2, move=0.1, light=0.35, negative=0.25)
"""A bright hand before dark clothes is a dark hand before bright ones: with few signers, whom a
network could know by their shirts, the movement has to tell."""


@dataclass(frozen=True, slots=True, eq=False)
class VideoBatch:
    """`frames` `(B, T, S, S, 3)` uint8 RGB; `samples` `(B, channels, n_steps)`; `live` `(B, 1)`;
    `labels` `(B,)`. The camera's place and the light are drawn already: see `video`. `places`
    `(B, 3, T, J)`: the same clips' landmarks, where they are known and nothing is augmented."""

    frames: Tensor
    placing: Tensor | None
    light: Tensor | None
    samples: Tensor
    live: Tensor
    labels: Tensor
    index: Tensor
    places: Tensor | None = None

    def video(self, size: int) -> Tensor:
        """`(B, 3, T, size, size)` float32 in [-1, 1]."""
        batch, count, side = self.frames.shape[:3]
        flat = self.frames.reshape(batch * count, side, side, 3).permute(0, 3, 1, 2).float()
        if self.placing is not None:
            # A picture that shrinks is averaged, as it is where nothing is drawn at random: sampled
            # on a finer grid first.
            finer = math.ceil(side / size)
            matrices = self.placing.repeat_interleave(count, dim=0)
            drawn = [batch * count, 3, finer * size, finer * size]
            grid = functional.affine_grid(matrices, drawn, False)
            flat = functional.grid_sample(
                flat, grid.to(flat), mode="bilinear", padding_mode="border", align_corners=False
            )
            flat = functional.avg_pool2d(flat, finer) if finer > 1 else flat
        elif side != size:
            flat = functional.interpolate(flat, (size, size), mode="area")
        video = flat.reshape(batch, count, 3, size, size).transpose(1, 2) / 127.5 - 1
        if self.light is not None:
            gain, offset = self.light[:, 0], self.light[:, 1]
            shape = (-1, 3, 1, 1, 1)
            video = (video * gain.reshape(shape) + offset.reshape(shape)).clamp(-1, 1)
        return video.contiguous(memory_format=torch.channels_last_3d)


class VideoDataset:
    """Batches of clips from a prepared set; the same surface as `PoseImuDataset`.

    The class after the last gloss is 'no sign'; `no_sign_share` of the training clips are taken
    from before or after the sign, for sets whose recordings begin and end at rest.
    """

    def __init__(
        self,
        prepared: PreparedSet,
        vocabulary: Sequence[str],
        *,
        device: torch.device,
        ranges: AugmentationRanges | None = None,
        landmarks: LandmarkDataset | None = None,
    ) -> None:
        """`landmarks`: of the same clips, in the same order."""
        if landmarks is not None and len(landmarks) != len(prepared):
            raise ValueError("pictures and landmarks are not of the same clips")
        self._landmarks = landmarks
        self.no_sign = len(vocabulary)
        self.channels = prepared.samples.shape[1]
        self.acc_channels = sum(unit == "g" for unit in prepared.manifest.units)
        self.n_steps, self.device = prepared.samples.shape[2], device
        self.ranges = ranges or (
            AugmentationRanges() if prepared.manifest.view == "depth" else COLOUR_RANGES
        )
        order = {gloss: i for i, gloss in enumerate(vocabulary)}
        labels = [order.get(str(gloss), self.no_sign) for gloss in prepared.glosses]
        self.labels = torch.tensor(labels, device=device)
        self.frames = torch.from_numpy(prepared.frames).to(device)
        self.samples = torch.from_numpy(prepared.samples).to(device)
        self.live = torch.from_numpy(prepared.has_imu).to(device)[:, None]

    def __len__(self) -> int:
        return len(self.labels)

    def statistics(self) -> SensorStatistics:
        """Of the clips with a sensor. Call it on the training split only."""
        used = self.samples[self.live[:, 0]].transpose(1, 2).reshape(-1, self.channels).cpu()
        return SensorStatistics(used.mean(dim=0), used.std(dim=0).clamp_min(1e-6))

    def training_batches(
        self, batch_size: int, *, seed: int, no_sign_share: float, both_live: bool = False
    ) -> Iterator[VideoBatch]:
        """One epoch, drawn by `seed` alone: every clip once; a last short batch is left out,
        but where it is the only one. Raises DataError where no clip is left to draw."""
        rng = torch.Generator(self.device).manual_seed(seed)
        pool = torch.arange(len(self), device=self.device)
        if both_live:
            pool = pool[self.live.all(dim=1)]
        pool = pool[torch.randperm(len(pool), generator=rng, device=self.device)]
        for index in in_batches(pool, batch_size):
            yield self._augmented(index, rng, no_sign_share)

    def evaluation_batches(self, batch_size: int = 32) -> Iterator[VideoBatch]:
        """Every clip once, whole and unchanged, in order."""
        for start in range(0, len(self), batch_size):
            index = torch.arange(start, min(start + batch_size, len(self)), device=self.device)
            window = augmentation.whole_recording(len(index), self.device)
            yield self._unchanged(index, window, self.labels[index])

    def rest_batches(self, batch_size: int = 32, *, seed: int = 0) -> Iterator[VideoBatch]:
        """The rest around every clip once: nothing is signed in them."""
        rng = torch.Generator(self.device).manual_seed(seed)
        for start in range(0, len(self), batch_size):
            index = torch.arange(start, min(start + batch_size, len(self)), device=self.device)
            window = augmentation.rest_window(len(index), rng)
            yield self._unchanged(index, window, torch.full_like(index, self.no_sign))

    def augment_samples(self, samples: Tensor, rng: torch.Generator) -> Tensor:
        """A sensor sits a little turned, and no two are scaled alike: `(B, channels, n)`."""
        batch, channels, steps = samples.shape
        if channels % 3:
            return samples
        triples = samples.reshape(batch, channels // 3, 3, steps)
        turned = augmentation.small_rotation(0.15, batch, rng)
        gain = 1 + 0.08 * augmentation.normal((batch, channels // 3, 1, 1), rng)
        triples = torch.einsum("bij,bsjn->bsin", turned, triples) * gain
        return triples.reshape(batch, channels, steps)

    def _augmented(self, index: Tensor, rng: torch.Generator, no_sign_share: float) -> VideoBatch:
        ranges, batch = self.ranges, len(index)
        window = augmentation.random_window(batch, rng, speed=ranges.speed, shift=ranges.shift)
        labels = self.labels[index]
        if no_sign_share > 0:
            rest = augmentation.rest_window(batch, rng)
            resting = torch.rand(batch, generator=rng, device=rng.device) < no_sign_share
            window = augmentation.TimeWindow(
                torch.where(resting, rest.start, window.start),
                torch.where(resting, rest.length, window.length),
            )
            labels = torch.where(resting, self.no_sign, labels)
        placing = augmentation.random_placing(
            batch, rng, zoom=ranges.zoom, move=ranges.move, turn_rad=ranges.turn_rad
        )
        light = augmentation.random_light(batch, rng, ranges.light, ranges.negative)
        return self._cut(index, window, labels, placing, light)

    def _unchanged(
        self, index: Tensor, window: augmentation.TimeWindow, labels: Tensor
    ) -> VideoBatch:
        batch = self._cut(index, window, labels, None, None)
        if self._landmarks is None:
            return batch
        return dataclasses.replace(batch, places=self._landmarks.places(index, window))

    def _cut(
        self,
        index: Tensor,
        window: augmentation.TimeWindow,
        labels: Tensor,
        placing: Tensor | None,
        light: Tensor | None,
    ) -> VideoBatch:
        count = self.frames.shape[1]
        nearest = (window.times(count).clamp(0, 1) * (count - 1)).round().long()
        frames = self.frames[index[:, None], nearest]
        samples = augmentation.sensors_in_time(
            self.samples[index].transpose(1, 2), window, self.n_steps, self.acc_channels
        )
        return VideoBatch(frames, placing, light, samples, self.live[index], labels, index)
