"""The base of clip datasets with accelerometers and gyroscopes beside the video."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from training.datasets.augmentation import TimeWindow, sensors_in_time
from training.datasets.clip_dataset import BatchOf, ClipDataset
from training.readers.asl20 import PairedRecordings

_SMALLEST_STD = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class SensorStatistics:
    """Mean and standard deviation `(channels,)` of the training side's live sensors, in g and
    deg/s."""

    mean: Tensor
    std: Tensor

    @classmethod
    def of(cls, recordings: PairedRecordings) -> SensorStatistics:
        """Over the recordings with two live armbands, 12 channels."""
        samples = paired_samples(recordings)[recordings.live.all(axis=1)]
        return cls(
            torch.from_numpy(samples.mean(axis=(0, 2))), torch.from_numpy(samples.std(axis=(0, 2)))
        )

    @classmethod
    def over(cls, samples: Tensor, *, correction: int) -> SensorStatistics:
        """Over `(M, G, channels)`. `correction`: 0 for the deviation of the population, 1 for that
        of a sample."""
        used = samples.reshape(-1, samples.shape[2]).cpu()
        std = used.std(dim=0, correction=correction)
        return cls(used.mean(dim=0), std.clamp_min(_SMALLEST_STD))

    def normalise(self, samples: Tensor) -> Tensor:
        """`(B, channels, n_steps)` to the same, with mean 0 and standard deviation 1 a channel."""
        mean, std = self.mean.to(samples), self.std.to(samples)
        return (samples - mean[:, None]) / std[:, None]


def paired_samples(recordings: PairedRecordings) -> NDArray[np.float32]:
    """`(N, 12, GRID_STEPS)`: 6 channels in g, then 6 in deg/s."""
    return np.concatenate([recordings.acc_g, recordings.gyro_dps], axis=1)


class SensorDataset(ClipDataset[BatchOf]):
    """`samples` `(N, G, channels)`: `G` moments from the first to the last of each recording. The
    first `acc_channels` channels are accelerometer axes in g, the others gyroscope axes in deg/s.
    Batches hold `n_steps` moments."""

    std_correction: ClassVar[int] = 0
    """0: standard deviation of the population; 1: of a sample."""

    def __init__(
        self,
        glosses: Iterable[object],
        vocabulary: Sequence[str],
        device: torch.device,
        *,
        samples: NDArray[np.float32],
        live: NDArray[np.bool_],
        n_steps: int,
        acc_channels: int,
    ) -> None:
        """`samples` `(N, channels, G)`; `live` `(N, sensors)`."""
        super().__init__(glosses, vocabulary, device)
        self.samples = self._on_device(samples).transpose(1, 2).contiguous()
        self.live = self._on_device(live)
        self.n_steps, self.acc_channels = n_steps, acc_channels
        self.channels = samples.shape[1]

    def statistics(self) -> SensorStatistics:
        """Over the clips whose sensors are all live. For the training side only: what is measured
        on must not shape what is learnt."""
        live = self.live.all(dim=1)
        return SensorStatistics.over(self.samples[live], correction=self.std_correction)

    @abstractmethod
    def augment_samples(self, samples: Tensor, rng: Generator) -> Tensor:
        """`(B, channels, n)` to the same, as if the sensors had been put on a little otherwise."""

    def _samples_in(self, index: Tensor, window: TimeWindow) -> Tensor:
        """`(B, channels, n_steps)` of these clips. A gyroscope follows the tempo of `window` and
        is 0 where a sample is held: there nothing turns."""
        return sensors_in_time(self.samples[index], window, self.n_steps, self.acc_channels)
