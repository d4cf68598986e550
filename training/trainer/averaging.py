"""The exponential moving average of a network's weights. It is what is measured and shipped: its
accuracy varies less from step to step than that of the network in training."""

from __future__ import annotations

import copy
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

Network = TypeVar("Network", bound=nn.Module)


def decay_at(step: int, decay: float) -> float:
    """Share of the old average that step number `step`, from 0, keeps: it grows up to `decay`.

    With a decay that is large from the start the average of a few dozen steps, all that a small set
    takes, would be mostly the random start.
    """
    return min(decay, (1 + step) / (10 + step))


class RunningAverage(Generic[Network]):
    """The exponential moving average `network` of a network's weights and of its
    batch-normalisation statistics. `steps`: how many it holds."""

    def __init__(self, of: Network, decay: float) -> None:
        self.network: Network = copy.deepcopy(of)
        for parameter in self.network.parameters():
            parameter.requires_grad_(False)
        self._decay, self._count = decay, _Count()

    @property
    def steps(self) -> int:
        return int(self._count.steps)

    def modules(self, name: str) -> dict[str, nn.Module]:
        """For a checkpoint, so that a resumed run continues the average: the network as `name`, the
        number of steps as `<name>_steps`."""
        return {name: self.network, f"{name}_steps": self._count}

    @torch.no_grad()
    def take(self, learning: nn.Module) -> None:
        """Update the average with the weights of `learning` after a training step."""
        share = 1 - decay_at(self.steps, self._decay)
        current = learning.state_dict()
        held, new = [], []
        for key, value in self.network.state_dict().items():
            if value.is_floating_point():
                held.append(value)
                new.append(current[key])
            else:
                value.copy_(current[key])
        # All at once: on a card, starting some hundred kernels one by one takes as long as a step.
        torch._foreach_lerp_(held, new, share)
        self._count.steps += 1


class _Count(nn.Module):
    """On the CPU, wherever the network is: a card would have to be waited for at each step."""

    steps: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))
