"""What every stage shares: device, schedule, averaged weights, epochs that can be resumed."""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import torch
from rich.progress import Progress
from torch import Tensor, nn
from torch.optim import Optimizer

from training.checkpoint import load_checkpoint, save_checkpoint
from training.clips import AnyBatch, Batch, part_of
from training.recipe import Recipe
from training.stages.shared_norm import share_norms

if TYPE_CHECKING:
    from lightning.fabric import Fabric

Network = TypeVar("Network", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where and how a run trains; every process of a shared run has one."""

    recipe: Recipe
    fabric: Fabric
    folder: Path
    progress: Progress
    resume: bool
    init: Path | None = None
    """Weights of another set that the video network starts from."""

    @property
    def device(self) -> torch.device:
        return self.fabric.device

    @property
    def leads(self) -> bool:
        """Whether this process is the one that writes."""
        return self.fabric.is_global_zero

    @property
    def mine(self) -> slice:
        """This process's rows of a batch. All draw the same batch, by the same seed."""
        return slice(self.fabric.global_rank, None, self.fabric.world_size)

    def share(self, batch: AnyBatch) -> AnyBatch:
        """This process's part of a batch."""
        return batch if self.fabric.world_size == 1 else part_of(batch, self.mine)

    def film(self, batch: Batch) -> Tensor:
        """A batch as the recipe's networks see it: `(B, 3, T, S, S)`."""
        return batch.film(self.recipe.frame_size)

    def place(self, network: Network) -> Network:
        """On the run's device, convolutions' weights in the layout of `film`'s clips."""
        if self.fabric.world_size > 1:
            share_norms(network)
        network.to(self.device)
        network.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]
        return network

    def learner(self, network: nn.Module, loss: Callable[..., Tensor]) -> nn.Module:
        """Called with tensors, gives `loss(network, *tensors)`; its gradients are averaged over all
        processes, and it computes in the recipe's precision."""
        return self.fabric.setup_module(Learner(network, loss))

    def autocast(self) -> AbstractContextManager[None]:
        return self.fabric.autocast()

    def mean(self, value: float) -> float:
        """Over all processes."""
        if self.fabric.world_size == 1:
            return value
        reduced = self.fabric.all_reduce(torch.tensor(value, device=self.device), reduce_op="mean")
        assert isinstance(reduced, Tensor)
        return float(reduced)

    def log(self, stage: str, line: dict[str, object]) -> None:
        """To `log.jsonl`, TensorBoard and the console."""
        if not self.leads:
            return
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"stage": stage, **line}) + "\n")
        if isinstance(epoch := line.get("epoch"), int):
            figures = {f"{stage}/{k}": v for k, v in line.items() if isinstance(v, float)}
            self.fabric.log_dict(figures, step=epoch)
        shown = "  ".join(
            f"{k} {v:.4f}" if isinstance(v, float) else f"{k} {v}" for k, v in line.items()
        )
        self.progress.console.print(f"{stage}: {shown}", highlight=False)


class Learner(nn.Module):
    """A network and its loss as one module: gradients are only shared through a module's call."""

    def __init__(self, network: nn.Module, loss: Callable[..., Tensor]) -> None:
        super().__init__()
        self.network, self._loss = network, loss

    def forward(self, *tensors: Tensor) -> Tensor:
        return self._loss(self.network, *tensors)


def averaged_copy(module: Network) -> Network:
    twin = copy.deepcopy(module)
    for parameter in twin.parameters():
        parameter.requires_grad_(False)
    return twin


@torch.no_grad()
def update_average(average: nn.Module, module: nn.Module, decay: float) -> None:
    """Exponential moving average of weights and of batch-normalisation statistics."""
    current = module.state_dict()
    for key, value in average.state_dict().items():
        if value.is_floating_point():
            value.lerp_(current[key], 1 - decay)
        else:
            value.copy_(current[key])


def cosine_rate(step: int, steps: int, peak: float, warm: float = 0.06) -> float:
    """Linear warm-up, then a cosine down to nothing."""
    warm_steps = max(1, int(steps * warm))
    if step < warm_steps:
        return peak * (step + 1) / warm_steps
    done = (step - warm_steps) / max(1, steps - warm_steps)
    return peak * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def run_epochs(
    shop: Workshop,
    stage: str,
    *,
    modules: dict[str, nn.Module],
    optimiser: Optimizer,
    epochs: int,
    steps_per_epoch: int,
    epoch: Callable[[int, Callable[[], None]], dict[str, float]],
    best: tuple[nn.Module, nn.Module] | None = None,
) -> None:
    """Run `epoch(number, advance)` for each epoch not yet done, with a checkpoint after each.

    `best`: (keeper, watched). When the recipe has a patience, the keeper takes the watched module's
    weights whenever the figure `validation_top1` reaches a new height, and the stage ends early
    when it has not for that many epochs.

    Everything random in an epoch depends on the seed and its number alone, so a resumed run ends
    where an undisturbed one would have ended.
    """
    path = shop.folder / f"{stage}.safetensors"
    patience = shop.recipe.patience if best else 0
    if patience and best:
        modules = {**modules, "best": best[0]}
    first, top, top_at = 0, -1.0, -1
    if shop.resume and path.exists():
        progress = load_checkpoint(path, modules, optimiser)
        first = int(str(progress["epoch"])) + 1
        top, top_at = float(str(progress.get("top", -1.0))), int(str(progress.get("top_at", -1)))
    task = shop.progress.add_task(
        stage, total=epochs * steps_per_epoch, completed=first * steps_per_epoch
    )
    for number in range(first, epochs):
        if patience and number - top_at > patience and top_at >= 0:
            shop.log(stage, {"stopped": number, "best_epoch": top_at + 1, "validation_top1": top})
            break
        torch.manual_seed(epoch_seed(shop, stage, number))
        started = time.monotonic()
        figures = epoch(number, lambda: shop.progress.advance(task))
        figures["seconds"] = round(time.monotonic() - started, 1)
        if patience and best and figures["validation_top1"] >= top:
            # A tie goes to the later epoch: more training at the same figure is rarely worse.
            top, top_at = figures["validation_top1"], number
            best[0].load_state_dict(best[1].state_dict())
        if shop.leads:
            save_checkpoint(
                path, modules, optimiser, {"epoch": number, "top": top, "top_at": top_at, **figures}
            )
        shop.log(stage, {"epoch": number + 1, "of": epochs, **figures})
    shop.progress.update(task, completed=epochs * steps_per_epoch)


def stage_number(stage: str) -> int:
    """A number for seeding that does not change between runs, as the hash of a text would."""
    return sum((i + 1) * ord(c) for i, c in enumerate(stage))


def epoch_seed(shop: Workshop, stage: str, number: int) -> int:
    return (shop.recipe.seed * 1_000_003 + stage_number(stage) * 1_009 + number) % 2**31
