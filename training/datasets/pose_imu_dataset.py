"""Recordings in memory, clips drawn from them on the device that trains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.landmarks.pose_rendering import render_pose
from training.datasets import augmentation
from training.datasets.batching import in_batches
from training.errors import DataError
from training.readers.asl20 import PairedRecordings


@dataclass(frozen=True, slots=True, eq=False)
class SensorStatistics:
    """Per-channel mean and standard deviation `(12,)` of the training split's live armbands."""

    mean: Tensor
    std: Tensor

    @classmethod
    def of(cls, recordings: PairedRecordings) -> SensorStatistics:
        samples = _samples(recordings)[recordings.live.all(axis=1)]
        return cls(
            torch.from_numpy(samples.mean(axis=(0, 2))), torch.from_numpy(samples.std(axis=(0, 2)))
        )

    def normalise(self, samples: Tensor) -> Tensor:
        mean, std = self.mean.to(samples), self.std.to(samples)
        return (samples - mean[:, None]) / std[:, None]


@dataclass(frozen=True, slots=True, eq=False)
class PoseImuBatch:
    """`joints` `(B, T, 7, 2)` normalised; `samples` `(B, 12, n_steps)` in g and deg/s;
    `live` `(B, 2)`; `labels` `(B,)`, the last class being 'no sign'."""

    joints: Tensor
    samples: Tensor
    live: Tensor
    labels: Tensor
    index: Tensor

    @property
    def places(self) -> Tensor:
        """`(B, 3, T, 7)` for the graph network: every joint was seen."""
        seen = torch.ones_like(self.joints[..., :1])
        return torch.cat([self.joints, seen], dim=-1).permute(0, 3, 1, 2).contiguous()

    def video(self, size: int) -> Tensor:
        """`(B, 3, T, size, size)`: joints and bones, drawn."""
        return render_pose(self.joints, size).contiguous(memory_format=torch.channels_last_3d)


def _samples(recordings: PairedRecordings) -> np.ndarray:
    return np.concatenate([recordings.acc_g, recordings.gyro_dps], axis=1)


class PoseImuDataset:
    """Batches of clips from `recordings`; words outside `vocabulary` are 'no sign'."""

    channels, acc_channels = 12, 6

    def __init__(
        self,
        recordings: PairedRecordings,
        vocabulary: Sequence[str],
        *,
        frames: int,
        n_steps: int,
        device: torch.device,
        shift: float = 0.32,
    ) -> None:
        """`shift`: how far, in parts of a recording, training clips begin early or late. A window
        that slides over a signer sees any part of a sign; one that was spotted sees all of it."""
        self.frames, self.n_steps, self.device, self.shift = frames, n_steps, device, shift
        self.no_sign = len(vocabulary)
        order = {word: i for i, word in enumerate(vocabulary)}
        labels = [order.get(str(word), self.no_sign) for word in recordings.words]
        self.labels = torch.tensor(labels, device=device)
        self.joints = torch.from_numpy(recordings.joints).to(device)
        samples = torch.from_numpy(_samples(recordings)).to(device)
        self.samples = samples.transpose(1, 2).contiguous()
        self.live = torch.from_numpy(recordings.live).to(device)

    def __len__(self) -> int:
        return len(self.labels)

    def training_batches(
        self, batch_size: int, *, seed: int, no_sign_share: float, both_live: bool = False
    ) -> Iterator[PoseImuBatch]:
        """One epoch, drawn by `seed` alone; a last short batch is left out, but where
        it is the only one. Raises DataError where no recording is left to draw.

        Recordings are drawn with replacement, those of rare words more often (by one over the root
        of a word's count): with every recording once, the rarest words are learnt last or never.
        """
        rng = torch.Generator(self.device).manual_seed(seed)
        pool = torch.arange(len(self), device=self.device)
        if both_live:
            pool = pool[self.live.all(dim=1)]
        if not len(pool):
            raise DataError("no training recording has live sensors; there is nothing to learn")
        labels = self.labels[pool]
        rarity = labels.bincount(minlength=self.no_sign + 1)[labels].float().rsqrt()
        pool = pool[torch.multinomial(rarity, len(pool), replacement=True, generator=rng)]
        for index in in_batches(pool, batch_size):
            yield self._augmented(index, rng, no_sign_share)

    def statistics(self) -> SensorStatistics:
        """Of the recordings whose armbands are both live. Call it on the training split only."""
        used = self.samples[self.live.all(dim=1)].reshape(-1, self.channels).cpu()
        return SensorStatistics(used.mean(dim=0), used.std(dim=0, correction=0))

    def evaluation_batches(self, batch_size: int = 64, of: int = 0) -> Iterator[PoseImuBatch]:
        """Every recording once, whole and unchanged, in order, from number `of` on."""
        for start in range(of, len(self), batch_size):
            index = torch.arange(start, min(start + batch_size, len(self)), device=self.device)
            window = augmentation.whole_recording(len(index), self.device)
            yield self._cut(index, window, self.labels[index], None)

    def rest_batches(self, batch_size: int = 64, *, seed: int = 0) -> Iterator[PoseImuBatch]:
        """The rest around every recording once: clips in which nothing is signed."""
        rng = torch.Generator(self.device).manual_seed(seed)
        for start in range(0, len(self), batch_size):
            index = torch.arange(start, min(start + batch_size, len(self)), device=self.device)
            window = augmentation.rest_window(len(index), rng)
            yield self._cut(index, window, torch.full_like(index, self.no_sign), None)

    def augment_samples(self, samples: Tensor, rng: torch.Generator) -> Tensor:
        """Armbands turned about the forearm: `(B, 12, n)` to the same."""
        return augmentation.random_armband_fit(samples, rng)

    def _augmented(self, index: Tensor, rng: torch.Generator, no_sign_share: float) -> PoseImuBatch:
        batch = len(index)
        window = augmentation.random_window(batch, rng, speed=0.3, shift=self.shift)
        rest = augmentation.rest_window(batch, rng)
        resting = torch.rand(batch, generator=rng, device=rng.device) < no_sign_share
        window = augmentation.TimeWindow(
            torch.where(resting, rest.start, window.start),
            torch.where(resting, rest.length, window.length),
        )
        labels = torch.where(resting, self.no_sign, self.labels[index])
        return self._cut(index, window, labels, rng)

    def _cut(
        self,
        index: Tensor,
        window: augmentation.TimeWindow,
        labels: Tensor,
        rng: torch.Generator | None,
    ) -> PoseImuBatch:
        joints = augmentation.sample_in_time(self.joints[index], window.times(self.frames))
        if rng is None:
            flat = normalise_by_shoulders(augmentation.project(joints))
        else:
            joints = augmentation.random_body_and_viewpoint(joints, rng)
            distance = torch.exp(augmentation.uniform(-0.4, 1.2, (len(index),), rng))
            flat = normalise_by_shoulders(augmentation.project(joints, distance))
            flat = augmentation.random_framing(flat, rng)
        samples = augmentation.sensors_in_time(
            self.samples[index], window, self.n_steps, self.acc_channels
        )
        return PoseImuBatch(flat, samples, self.live[index], labels, index)
