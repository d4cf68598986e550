"""Figures: top-1, expected calibration error, correlation of traces."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def top1(scores: Tensor, labels: Tensor, words: int) -> int:
    """How many of `(B, >= words)` scores name their word; 'no sign' is not among the choices."""
    return int((scores[:, :words].argmax(dim=1) == labels).sum())


def correlation(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float64]:
    """Pearson r over the last axis; 0 where either side does not move at all."""
    a64, b64 = a.astype(np.float64), b.astype(np.float64)
    a64 = a64 - a64.mean(axis=-1, keepdims=True)
    b64 = b64 - b64.mean(axis=-1, keepdims=True)
    spread = np.sqrt((a64**2).sum(axis=-1) * (b64**2).sum(axis=-1))
    together = (a64 * b64).sum(axis=-1)
    return np.divide(together, spread, out=np.zeros_like(together), where=spread > 1e-9)


def trace_r(
    generated: NDArray[np.float32], measured: NDArray[np.float32], live: NDArray[np.bool_]
) -> float:
    """Median over live sensors of Pearson's r between its simulated and its measured trace.

    `generated`, `measured` are `(N, 3 k, n)`, x y z of each of k sensors; `live` is `(N, k)`. A
    sensor's three axes are one trace, so an axis that hardly moves weighs little; means are taken
    out axis by axis first, so a well-guessed gravity alone earns nothing. NaN when no sensor is
    live.
    """
    n = len(live)

    def armbands(trace: NDArray[np.float32]) -> NDArray[np.float32]:
        return (trace - trace.mean(axis=-1, keepdims=True)).reshape(n, live.shape[1], -1)

    r = correlation(armbands(generated), armbands(measured))
    return float(np.median(r[live])) if live.any() else float("nan")


def calibration_error(probabilities: Tensor, labels: Tensor, bins: int = 15) -> float:
    """Expected calibration error of `(N, classes)` probabilities (Guo et al., 2017)."""
    confidence, guess = probabilities.max(dim=1)
    right = (guess == labels).to(probabilities)
    edges = torch.linspace(0, 1, bins + 1, device=confidence.device)
    which = torch.bucketize(confidence, edges[1:-1])
    gap = 0.0
    for b in range(bins):
        inside = which == b
        if inside.any():
            share = float(inside.float().mean())
            gap += share * abs(float(right[inside].mean()) - float(confidence[inside].mean()))
    return gap
