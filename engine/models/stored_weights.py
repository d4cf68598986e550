"""A network's weights as they lie on disk: half as large as in memory, or a quarter.

On disk, tensors of two dimensions or more are float16, or int8 with one scale for each of their
first dimension (symmetric, per output channel: Krishnamoorthi, 'Quantizing deep convolutional
networks for efficient inference', 2018, section 3). Biases and normalisation stay float32: they are
few, and some of their values are too small for float16. In memory everything is float32.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import torch
from torch import Tensor

Storage = Literal["float16", "int8"]

_SCALE = "::scale"
"""Ends the name of the scales of an int8 tensor; no name of torch's parameters has a colon."""

_WORTH = 4096
"""Values; smaller tensors are float16 at most: their error would save nothing."""

_LARGEST = 65_504.0
"""That float16 can hold."""


def to_stored(weights: Mapping[str, Tensor], storage: Storage = "float16") -> dict[str, Tensor]:
    """A state dict as it is written to a file: on the CPU, contiguous, no memory shared.

    Raises ValueError naming a tensor that is not finite or too large for float16.
    """
    stored: dict[str, Tensor] = {}
    for name, tensor in weights.items():
        values = tensor.detach().cpu().contiguous().clone()
        if not values.is_floating_point() or values.ndim < 2:
            stored[name] = values
        elif not float(values.abs().amax()) <= _LARGEST:
            raise ValueError(f"{name}: a weight is no number, or larger than {_LARGEST:g}")
        elif storage == "int8" and values.numel() >= _WORTH:
            stored[name], stored[name + _SCALE] = _to_int8(values)
        else:
            stored[name] = values.to(torch.float16)
    return stored


def from_stored(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state dict in float32, of a file that `to_stored` wrote or of one from before it."""
    weights: dict[str, Tensor] = {}
    for name, tensor in stored.items():
        if name.endswith(_SCALE):
            continue
        scale = stored.get(name + _SCALE)
        values = tensor.float() if tensor.is_floating_point() or scale is not None else tensor
        weights[name] = values if scale is None else values * _over_rows(scale, values)
    return weights


def _to_int8(values: Tensor) -> tuple[Tensor, Tensor]:
    largest = values.flatten(1).abs().amax(dim=1)
    scale = torch.where(largest > 0, largest / 127, torch.ones_like(largest))
    rounded = (values / _over_rows(scale, values)).round().clamp(-127, 127)
    return rounded.to(torch.int8), scale


def _over_rows(scale: Tensor, values: Tensor) -> Tensor:
    """`(rows,)` as `(rows, 1, …)`, so that it multiplies each row of `values`."""
    return scale.reshape(-1, *[1] * (values.ndim - 1))
