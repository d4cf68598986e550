"""What a stage asks of its material, whether joints that are drawn or film that was shot."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

import torch
from torch import Tensor

from training.datasets.pose_imu_dataset import SensorStatistics


class Labelled(Protocol):
    """`labels` `(B,)`, the last class being 'no sign'; `index` `(B,)`: which clips they are."""

    @property
    def labels(self) -> Tensor: ...
    @property
    def index(self) -> Tensor: ...


class Batch(Labelled, Protocol):
    """`samples` `(B, channels, n_steps)` in g and deg/s; `live` `(B, sensors)`, False where a
    sensor gave nothing."""

    @property
    def samples(self) -> Tensor: ...
    @property
    def live(self) -> Tensor: ...

    def video(self, size: int) -> Tensor:
        """`(B, 3, T, size, size)` float32 in [-1, 1], in the layout that convolves fastest."""


AnyBatch = TypeVar("AnyBatch", bound=Labelled)
AnyOf = TypeVar("AnyOf", bound=Labelled, covariant=True)


def part_of(batch: AnyBatch, rows: slice) -> AnyBatch:
    """Those rows of everything a batch (a dataclass) holds."""
    whole: Any = batch
    held = {field.name: getattr(whole, field.name) for field in dataclasses.fields(whole)}
    part: AnyBatch = dataclasses.replace(
        whole, **{name: value[rows] for name, value in held.items() if isinstance(value, Tensor)}
    )
    return part


class LabelledDataset(Protocol[AnyOf]):
    """What a classifier learns from: clips of one side of a split."""

    no_sign: int
    labels: Tensor

    def __len__(self) -> int: ...

    def training_batches(
        self, batch_size: int, *, seed: int, no_sign_share: float, both_live: bool = False
    ) -> Iterator[AnyOf]:
        """One augmented epoch, drawn by `seed` alone."""

    def evaluation_batches(self, batch_size: int = 32) -> Iterator[AnyOf]:
        """Every clip once, whole and unchanged, in order."""


class Clips(Protocol):
    """Clips of one side of a split. `acc_channels`: how many of `channels`, the first ones, are
    accelerometer axes; the others are gyroscope axes."""

    no_sign: int
    channels: int
    acc_channels: int
    n_steps: int
    live: Tensor
    labels: Tensor

    def __len__(self) -> int: ...

    def training_batches(
        self, batch_size: int, *, seed: int, no_sign_share: float, both_live: bool = False
    ) -> Iterator[Batch]:
        """One augmented epoch, drawn by `seed` alone."""

    def statistics(self) -> SensorStatistics:
        """Of the clips with a live sensor; asked of the training side only."""

    def evaluation_batches(self, batch_size: int = 32) -> Iterator[Batch]:
        """Every clip once, whole and unchanged, in order."""

    def augment_samples(self, samples: Tensor, rng: torch.Generator) -> Tensor:
        """Other fits of the same sensor: same shape."""
