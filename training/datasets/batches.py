"""What a batch of clips holds, parts of it, and how clip numbers are divided into batches."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

from torch import Tensor

from training.errors import DataError


class Labelled(Protocol):
    """`labels` `(B,)` int64, the last class being 'no sign'; `index` `(B,)`: the clips' numbers in
    their dataset."""

    @property
    def labels(self) -> Tensor: ...
    @property
    def index(self) -> Tensor: ...


class Batch(Labelled, Protocol):
    """`samples` `(B, channels, n_steps)` in g and deg/s; `live` `(B, sensors)`, False for a sensor
    that recorded nothing."""

    @property
    def samples(self) -> Tensor: ...
    @property
    def live(self) -> Tensor: ...

    def video(self, size: int) -> Tensor:
        """`(B, 3, T, size, size)` float32 in [-1, 1], channels last in memory, which convolves
        fastest."""


class Placed(Labelled, Protocol):
    """A batch of which landmarks are known."""

    @property
    def places(self) -> Tensor:
        """`(B, 3, T, J)`: x, y in shoulder widths and how far each joint was seen, 0..1."""


AnyBatch = TypeVar("AnyBatch", bound=Labelled)


def part_of(batch: AnyBatch, rows: slice) -> AnyBatch:
    """These rows of every tensor of a batch (a dataclass)."""
    whole: Any = batch
    held = {field.name: getattr(whole, field.name) for field in dataclasses.fields(whole)}
    part: AnyBatch = dataclasses.replace(
        whole, **{name: value[rows] for name, value in held.items() if isinstance(value, Tensor)}
    )
    return part


def steps_in(clips: int, batch_size: int) -> int:
    """Number of batches in an epoch of `clips` clips. Raises DataError for 0 clips."""
    if clips < 1:
        raise DataError("there is no clip to train on")
    return max(1, clips // batch_size)


def in_batches(drawn: Tensor, batch_size: int) -> Iterator[Tensor]:
    """Divide clip numbers `(N,)` into batches of `batch_size`, in order. A last, shorter batch is
    left out, unless it is the only one. Raises DataError for N = 0."""
    size = min(batch_size, len(drawn))
    for number in range(steps_in(len(drawn), batch_size)):
        yield drawn[number * size : (number + 1) * size]
