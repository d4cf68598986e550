"""The trainer that every stage runs on: device, learning rate, epochs that can be resumed."""

from __future__ import annotations

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

from training.datasets.batches import AnyBatch, Batch, part_of
from training.errors import DataError
from training.recipe import Recipe
from training.strict_json import strict_json
from training.trainer.checkpoint import load_checkpoint, save_checkpoint
from training.trainer.divergence import NoNumberError, diverged, need_finite_weights
from training.trainer.profiling import Profiler, StepWatch
from training.trainer.sync_batch_norm import share_norms

if TYPE_CHECKING:
    from lightning.fabric import Fabric

Network = TypeVar("Network", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class Trainer:
    """Recipe, devices and folder of one run. Each process of a distributed run has one."""

    recipe: Recipe
    fabric: Fabric
    folder: Path
    progress: Progress
    resume: bool
    init: Path | None = None
    """Weights of another set that the video network starts from."""
    profiler: Profiler | None = None

    @property
    def device(self) -> torch.device:
        return self.fabric.device

    @property
    def leads(self) -> bool:
        """Whether this is the process with rank 0, which alone writes files."""
        return self.fabric.is_global_zero

    def rows(self, count: int) -> slice:
        """This process's rows of a batch of `count`. All draw the same batch, by the same seed, and
        get equally many; a last batch loses what cannot be shared. Raises DataError when somebody
        would get none."""
        processes = self.fabric.world_size
        if count < processes:
            raise DataError(f"{count} clips cannot be shared by {processes} processes")
        return slice(self.fabric.global_rank, count - count % processes, processes)

    def share(self, batch: AnyBatch) -> AnyBatch:
        """This process's part of a batch."""
        if self.fabric.world_size == 1:
            return batch
        return part_of(batch, self.rows(len(batch.labels)))

    def video(self, batch: Batch) -> Tensor:
        """A batch as the recipe's networks see it: `(B, 3, T, S, S)`."""
        return batch.video(self.recipe.frame_size)

    def place(self, network: Network) -> Network:
        """Move the network to the run's device, weights of 3-D convolutions channels last in
        memory. With several processes, batch normalisation becomes synchronous."""
        if self.fabric.world_size > 1:
            share_norms(network)
        network.to(self.device)
        for module in network.modules():
            if isinstance(module, nn.Conv3d):
                module.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]
        return network

    def loss_module(self, network: nn.Module, loss: Callable[..., Tensor]) -> nn.Module:
        """Called with tensors, gives `loss(network, *tensors)`; its gradients are averaged over all
        processes, and it computes in the recipe's precision."""
        return self.fabric.setup_module(LossModule(network, loss))

    def watch(self, stage: str) -> StepWatch:
        """The profiler's record of this stage; one that records nothing without a profiler."""
        if self.profiler is None:
            return StepWatch()
        halved = self.fabric.strategy.precision.precision == "bf16-mixed"
        dtype = torch.bfloat16 if halved else torch.float32
        return self.profiler.watch(stage, self.device, dtype, self.fabric.world_size)

    def autocast(self) -> AbstractContextManager[None]:
        return self.fabric.autocast()

    def mean(self, value: float) -> float:
        """Mean of `value` over all processes."""
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
            file.write(strict_json({"stage": stage, **line}, ascii_only=True) + "\n")
        if isinstance(epoch := line.get("epoch"), int):
            figures = {f"{stage}/{k}": v for k, v in line.items() if _exists(v)}
            self.fabric.log_dict(figures, step=epoch)
        shown = "  ".join(
            f"{k} {v:.4f}" if _exists(v) else f"{k} {'–' if isinstance(v, float) else v}"
            for k, v in line.items()
        )
        self.progress.console.print(f"{stage}: {shown}", highlight=False)


def _exists(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)


class LossModule(nn.Module):
    """A network and its loss as one module: gradients are averaged over processes only in the
    backward pass of a module's call."""

    def __init__(self, network: nn.Module, loss: Callable[..., Tensor]) -> None:
        super().__init__()
        self.network, self._loss = network, loss

    def forward(self, *tensors: Tensor) -> Tensor:
        return self._loss(self.network, *tensors)


