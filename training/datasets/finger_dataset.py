"""Recordings of fingers' angles in memory: windows of them, and what lies between two signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Generator, Tensor

from engine.models.finger_angles import encode_angles
from training.datasets.augmentation import TimeWindow, normal, sample_in_time, uniform
from training.datasets.clip_dataset import ClipDataset
from training.readers.glove_letters import SPAN_S, FingerRecordings

SHORTEST_S = 2.0
"""Of the windows that are learnt from; the longest are whole recordings."""

_OFFSET_DEG, _JITTER_DEG = 6.0, 1.0
"""Deviation of how otherwise a glove sits each time it is put on, and of a sensor's noise."""

_JUST_BEGUN, _RESTING = 0.15, 0.05
"""Shares of training windows that still hold a little of the sign before theirs, and in which the
hand still rests."""

_REST_S = 0.5
"""So long the hand rests, as a rule, where a recording begins."""


@dataclass(frozen=True, slots=True, eq=False)
class FingerBatch:
    """`samples` `(B, 2 * angles, n_steps)`, as `encode_angles` gives them; `labels` `(B,)`, the
    last class being 'no sign': a window in which one sign goes over into another."""

    samples: Tensor
    labels: Tensor
    index: Tensor


class FingerDataset(ClipDataset[FingerBatch]):
    """An epoch shows a random window of every recording. Of the windows, `no_sign_share` are
    halfway from one sign to another, some have only just begun, and in some the hand rests: a live
    window slides over all of these.
    """

    def __init__(
        self,
        recordings: FingerRecordings,
        vocabulary: Sequence[str],
        *,
        n_steps: int,
        device: torch.device,
    ) -> None:
        super().__init__(recordings.glosses, vocabulary, device)
        self.n_steps = n_steps
        self.degrees = self._on_device(recordings.degrees)
        self.live = self._on_device(np.ones((len(recordings), 1), bool))
        self.channels = 2 * recordings.degrees.shape[2]

    def encoded(self) -> Tensor:
        """`(N, G, channels)`: every moment of every recording, as the network takes it."""
        return encode_angles(self.degrees.transpose(1, 2)).transpose(1, 2)

    def window_batches(self, span_s: float, *, count: int = 3) -> Iterator[FingerBatch]:
        """`count` windows of every recording, evenly from its first moment to its last."""
        for place in np.linspace(0.0, 1.0 - span_s / SPAN_S, count):
            yield from self._windows_at(float(place), span_s)

    def last_batches(self, span_s: float) -> Iterator[FingerBatch]:
        """The last seconds of every recording, in which the sign is held."""
        return self._windows_at(1.0 - span_s / SPAN_S, span_s)

    def _windows_at(self, place: float, span_s: float) -> Iterator[FingerBatch]:
        """Of every recording the one that begins at `place`, a part of it."""
        for index in self._in_order(None):
            start = torch.full((len(index),), place, device=self.device)
            window = TimeWindow(start, torch.full_like(start, span_s / SPAN_S))
            yield self._unchanged(index, window, self.labels[index])

    def between_batches(self, span_s: float, *, seed: int = 0) -> Iterator[FingerBatch]:
        """For every recording a window halfway from its sign to another, labelled 'no sign'."""
        rng = Generator(self.device).manual_seed(seed)
        for index in self._in_order(None):
            other = self._others(index, rng)
            used = self.labels[other] != self.labels[index]
            index, other = index[used], other[used]
            if not len(index):
                continue
            first, second = (
                self._cut(one, self._window(len(one), span_s, span_s, rng))
                for one in (index, other)
            )
            middle = torch.full((len(index),), 0.5, device=self.device)
            joined = _joined(first, second, middle, torch.full_like(middle, 0.15))
            labels = torch.full_like(index, self.no_sign)
            yield FingerBatch(_encoded(joined), labels, index)

    def rest_batches(
        self, batch_size: int | None = None, *, seed: int = 0
    ) -> Iterator[FingerBatch]:
        """For every recording a window of its own length that ends within its first half second:
        the hand rests, labelled 'no sign'."""
        rng = Generator(self.device).manual_seed(seed)
        for index in self._in_order(batch_size):
            window = self._at_rest(torch.ones(len(index), device=self.device), rng)
            yield self._unchanged(index, window, torch.full_like(index, self.no_sign))

    def _drawn(self, candidates: Tensor, rng: Generator) -> Tensor:
        return candidates[torch.randperm(len(candidates), generator=rng, device=self.device)]

    def _augmented(self, index: Tensor, rng: Generator, no_sign_share: float) -> FingerBatch:
        count = len(index)
        other = self._others(index, rng)
        longest = SPAN_S
        window = self._window(count, SHORTEST_S, longest, rng)
        resting = torch.rand(count, generator=rng, device=rng.device) < _RESTING
        rest = self._at_rest(window.length, rng)
        window = TimeWindow(torch.where(resting, rest.start, window.start), window.length)
        degrees = self._cut(index, window)
        before = self._cut(other, self._window(count, SHORTEST_S, longest, rng))
        chance = torch.rand(count, generator=rng, device=rng.device)
        differs = (self.labels[other] != self.labels[index]) & ~resting
        between = differs & (chance < no_sign_share)
        begun = differs & ~between & (chance < no_sign_share + _JUST_BEGUN)
        halfway = uniform(0.3, 0.7, (count,), rng)
        middle = torch.where(between, halfway, uniform(0.0, 0.2, (count,), rng))
        joined = _joined(before, degrees, middle, uniform(0.05, 0.25, (count,), rng))
        degrees = torch.where((between | begun)[:, None, None], joined, degrees)
        degrees = degrees + _OFFSET_DEG * normal((count, 1, degrees.shape[2]), rng)
        degrees = degrees + _JITTER_DEG * normal(tuple(degrees.shape), rng)
        labels = torch.where(between | resting, self.no_sign, self.labels[index])
        return FingerBatch(_encoded(degrees), labels, index)

    def _unchanged(self, index: Tensor, window: TimeWindow, labels: Tensor) -> FingerBatch:
        return FingerBatch(_encoded(self._cut(index, window)), labels, index)

    def _cut(self, index: Tensor, window: TimeWindow) -> Tensor:
        """`(B, n_steps, angles)` in degrees."""
        return sample_in_time(self.degrees[index], window.times(self.n_steps))

    def _others(self, index: Tensor, rng: Generator) -> Tensor:
        return torch.randint(len(self), (len(index),), generator=rng, device=self.device)

    def _window(
        self, count: int, shortest_s: float, longest_s: float, rng: Generator
    ) -> TimeWindow:
        """Shorter ones are drawn more often: they are harder."""
        along = torch.rand(count, generator=rng, device=rng.device).square()
        length = (shortest_s + (longest_s - shortest_s) * along) / SPAN_S
        start = (1 - length) * torch.rand(count, generator=rng, device=rng.device)
        return TimeWindow(start, length)

    def _at_rest(self, length: Tensor, rng: Generator) -> TimeWindow:
        """Windows `(B,)` of which the end alone lies in the recording."""
        inside = _REST_S / SPAN_S * torch.rand(len(length), generator=rng, device=rng.device)
        return TimeWindow(inside - length, length)


def _encoded(degrees: Tensor) -> Tensor:
    return encode_angles(degrees.transpose(1, 2))


def _joined(first: Tensor, second: Tensor, middle: Tensor, width: Tensor) -> Tensor:
    """`(B, n, angles)` each: from the first to the second, the shorter way round, about `middle`
    `(B,)` and over `width` `(B,)`, both in parts of the window."""
    along = torch.linspace(0, 1, first.shape[1], device=first.device)
    share = ((along - middle[:, None]) / width[:, None] + 0.5).clamp(0, 1)[:, :, None]
    turn = second - first
    # Which way is shorter is asked once, in the middle: asked anew at every moment, it would jump.
    where = (middle * (first.shape[1] - 1)).round().long()
    there = turn[torch.arange(len(turn), device=turn.device), where][:, None]
    return first + share * (turn - 360.0 * (there / 360.0).round())
