"""The arithmetic of a network, counted as a matrix-multiply peak is: two a multiplication and
addition."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from engine.arrays import Floats
from engine.runtime.backend import openvino_core

if TYPE_CHECKING:
    from torch import nn


def flops_of(network: nn.Module, inputs: Floats) -> int:
    """Of one run on this batch."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        network(torch.from_numpy(inputs))
    return int(counter.get_total_flops())


def flops_in(file: Path) -> int:
    """Of one run of a network as OpenVINO reads it, as much as torch counts: of convolutions and
    products of matrices, which are all that our networks are made of."""
    flops = 0
    for node in openvino_core().read_model(str(file)).get_ops():
        kind = node.get_type_name()
        if kind == "Convolution":
            # (out, in, places of the kernel...): what each value of the output is summed from.
            summed = math.prod(list(node.input_value(1).shape)[1:])
        elif kind == "MatMul":
            *_, rows, columns = node.input_value(0).shape
            summed = rows if node.get_attributes()["transpose_a"] else columns
        else:
            continue
        flops += 2 * summed * math.prod(list(node.output(0).shape))
    return flops
