"""Stage 4: how far each stream is to be believed, and when to say 'no sign'.

Everything is learnt on validation signers; test signers are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.bundle import FusionSpecification
from engine.models.fusion import late_fusion

TRUE_SIGNS_KEPT = 0.95
"""Share of validation signs that the rejection threshold must let through."""


def best_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature of least negative log-likelihood (Guo et al., 2017), to 2 %."""
    candidates = torch.exp(torch.linspace(-1.6, 1.6, 161))
    losses = [float(functional.cross_entropy(logits / t, labels)) for t in candidates]
    return round(float(candidates[int(np.argmin(losses))]), 4)


def fit_fusion(logits: Mapping[str, Tensor], labels: Tensor) -> FusionSpecification:
    """Temperatures and weights from validation `{stream: (N, classes)}` and `(N,)` labels.

    The generated and the measured sensor stream never stand together: the weight found for the
    generated one serves both. Among weights on a grid, the least negative log-likelihood wins.
    """
    temperatures = {stream: best_temperature(values, labels) for stream, values in logits.items()}
    pair = {stream: logits[stream] for stream in ("video", "sensor_generated")}
    weights, best = {"video": 0.5, "sensor_generated": 0.5}, float("inf")
    for share in np.linspace(0.2, 0.8, 13):
        tried = {"video": float(share), "sensor_generated": float(1 - share)}
        fused = late_fusion(pair, temperatures, tried)
        loss = float(functional.nll_loss(fused.clamp_min(1e-9).log(), labels))
        if loss < best:
            weights, best = tried, loss
    weights = {stream: round(value, 4) for stream, value in weights.items()}
    weights["sensor_measured"] = weights["sensor_generated"]
    return FusionSpecification(method="calibrated", temperatures=temperatures, weights=weights)


def fit_measured_weight(
    fusion: FusionSpecification, logits: Mapping[str, Tensor], labels: Tensor
) -> FusionSpecification:
    """The measured sensor stream's temperature and weight, on recordings with live armbands."""
    pair = {stream: logits[stream] for stream in ("video", "sensor_measured")}
    temperatures = dict(fusion.temperatures)
    temperatures["sensor_measured"] = best_temperature(pair["sensor_measured"], labels)
    best_weight, best = 0.0, float("inf")
    video = fusion.weights["video"]
    for share in np.linspace(0.05, 0.8, 16):
        weight = float(video * share / (1 - share))
        fused = late_fusion(pair, temperatures, {"video": video, "sensor_measured": weight})
        loss = float(functional.nll_loss(fused.clamp_min(1e-9).log(), labels))
        if loss < best:
            best_weight, best = weight, loss
    weights = {**fusion.weights, "sensor_measured": round(best_weight, 4)}
    return FusionSpecification(method="calibrated", temperatures=temperatures, weights=weights)


def fit_threshold(probabilities: Tensor, labels: Tensor, no_sign: int) -> float:
    """The confidence that `TRUE_SIGNS_KEPT` of the validation signs reach."""
    signs = probabilities[labels < no_sign]
    confidence = signs[:, :no_sign].max(dim=1).values.cpu().numpy()
    return round(float(np.quantile(confidence, 1 - TRUE_SIGNS_KEPT)), 4)
