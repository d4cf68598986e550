"""One epoch of gradient steps, the same for every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from training.datasets.batches import AnyBatch
from training.errors import DataError
from training.trainer.averaging import RunningAverage
from training.trainer.divergence import a_number
from training.trainer.prefetch import prefetched
from training.trainer.trainer import Trainer


@dataclass(frozen=True, slots=True, eq=False)
class TrainingEpoch(Generic[AnyBatch]):
    """The network of a stage, its running average and its optimiser. `inputs(batch)`: the tensors
    that `loss_module` is called with, this process's part of them; it runs ahead of the step in
    another thread, so it may depend on the batch alone. `largest_gradient`: the gradient's norm is
    clipped there."""

    trainer: Trainer
    stage: str
    network: nn.Module
    average: RunningAverage[Any]
    loss_module: nn.Module
    optimiser: Optimizer
    inputs: Callable[[AnyBatch], tuple[Tensor, ...]]
    largest_gradient: float | None = None

    def run(
        self,
        batches: Iterable[AnyBatch],
        steps: int,
        rate: Callable[[int], float],
        advance: Callable[[], None],
    ) -> float:
        """`rate(step)` gives the learning rate. Returns the mean loss over `steps` and over all
        processes. Raises DataError where there is no batch, NoNumberError where the loss is no
        number."""
        self.network.train()
        device, watch = self.trainer.device, self.trainer.watch(self.stage)
        # Summed up where it is: to ask a card for each loss is to wait for it at each step.
        total = torch.zeros((), dtype=torch.float64, device=device)
        done = 0
        with prefetched(map(self.inputs, batches), device) as ready:
            watch.begins()
            for step, tensors in enumerate(ready):
                watch.batch_arrived()
                for group in self.optimiser.param_groups:
                    group["lr"] = rate(step)
                with watch.counting():
                    loss = self.loss_module(*tensors)
                    self.optimiser.zero_grad(set_to_none=True)
                    self.trainer.fabric.backward(loss)
                if self.largest_gradient is not None:
                    nn.utils.clip_grad_norm_(self.network.parameters(), self.largest_gradient)
                self.optimiser.step()
                self.average.take(self.network)
                total += loss.detach()
                done += 1
                advance()
                watch.step_ended(len(tensors[0]))
            watch.ends()
        if done != steps:
            raise DataError(f"{self.stage}: {done} batches came where {steps} were to come")
        return a_number(self.trainer.mean(float(total) / steps), "the loss")
