"""An epoch's clips in batches; a set smaller than a batch is a batch of its own."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor

from training.errors import DataError


def steps_in(clips: int, batch_size: int) -> int:
    """How many batches an epoch of so many clips has. Raises DataError where there is none."""
    if clips < 1:
        raise DataError("there is no clip to train on")
    return max(1, clips // batch_size)


def in_batches(drawn: Tensor, batch_size: int) -> Iterator[Tensor]:
    """`(N,)` clip numbers in the order drawn, `batch_size` at a time; a last short batch is left
    out, but where it is the only one. Raises DataError where nothing was drawn."""
    size = min(batch_size, len(drawn))
    for number in range(steps_in(len(drawn), batch_size)):
        yield drawn[number * size : (number + 1) * size]