def cosine_rate(step: int, steps: int, peak: float, warm: float = 0.06) -> float:
    """Learning rate at `step` of `steps`: linear up to `peak` over the first share `warm`, then a
    cosine down to 0."""
    warm_steps = max(1, int(steps * warm))
    if step < warm_steps:
        return peak * (step + 1) / warm_steps
    done = (step - warm_steps) / max(1, steps - warm_steps)
    return peak * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def run_epochs(
    trainer: Trainer,
    stage: str,
    *,
    modules: dict[str, nn.Module],
    optimisers: dict[str, Optimizer],
    epochs: int,
    steps_per_epoch: int,
    epoch: Callable[[int, Callable[[], None]], dict[str, float]],
    best: tuple[nn.Module, nn.Module],
    watch: str = "validation_top1",
) -> None:
    """Run `epoch(number, advance)` for each epoch not yet done, with a checkpoint after each.

    `best`: (keeper, watched). When the recipe has a patience, the keeper takes the watched module's
    weights whenever the figure `watch` reaches a new height (at a tie too), the stage ends early
    when there has been none for that many epochs, and the watched module ends with the best
    weights. A patience asks for that figure: DataError where there is none to go by.

    Training that diverges ends in a DataError that says where; the last whole epoch's checkpoint
    stays.

    Everything random in an epoch depends on the seed and its number alone, so a resumed run ends
    where an undisturbed one would have ended.
    """
    path = trainer.folder / f"{stage}.safetensors"
    patience = trainer.recipe.patience
    keeper, watched = best
    if patience:
        modules = {**modules, "best": keeper}
    first, top, top_at = 0, -math.inf, -1
    if trainer.resume and path.exists():
        progress = load_checkpoint(path, modules, optimisers)
        first = int(str(progress["epoch"])) + 1
        top, top_at = _number(progress.get("top")), int(str(progress.get("top_at", -1)))
    if trainer.mean(float(first)) != first:
        raise DataError(f"{path}: not every machine sees the same; --out must be on a shared disk")
    task = trainer.progress.add_task(
        stage, total=epochs * steps_per_epoch, completed=first * steps_per_epoch
    )
    for number in range(first, epochs):
        if patience and number - top_at > patience and top_at >= 0:
            trainer.log(stage, {"stopped": number, "best_epoch": top_at + 1, watch: top})
            break
        torch.manual_seed(epoch_seed(trainer, stage, number))
        started = time.monotonic()
        try:
            figures = epoch(number, lambda: trainer.progress.advance(task))
            need_finite_weights(modules.values())
        except NoNumberError as error:
            raise diverged(stage, number + 1, error) from error
        if patience and not _exists(figures.get(watch)):
            raise DataError(
                f"{stage}, epoch {number + 1}: the clips to validate on give no {watch}, which"
                f" --set patience={patience} goes by; validate on other signers, or use patience=0"
            )
        figures["seconds"] = round(time.monotonic() - started, 1)
        if patience and figures[watch] >= top:
            # A tie goes to the later epoch: more training at the same figure is rarely worse. But
            # it is no progress either.
            top, top_at = figures[watch], number if figures[watch] > top else top_at
            keeper.load_state_dict(watched.state_dict())
        if trainer.leads:
            save_checkpoint(
                path,
                modules,
                optimisers,
                {"epoch": number, "top": top, "top_at": top_at, **figures},
            )
        trainer.log(stage, {"epoch": number + 1, "of": epochs, **figures})
    if patience:
        watched.load_state_dict(keeper.state_dict())
    trainer.progress.update(task, completed=epochs * steps_per_epoch)


def _number(stored: object) -> float:
    """The best figure so far, as a checkpoint holds it: nothing where none was asked for."""
    return -math.inf if stored is None else float(str(stored))


def stage_number(stage: str) -> int:
    """A number for seeding: the same in every run, which the hash of a text is not."""
    return sum((i + 1) * ord(c) for i, c in enumerate(stage))


def epoch_seed(trainer: Trainer, stage: str, number: int) -> int:
    return (trainer.recipe.seed * 1_000_003 + stage_number(stage) * 1_009 + number) % 2**31
