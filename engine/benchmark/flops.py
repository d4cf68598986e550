"""The arithmetic of a network, counted as a matrix-multiply peak is: two a multiplication and
addition."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode


def flops_of(network: nn.Module, inputs: Tensor) -> int:
    """Of one run on this batch."""
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        network(inputs)
    return int(counter.get_total_flops())
