"""The sign encoder's linear map, taught further by proxies: every sign of training has a vector of
its own, and its augmented takes are drawn towards it (Movshovitz-Attias et al. 2017; the margin
after CosFace, Wang et al. 2018)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.stages.sign_encoder import LinearEncoder

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TuningRecipe:
    """`seconds` of one thread, or `steps` where that is less."""

    steps: int = 3000
    scale: float = 16.0
    margin: float = 0.1
    map_rate: float = 1e-4
    proxy_rate: float = 1e-3
    batch_size: int = 128
    weight_decay: float = 1e-2
    seed: int = 0


def tuned(
    start: LinearEncoder,
    blocks: list[tuple[Floats, NDArray[np.intp]]],
    recipe: TuningRecipe,
    told: Callable[[float], None] = lambda done: None,
) -> LinearEncoder:
    """`blocks`: features `(N, F)` and classes `(N,)`, each a draw of augmentations; they are gone
    through one after another, again and again."""
    generator = torch.Generator().manual_seed(recipe.seed)
    count = 1 + max(int(labels.max()) for _, labels in blocks)
    weights = nn.Parameter(torch.from_numpy(start.weights.copy()))
    bias = nn.Parameter(torch.from_numpy(start.bias.copy()))
    sums = torch.zeros(count, weights.shape[1])
    with torch.no_grad():
        for features, labels in blocks:
            vectors = functional.normalize(torch.from_numpy(features) @ weights + bias, dim=1)
            sums.index_add_(0, torch.from_numpy(labels), vectors)
    proxies = nn.Parameter(functional.normalize(sums, dim=1))
    optimiser = torch.optim.AdamW(
        [
            {"params": [weights, bias], "lr": recipe.map_rate},
            {"params": [proxies], "lr": recipe.proxy_rate, "weight_decay": 0.0},
        ],
        weight_decay=recipe.weight_decay,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [recipe.map_rate, recipe.proxy_rate], total_steps=recipe.steps + 1
    )
    step, block = 0, 0
    while step < recipe.steps:
        features, labels = blocks[block % len(blocks)]
        block += 1
        for index in torch.randperm(len(labels), generator=generator).split(recipe.batch_size):
            batch = torch.from_numpy(features[index.numpy()])
            wanted = torch.from_numpy(labels[index.numpy()])
            loss = _loss(batch @ weights + bias, proxies, wanted, recipe)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            if step >= recipe.steps:
                break
        told(step / recipe.steps)
    return LinearEncoder(weights.detach().numpy(), bias.detach().numpy())


def _loss(vectors: Tensor, proxies: Tensor, wanted: Tensor, recipe: TuningRecipe) -> Tensor:
    cosines = functional.normalize(vectors, dim=1) @ functional.normalize(proxies, dim=1).T
    less = functional.one_hot(wanted, len(proxies)) * recipe.margin
    return functional.cross_entropy(recipe.scale * (cosines - less), wanted)
