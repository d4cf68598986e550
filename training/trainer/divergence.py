"""Stops training at the first NaN or infinity in a loss, an output or a weight."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from training.errors import DataError


class NoNumberError(DataError):
    """`what` is NaN or infinite. `diverged` adds stage and epoch for the message."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is no number")
        self.what = what


def a_number(value: float, what: str) -> float:
    """Returns `value`. Raises NoNumberError naming `what` where it is NaN or infinite."""
    if not math.isfinite(value):
        raise NoNumberError(what)
    return value


def need_numbers(values: Tensor, what: str) -> Tensor:
    """Returns `values`. Raises NoNumberError naming `what` where any is NaN or infinite."""
    if not bool(torch.isfinite(values).all()):
        raise NoNumberError(what)
    return values


def need_finite_weights(modules: Iterable[nn.Module]) -> None:
    """Raises NoNumberError where a weight is NaN or infinite: the loss of the last step was
    computed before that step changed the weights."""
    for module in modules:
        for value in module.state_dict().values():
            if value.is_floating_point():
                need_numbers(value, "a weight")


def diverged(stage: str, epoch: int, error: NoNumberError) -> DataError:
    """The error to raise. `epoch`: counted from 1."""
    return DataError(
        f"{stage}, epoch {epoch}: {error.what} is no number; training has diverged. Use a lower"
        " learning rate (--set) and another --out"
    )
