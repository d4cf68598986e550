"""The base of all clip datasets: labels, the draw of an epoch, batches, seeds, the device.

A kind of clips adds how it is drawn, augmented and cut. Whatever holds for all of them stands here
alone, so that no kind can differ by accident.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar

import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from training.datasets.augmentation import TimeWindow, rest_window, whole_recording
from training.datasets.batches import Labelled, in_batches
from training.errors import DataError

BatchOf = TypeVar("BatchOf", bound=Labelled, covariant=True)


class ClipDataset(ABC, Generic[BatchOf]):
    """N clips of one side of a split, in memory on `device`.

    `labels` `(N,)` int64: the gloss's place in the vocabulary, `no_sign` for any other gloss.
    `live` `(N, sensors)` bool: False for a sensor that recorded nothing.
    """

    evaluation_batch_size: ClassVar[int] = 64

    live: Tensor

    def __init__(
        self, glosses: Iterable[object], vocabulary: Sequence[str], device: torch.device
    ) -> None:
        self.device = device
        self.no_sign = len(vocabulary)
        order = {gloss: i for i, gloss in enumerate(vocabulary)}
        labels = [order.get(str(gloss), self.no_sign) for gloss in glosses]
        self.labels = torch.tensor(labels, device=device)

    def __len__(self) -> int:
        return len(self.labels)

    def training_batches(
        self, batch_size: int, *, seed: int, no_sign_share: float, both_live: bool = False
    ) -> Iterator[BatchOf]:
        """One augmented epoch, which depends on `seed` alone. A last, shorter batch is left out,
        unless it is the only one. `no_sign_share`: share of the clips that are turned into
        'no sign'. `both_live`: only clips whose sensors all recorded something. Raises DataError
        where no clip is left to draw."""
        rng = Generator(self.device).manual_seed(seed)
        candidates = torch.arange(len(self), device=self.device)
        if both_live:
            candidates = candidates[self.live.all(dim=1)]
            if not len(candidates):
                raise DataError(
                    "no training clip has a live sensor; there is nothing to learn from"
                )
        if not len(candidates):
            raise DataError("there is no clip to train on")
        for index in in_batches(self._drawn(candidates, rng), batch_size):
            yield self._augmented(index, rng, no_sign_share)

    def evaluation_batches(
        self, batch_size: int | None = None, *, first: int = 0
    ) -> Iterator[BatchOf]:
        """Every clip from number `first` on once, whole and unchanged, in order."""
        for index in self._in_order(batch_size, first):
            yield self._unchanged(
                index, whole_recording(len(index), self.device), self.labels[index]
            )

    def rest_batches(self, batch_size: int | None = None, *, seed: int = 0) -> Iterator[BatchOf]:
        """For every clip, in order, the rest before or after its sign, labelled 'no sign'."""
        rng = Generator(self.device).manual_seed(seed)
        for index in self._in_order(batch_size):
            window = rest_window(len(index), rng)
            yield self._unchanged(index, window, torch.full_like(index, self.no_sign))

    def _in_order(self, batch_size: int | None, first: int = 0) -> Iterator[Tensor]:
        size = batch_size or self.evaluation_batch_size
        for start in range(first, len(self), size):
            yield torch.arange(start, min(start + size, len(self)), device=self.device)

    def _on_device(self, array: NDArray[Any]) -> Tensor:
        return torch.from_numpy(array).to(self.device)

    @abstractmethod
    def _drawn(self, candidates: Tensor, rng: Generator) -> Tensor:
        """The clip numbers of one epoch, in the order of training, out of `candidates` `(M,)`."""

    @abstractmethod
    def _augmented(self, index: Tensor, rng: Generator, no_sign_share: float) -> BatchOf:
        """The training batch of these clips, changed at random by `rng` alone."""

    @abstractmethod
    def _unchanged(self, index: Tensor, window: TimeWindow, labels: Tensor) -> BatchOf:
        """The batch of these clips as recorded, cut by `window`."""
