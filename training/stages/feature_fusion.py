"""Trains the fusion network of the `feature` method on features of augmented training clips."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from engine.models.fusion import FeatureFusion
from training.errors import DataError
from training.trainer.divergence import NoNumberError, a_number, diverged

_EPOCHS, _RATE, _BATCH = 60, 1e-3, 64


def train_feature_fusion(
    features: tuple[Tensor, Tensor],
    labels: Tensor,
    validation: tuple[Tensor, Tensor],
    validation_labels: Tensor,
    classes: int,
    *,
    seed: int,
) -> FeatureFusion:
    """Learn from `(N, 128)` features of (augmented) training clips; the epoch that is best on
    validation is kept. Raises DataError where there are too few clips, or where the loss is no
    number."""
    if len(labels) < 2 or not len(validation_labels):
        raise DataError("feature fusion: needs two training clips and one for validation, at least")
    torch.manual_seed(seed)
    network = FeatureFusion(classes)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=1e-3)
    best, best_loss = {k: v.clone() for k, v in network.state_dict().items()}, float("inf")
    for epoch in range(1, _EPOCHS + 1):
        network.train()
        order = torch.randperm(len(labels))
        for start in range(0, len(order) - 1, _BATCH):
            chosen = order[start : start + _BATCH]
            if len(chosen) < 2:
                continue
            logits = network(features[0][chosen], features[1][chosen])
            loss = functional.cross_entropy(logits, labels[chosen], label_smoothing=0.1)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
        network.eval()
        with torch.no_grad():
            watched = float(functional.cross_entropy(network(*validation), validation_labels))
        try:
            a_number(watched, "the validation loss")
        except NoNumberError as error:
            raise diverged("feature fusion", epoch, error) from error
        if watched < best_loss:
            best_loss = watched
            best = {k: v.clone() for k, v in network.state_dict().items()}
    network.load_state_dict(best)
    return network.eval()
