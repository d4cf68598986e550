"""One pass over a training side: what every stage does with its batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic

from torch import Tensor, nn
from torch.optim import Optimizer

from training.clips import AnyBatch
from training.stages.stage import Workshop, update_average


@dataclass(frozen=True, slots=True, eq=False)
class Learning(Generic[AnyBatch]):
    """A network, its running average, and how it learns. `inputs(batch)`: the tensors `learner` is
    called with, this process's part of them. `largest_gradient`: its norm is clipped there."""

    shop: Workshop
    network: nn.Module
    average: nn.Module
    learner: nn.Module
    optimiser: Optimizer
    inputs: Callable[[AnyBatch], tuple[Tensor, ...]]
    largest_gradient: float | None = None

    def over(
        self,
        batches: Iterable[AnyBatch],
        steps: int,
        rate: Callable[[int], float],
        advance: Callable[[], None],
    ) -> float:
        """`rate(step)` gives the learning rate. Returns the mean loss over `steps` and over all
        processes."""
        self.network.train()
        total = 0.0
        for step, batch in enumerate(batches):
            for group in self.optimiser.param_groups:
                group["lr"] = rate(step)
            loss = self.learner(*self.inputs(batch))
            self.optimiser.zero_grad(set_to_none=True)
            self.shop.fabric.backward(loss)
            if self.largest_gradient is not None:
                nn.utils.clip_grad_norm_(self.network.parameters(), self.largest_gradient)
            self.optimiser.step()
            update_average(self.average, self.network, self.shop.recipe.ema_decay)
            total += float(loss.detach())
            advance()
        return self.shop.mean(total / steps)
