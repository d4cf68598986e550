"""Latency of a network on one clip."""

from __future__ import annotations

import time
from collections.abc import Callable

import torch
from torch import Tensor


@torch.no_grad()
def latency_ms(network: Callable[[Tensor], object], clip: Tensor, runs: int = 10) -> float:
    """Median milliseconds of one clip through `network`, which is in evaluation mode."""
    times = []
    for _ in range(runs + 2):
        if clip.is_cuda:
            torch.cuda.synchronize()
        started = time.perf_counter()
        network(clip)
        if clip.is_cuda:
            torch.cuda.synchronize()
        times.append((time.perf_counter() - started) * 1e3)
    return round(sorted(times[2:])[runs // 2], 3)
