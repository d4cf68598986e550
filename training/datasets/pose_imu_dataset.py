"""asl20 in memory: 3-D joints, from another viewpoint in every batch, and two armbands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Generator, Tensor

from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.landmarks.pose_rendering import render_pose
from training.datasets import augmentation
from training.datasets.sensor_dataset import SensorDataset, paired_samples
from training.readers.asl20 import PairedRecordings


@dataclass(frozen=True, slots=True, eq=False)
class PoseImuBatch:
    """`joints` `(B, T, 7, 2)` in shoulder widths; `samples` `(B, 12, n_steps)` in g and deg/s;
    `live` `(B, 2)`; `labels` `(B,)`, the last class being 'no sign'."""

    joints: Tensor
    samples: Tensor
    live: Tensor
    labels: Tensor
    index: Tensor

    @property
    def places(self) -> Tensor:
        """`(B, 3, T, 7)`: x, y and 1 for 'seen', the input of the landmark network."""
        seen = torch.ones_like(self.joints[..., :1])
        return torch.cat([self.joints, seen], dim=-1).permute(0, 3, 1, 2).contiguous()

    def video(self, size: int) -> Tensor:
        """`(B, 3, T, size, size)` in [-1, 1]: joints and bones, drawn."""
        return render_pose(self.joints, size).contiguous(memory_format=torch.channels_last_3d)


class PoseImuDataset(SensorDataset[PoseImuBatch]):
    """Clips of `recordings`; words outside `vocabulary` are 'no sign'.

    An epoch draws as many recordings as there are, with replacement, in proportion to one over the
    root of their word's count: with every recording once, the rarest words are learnt last or
    never. Of the training clips `no_sign_share` are cut from the rest before or after the sign.
    """

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
        """`shift`: how far training clips begin early or late, at most, in parts of a recording.
        A window that slides over a signer sees any part of a sign; a segment that was found holds
        all of it."""
        super().__init__(
            recordings.words,
            vocabulary,
            device,
            samples=paired_samples(recordings),
            live=recordings.live,
            n_steps=n_steps,
            acc_channels=6,
        )
        self.frames, self.shift = frames, shift
        self.joints = self._on_device(recordings.joints)

    def augment_samples(self, samples: Tensor, rng: Generator) -> Tensor:
        """Armbands turned about the forearm: `(B, 12, n)` to the same."""
        return augmentation.random_armband_fit(samples, rng)

    def _drawn(self, candidates: Tensor, rng: Generator) -> Tensor:
        labels = self.labels[candidates]
        rarity = labels.bincount(minlength=self.no_sign + 1)[labels].float().rsqrt()
        chosen = torch.multinomial(rarity, len(candidates), replacement=True, generator=rng)
        return candidates[chosen]

    def _augmented(self, index: Tensor, rng: Generator, no_sign_share: float) -> PoseImuBatch:
        window, chance = augmentation.sign_or_rest_window(
            len(index), rng, speed=0.3, shift=self.shift, rest_share=no_sign_share
        )
        labels = torch.where(chance < no_sign_share, self.no_sign, self.labels[index])
        joints = augmentation.sample_in_time(self.joints[index], window.times(self.frames))
        joints = augmentation.random_body_and_viewpoint(joints, rng)
        distance_m = torch.exp(augmentation.uniform(-0.4, 1.2, (len(index),), rng))
        flat = normalise_by_shoulders(augmentation.project(joints, distance_m))
        flat = augmentation.random_framing(flat, rng)
        return self._batch(index, window, labels, flat)

    def _unchanged(
        self, index: Tensor, window: augmentation.TimeWindow, labels: Tensor
    ) -> PoseImuBatch:
        joints = augmentation.sample_in_time(self.joints[index], window.times(self.frames))
        flat = normalise_by_shoulders(augmentation.project(joints))
        return self._batch(index, window, labels, flat)

    def _batch(
        self, index: Tensor, window: augmentation.TimeWindow, labels: Tensor, joints: Tensor
    ) -> PoseImuBatch:
        samples = self._samples_in(index, window)
        return PoseImuBatch(joints, samples, self.live[index], labels, index)
