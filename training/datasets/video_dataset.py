"""Batches of video clips, augmented in framing, light and tempo on the device that trains."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Generator, Tensor
from torch.nn import functional

from training.datasets import augmentation
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.sensor_dataset import SensorDataset
from training.preparation.prepared_set import PreparedSet


@dataclass(frozen=True, slots=True)
class AugmentationRanges:
    """Largest random changes of a training clip. `zoom`, `speed`: exponents of a factor; `move`:
    part of the picture; `turn_rad`: standard deviation; `light`: part of the brightness; `shift`:
    part of the span; `negative`: share of clips with bright and dark exchanged."""

    zoom: float = 0.15
    move: float = 0.08
    turn_rad: float = 0.08
    light: float = 0.25
    speed: float = 0.2
    shift: float = 0.08
    negative: float = 0.0


COLOUR_RANGES = AugmentationRanges(zoom=0.2, move=0.1, light=0.35, negative=0.25)
"""For colour. A quarter of the clips have bright and dark exchanged: with few signers a network
could otherwise learn their clothes."""


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


class VideoDataset(SensorDataset[VideoBatch]):
    """Clips of a prepared set; glosses outside `vocabulary` are 'no sign'.

    An epoch shows every clip once, in random order. Of the training clips `no_sign_share` are cut
    from before or after the sign, for sets whose recordings begin and end at rest.
    """

    evaluation_batch_size = 32
    std_correction = 1

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
        super().__init__(
            prepared.glosses,
            vocabulary,
            device,
            samples=prepared.samples,
            live=prepared.has_imu[:, None],
            n_steps=prepared.samples.shape[2],
            acc_channels=sum(unit == "g" for unit in prepared.manifest.units),
        )
        self._landmarks = landmarks
        depth = prepared.manifest.view == "depth"
        self.ranges = ranges or (AugmentationRanges() if depth else COLOUR_RANGES)
        self.frames = self._on_device(prepared.frames)

    def augment_samples(self, samples: Tensor, rng: Generator) -> Tensor:
        """`(B, channels, n)` to the same: each sensor turned a little and scaled by its own gain;
        unchanged where the channels are no x y z triples."""
        batch, channels, steps = samples.shape
        if channels % 3:
            return samples
        triples = samples.reshape(batch, channels // 3, 3, steps)
        turned = augmentation.small_rotation(0.15, batch, rng)
        gain = 1 + 0.08 * augmentation.normal((batch, channels // 3, 1, 1), rng)
        triples = torch.einsum("bij,bsjn->bsin", turned, triples) * gain
        return triples.reshape(batch, channels, steps)

    def _drawn(self, candidates: Tensor, rng: Generator) -> Tensor:
        return candidates[torch.randperm(len(candidates), generator=rng, device=self.device)]

    def _augmented(self, index: Tensor, rng: Generator, no_sign_share: float) -> VideoBatch:
        ranges, batch = self.ranges, len(index)
        labels = self.labels[index]
        if no_sign_share > 0:
            window, chance = augmentation.sign_or_rest_window(
                batch, rng, speed=ranges.speed, shift=ranges.shift, rest_share=no_sign_share
            )
            labels = torch.where(chance < no_sign_share, self.no_sign, labels)
        else:
            window = augmentation.random_window(batch, rng, speed=ranges.speed, shift=ranges.shift)
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
        samples = self._samples_in(index, window)
        return VideoBatch(frames, placing, light, samples, self.live[index], labels, index)
