"""A training stage on disk: weights, averages and optimiser, without pickle.

One safetensors file a stage, written beside and renamed into place, so that a kill at any moment
leaves either the old or the new one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.optim import Optimizer

from engine.atomic_write import written_whole
from training.errors import DataError
from training.strict_json import strict_json


def save_checkpoint(
    path: Path,
    modules: dict[str, nn.Module],
    optimisers: Mapping[str, Optimizer],
    progress: dict[str, object],
) -> None:
    """Write `modules` and `optimisers` by name, and `progress` (anything JSON holds)."""
    tensors: dict[str, Tensor] = {}
    for name, module in modules.items():
        for key, value in module.state_dict().items():
            tensors[f"{name}/{key}"] = as_stored(value)
    for name, optimiser in optimisers.items():
        for i, entry in optimiser.state_dict()["state"].items():
            for key, value in entry.items():
                tensors[f"{name}/{i}/{key}"] = as_stored(torch.as_tensor(value))
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as unfinished:
        save_file(tensors, unfinished, metadata={"progress": strict_json(progress)})


def as_stored(tensor: Tensor) -> Tensor:
    """A copy on the CPU, contiguous in memory, as safetensors requires."""
    return tensor.detach().cpu().clone(memory_format=torch.contiguous_format)


def load_checkpoint(
    path: Path, modules: dict[str, nn.Module], optimisers: Mapping[str, Optimizer]
) -> dict[str, object]:
    """Fill `modules` and `optimisers` from `path` and give its progress back.

    Raises DataError naming the file when it is damaged or belongs to another recipe.
    """
    try:
        with safe_open(path, framework="pt") as file:
            progress: dict[str, object] = json.loads(file.metadata()["progress"])
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
        for name, module in modules.items():
            start = f"{name}/"
            module.load_state_dict(
                {k.removeprefix(start): v for k, v in tensors.items() if k.startswith(start)}
            )
    except (SafetensorError, OSError, KeyError, TypeError, RuntimeError, ValueError) as error:
        raise DataError(
            f"{path}: this checkpoint is damaged or of another recipe; delete it to start afresh"
        ) from error
    for name, optimiser in optimisers.items():
        state: dict[int, dict[str, Tensor]] = {}
        for key, value in tensors.items():
            if key.startswith(f"{name}/"):
                _, i, field = key.split("/")
                state.setdefault(int(i), {})[field] = value
        current = optimiser.state_dict()
        optimiser.load_state_dict({"state": state, "param_groups": current["param_groups"]})
    return progress
