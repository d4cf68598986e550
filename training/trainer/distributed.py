"""Where a run computes: one process, several cards, several machines; the command stays the same.

Lightning Fabric finds out who started it: nobody (it starts one process a card itself), `torchrun`,
or SLURM.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import torch
from rich.progress import Progress

from training.errors import DataError
from training.recipe import Recipe
from training.trainer.profiling import Profiler
from training.trainer.run_folder import RunRecord, remember_run
from training.trainer.trainer import Trainer

if TYPE_CHECKING:
    from lightning.fabric import Fabric


@dataclass(frozen=True, slots=True)
class DistributedSetup:
    """`device`: cpu or cuda; `devices`: processes on this machine, one a card, or 'auto'."""

    device: torch.device
    devices: str = "auto"


def make_fabric(
    device: torch.device,
    devices: str,
    *,
    precision: Literal["fp32", "bf16"],
    batch_size: int,
    folder: Path,
) -> Fabric:
    """`devices`: how many processes on this machine, one a card, or 'auto'. TensorBoard's files
    go to `folder/tensorboard`.

    Raises DataError when a batch cannot be shared evenly: the mean of its parts would be another
    than its own.
    """
    # Not above: a second to import, which every other command would pay.
    from lightning.fabric import Fabric
    from lightning.fabric.loggers.tensorboard import TensorBoardLogger

    on_this, nodes = _processes(device, devices)
    if batch_size % (on_this * nodes):
        raise DataError(
            f"--set batch_size={batch_size}: cannot be shared evenly by {on_this * nodes} processes"
        )
    cuda = device.type == "cuda"
    return Fabric(
        accelerator="cuda" if cuda else "cpu",
        devices=on_this,
        num_nodes=nodes,
        strategy="ddp" if on_this * nodes > 1 else "auto",
        precision="bf16-mixed" if cuda and precision == "bf16" else "32-true",
        loggers=TensorBoardLogger(root_dir=folder, name="tensorboard", version=""),
    )


def _starter() -> Literal["torchrun", "slurm", ""]:
    """What started several processes; empty where nothing did."""
    if "LOCAL_WORLD_SIZE" in os.environ:
        return "torchrun"
    # In a shell of SLURM's the variables are there too, and nobody has started anything.
    if "SLURM_NTASKS" in os.environ and os.environ.get("SLURM_JOB_NAME") not in (
        "bash",
        "interactive",
    ):
        return "slurm"
    return ""


def _processes(device: torch.device, devices: str) -> tuple[int, int]:
    """Processes on this machine, and the number of machines; torchrun or SLURM decide, if they
    started this process. Raises DataError for `devices` that is no number."""
    environment, starter = os.environ, _starter()
    if starter == "torchrun":
        here = int(environment["LOCAL_WORLD_SIZE"])
        return here, max(1, int(environment.get("WORLD_SIZE", here)) // here)
    if starter == "slurm":
        nodes = int(environment.get("SLURM_NNODES", 1))
        return max(1, int(environment["SLURM_NTASKS"]) // nodes), nodes
    if devices == "auto":
        return (torch.cuda.device_count() if device.type == "cuda" else 1), 1
    if not devices.isdigit() or int(devices) < 1:
        raise DataError(f"--devices {devices}: a number of processes, or auto")
    return int(devices), 1


def leads() -> bool:
    """Whether this process has rank 0, by the environment that torchrun, SLURM or Fabric set: it
    can be asked before anything is set up."""
    environment, starter = os.environ, _starter()
    if starter == "torchrun":
        return environment.get("RANK", "0") == "0"
    if starter == "slurm":
        return environment.get("SLURM_PROCID", "0") == "0"
    return environment.get("LOCAL_RANK", "0") == "0" and environment.get("NODE_RANK", "0") == "0"


@contextmanager
def open_trainer(
    recipe: Recipe,
    folder: Path,
    setup: DistributedSetup,
    progress: Progress,
    record: RunRecord,
    *,
    resume: bool,
    init: Path | None = None,
    profiler: Profiler | None = None,
) -> Iterator[Trainer]:
    """Start the run's processes and give each its trainer; checkpoints lie in `folder`. `profiler`
    records every training step.

    Raises DataError when there is another run in `folder`, or a batch cannot be shared.
    """
    fabric = make_fabric(
        setup.device,
        setup.devices,
        precision=recipe.precision,
        batch_size=recipe.batch_size,
        folder=folder,
    )
    if _starter() or not leads():
        fabric.launch()
        refusal = _refusal(folder, recipe, record, resume) if fabric.is_global_zero else ""
        # All stop together: those who were not told would wait for the others.
        refusal = fabric.broadcast(refusal)
        if refusal:
            raise DataError(refusal)
    else:
        # Nobody else is there yet, and nobody else shall be when there is nothing to do.
        refusal = _refusal(folder, recipe, record, resume)
        if refusal:
            raise DataError(refusal)
        fabric.launch()
        fabric.broadcast("")
    try:
        yield Trainer(recipe, fabric, folder, progress, resume, init, profiler)
    finally:
        for logger in fabric.loggers:
            logger.finalize("success")


def _refusal(folder: Path, recipe: Recipe, record: RunRecord, resume: bool) -> str:
    try:
        remember_run(folder, recipe, record, resume)
    except DataError as error:
        return str(error)
    return ""
