"""Clips of which one wrist wore no glove: what stands in the place of its samples."""

from __future__ import annotations

import copy
from typing import TypeVar

import torch
from torch import Generator, Tensor
from torch.nn import functional

from training.datasets.batches import Batch
from training.datasets.sensor_dataset import SensorDataset

_BOTH = 12
_ACC = 6

Clips = TypeVar("Clips", bound=SensorDataset[Batch])


def without_wrists(samples: Tensor, missing: Tensor, instead: Tensor | None = None) -> Tensor:
    """`(B, 12, n)` normalised samples with `instead`, of the same shape, for the wrists that are
    `missing` `(B, 2)`; 0, each channel's mean, without it."""
    wrist = torch.arange(_BOTH, device=samples.device) // 3 % 2
    gone = missing[:, wrist][:, :, None]
    return torch.where(gone, torch.zeros_like(samples) if instead is None else instead, samples)


def drawn_missing(count: int, share: float, rng: Generator) -> Tensor:
    """`(count, 2)` bool: of a `share` of clips one wrist, either as often as the other."""
    dropped = torch.rand(count, generator=rng, device=rng.device) < share
    wrist = torch.randint(2, (count,), generator=rng, device=rng.device)
    return dropped[:, None] & functional.one_hot(wrist, 2).bool()


def with_generated(clips: Clips, generated: Tensor) -> Clips:
    """The same clips with a generator's traces `(N, 12, n)`, in g and degrees per second, beside
    what was measured: whatever is cut out of a clip is cut out of both. `measured_and_generated`
    takes a batch's samples apart again."""
    if clips.channels != _BOTH or len(generated) != len(clips):
        raise ValueError("traces of both wrists are needed, one for each clip")
    steps = clips.samples.shape[1]
    even = functional.interpolate(generated, size=steps, mode="linear", align_corners=True)
    even = even.to(clips.samples).transpose(1, 2)
    both = copy.copy(clips)
    both.samples = torch.cat(
        [clips.samples[..., :_ACC], even[..., :_ACC], clips.samples[..., _ACC:], even[..., _ACC:]],
        dim=2,
    )
    both.acc_channels = 2 * _ACC
    return both


def measured_and_generated(samples: Tensor) -> tuple[Tensor, Tensor | None]:
    """`(B, 24, n)` of a dataset `with_generated`, or `(B, 12, n)` of any other, as `(B, 12, n)`
    each; None without a generator's."""
    if samples.shape[1] == _BOTH:
        return samples, None
    acc, acc_generated, gyro, gyro_generated = samples.split(_ACC, dim=1)
    return torch.cat([acc, gyro], dim=1), torch.cat([acc_generated, gyro_generated], dim=1)
