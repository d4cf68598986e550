"""Training that has lost its numbers is stopped: what comes of a NaN looks like a result."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from training.errors import DataError


class NoNumberError(DataError):
    """`what` is no number, or endless; whoever knows stage and epoch says them too."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is no number")
        self.what = what


def a_number(value: float, what: str) -> float:
    """`value`, or NoNumberError."""
    if not math.isfinite(value):
        raise NoNumberError(what)
    return value


def need_numbers(values: Tensor, what: str) -> Tensor:
    """`values`, or NoNumberError where one of them is no number."""
    if not bool(torch.isfinite(values).all()):
        raise NoNumberError(what)
    return values


def need_finite_weights(modules: Iterable[nn.Module]) -> None:
    """Raises NoNumberError. After the last step no loss is counted that would tell it."""
    for module in modules:
        for value in module.state_dict().values():
            if value.is_floating_point():
                need_numbers(value, "a weight")


def diverged(stage: str, epoch: int, error: NoNumberError) -> DataError:
    """`epoch`: counted from 1."""
    return DataError(
        f"{stage}, epoch {epoch}: {error.what} is no number; training has diverged. Use a lower"
        " learning rate (--set) and another --out"
    )
