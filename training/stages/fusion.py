"""Stage 4: temperature and weight of each stream, and the thresholds below which the answer is
'no sign'.

Everything is learnt on validation signers; test signers are not used.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.bundle import FusionSpecification
from engine.recognition.late_fusion import late_fusion

TRUE_SIGNS_KEPT = 0.95
"""Share of the validation signs that the thresholds must accept."""

SLACK = 0.1
"""Subtracted from the energy threshold: live, the segmenter cuts a sign out with less rest around
it than validation clips have, and its energy is a little lower."""

STRICTEST = 0.8
"""No threshold of confidence is above this."""


def best_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature of least negative log-likelihood (Guo et al., 2017), to 2 %, over the clips
    that the stream saw."""
    saw = ~logits.isnan().any(dim=1)
    if not saw.any():
        return 1.0
    candidates = torch.exp(torch.linspace(-1.6, 1.6, 161))
    losses = [float(functional.cross_entropy(logits[saw] / t, labels[saw])) for t in candidates]
    return round(float(candidates[int(np.argmin(losses))]), 4)


def fit_fusion(logits: Mapping[str, Tensor], labels: Tensor) -> FusionSpecification:
    """Temperatures and weights from validation `{stream: (N, classes)}` and `(N,)` labels, for any
    of the streams `video`, `sensor_generated` and `landmarks`.

    The generated and the measured sensor stream never stand together: the weight found for the
    generated one serves both. Among weights on a grid, the least negative log-likelihood wins; each
    stream keeps a share, for the others may have nothing to say.
    """
    streams = tuple(stream for stream in _FITTED if stream in logits)
    temperatures = {stream: best_temperature(values, labels) for stream, values in logits.items()}
    chosen = {stream: logits[stream] for stream in streams}
    weights, best = {stream: 1 / len(streams) for stream in streams}, float("inf")
    for shares in _shares(len(streams)):
        tried = dict(zip(streams, shares, strict=True))
        fused = late_fusion(chosen, temperatures, tried)
        loss = float(functional.nll_loss(fused.clamp_min(1e-9).log(), labels))
        if loss < best:
            weights, best = tried, loss
    weights = {stream: round(value, 4) for stream, value in weights.items()}
    if "sensor_generated" in weights:
        weights["sensor_measured"] = weights["sensor_generated"]
    return FusionSpecification(method="calibrated", temperatures=temperatures, weights=weights)


_FITTED = ("video", "sensor_generated", "landmarks")
_GRID = 20


def _shares(count: int) -> Iterator[tuple[float, ...]]:
    """Weights of `count` streams that sum to 1, each at least one step of the grid; of two, each at
    least a fifth."""
    if count == 1:
        yield (1.0,)
        return
    least = 4 if count == 2 else 1
    for steps in itertools.product(range(least, _GRID), repeat=count - 1):
        rest = _GRID - sum(steps)
        if rest >= least:
            yield tuple(step / _GRID for step in (*steps, rest))


def fit_measured_weight(
    fusion: FusionSpecification,
    logits: Mapping[str, Tensor],
    labels: Tensor,
    stream: Literal["sensor_measured", "sensor_mixed"] = "sensor_measured",
) -> FusionSpecification:
    """Temperature and weight of a sensor stream that takes the generated one's place, on recordings
    with live armbands.

    Of the weights on a grid with which as many clips are named right as by the best stream alone,
    and as with the generated stream in that place, the one of least negative log-likelihood; where
    there is none such, of those that name most.
    """
    others = {key: logits[key] for key in ("video", "landmarks") if key in logits}
    tried = {**others, stream: logits[stream]}
    temperatures = {**fusion.temperatures, stream: best_temperature(logits[stream], labels)}
    given = {key: fusion.weights[key] for key in others}
    wanted = max(_right(values, labels) for values in tried.values())
    if "sensor_generated" in logits:
        before = {**others, "sensor_generated": logits["sensor_generated"]}
        wanted = max(wanted, _right(late_fusion(before, temperatures, fusion.weights), labels))
    best: tuple[int, float] = -1, float("inf")
    best_weight = 0.0
    for share in np.linspace(0.05, 0.9, 18):
        weight = float(sum(given.values()) * share / (1 - share))
        fused = late_fusion(tried, temperatures, {**given, stream: weight})
        loss = float(functional.nll_loss(fused.clamp_min(1e-9).log(), labels))
        hits = min(wanted, _right(fused, labels))
        if (-hits, loss) < (-best[0], best[1]):
            best, best_weight = (hits, loss), weight
    weights = {**fusion.weights, stream: round(best_weight, 4)}
    return FusionSpecification(method="calibrated", temperatures=temperatures, weights=weights)


def _right(scores: Tensor, labels: Tensor) -> int:
    """How many of `(N, classes)`, the last being 'no sign', name their word; a row with NaN (the
    stream saw nothing) does not."""
    seen = ~scores.isnan().any(dim=1)
    return int(((scores[:, :-1].argmax(dim=1) == labels) & seen).sum())


def fit_threshold(probabilities: Tensor, labels: Tensor, no_sign: int, lost: float) -> float:
    """The confidence that all but a share `lost` of the validation signs reach; at most
    `STRICTEST`, for signers in other rooms are named with less of it."""
    signs = probabilities[labels < no_sign]
    confidence = signs[:, :no_sign].max(dim=1).values.cpu().numpy()
    return min(STRICTEST, _floor(float(np.quantile(confidence, lost))))


def fit_energy(energy: Tensor, labels: Tensor, no_sign: int, lost: float) -> float | None:
    """The energy that all but a share `lost` of the validation signs reach, less `SLACK`; NaN: not
    seen. None when none was seen."""
    signs = energy[(labels < no_sign) & ~energy.isnan()].cpu().numpy()
    if not len(signs):
        return None
    return _floor(float(np.quantile(signs, lost)) - SLACK)


def _floor(value: float) -> float:
    """To four digits, and downwards: rounded up, it would refuse who reached it."""
    return math.floor(value * 1e4) / 1e4
