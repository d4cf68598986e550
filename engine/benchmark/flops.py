"""The arithmetic of a network, counted as a matrix-multiply peak is: two a multiplication and
addition."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def flops_of(network: nn.Module, inputs: NDArray[np.float32]) -> int:
    """Of one run on this batch."""
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        network(torch.from_numpy(inputs))
    return int(counter.get_total_flops())
