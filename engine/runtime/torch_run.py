"""A network by plain torch: the reference for all others, and what is always there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from engine.arrays import Floats
from engine.runtime.machine import usable_cores

CPU = torch.device("cpu")


def leave_a_core() -> None:
    """Camera, landmarks and window want a core too; torch's threads that wait for one another's
    turn on a full machine have been seen to make a 20 ms network take seconds."""
    torch.set_num_threads(max(1, min(4, usable_cores() - 1)))


class TorchRun:
    """A network as it is, in its own precision."""

    def __init__(self, network: nn.Module, *, video: bool, device: torch.device = CPU) -> None:
        """`video`: whether it looks at clips `(B, C, T, H, W)`."""
        self._network = network.to(device)
        self._video, self._device = video, device
        if video:
            # A third faster, where convolutions over space and time are most of the work.
            network.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]

    @torch.inference_mode()
    def on_device(self, inputs: Tensor) -> Sequence[Tensor]:
        """Outputs in the network's order, on its device."""
        inputs = inputs.to(self._device)
        if self._video:
            inputs = inputs.contiguous(memory_format=torch.channels_last_3d)
        found: Sequence[Tensor] = self._network(inputs)
        return found

    def __call__(self, inputs: Floats) -> Sequence[Floats]:
        """Outputs in the network's order."""
        found = self.on_device(torch.from_numpy(np.ascontiguousarray(inputs)))
        return [one.cpu().numpy() for one in found]
