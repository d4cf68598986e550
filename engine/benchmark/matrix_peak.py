"""How fast this very machine multiplies matrices by torch: what any network's speed is held
against, live and in training."""

from __future__ import annotations

import time

import torch
from torch import Tensor

from engine.benchmark.best_rate import CPU_SIZES, Timer, best_flops

_CUDA_SIZES = (2048, 4096, 8192)


@torch.no_grad()
def matrix_peak_flops(device: torch.device, dtype: torch.dtype, *, seconds: float = 1.0) -> float:
    """FLOP/s of `a @ b` in `dtype`, 2 n^3 for a side of n: the best over a few square sizes.

    On the CPU with torch's current number of threads. It takes about `seconds`; longer where one
    multiplication does.
    """

    def multiplying(size: int) -> Timer:
        a, b = _operands(size, device, dtype)
        product = torch.empty_like(a)
        return lambda repeats: _duration_s(a, b, product, repeats)

    return best_flops(
        multiplying, _CUDA_SIZES if device.type == "cuda" else CPU_SIZES, seconds=seconds
    )


def _operands(size: int, device: torch.device, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    # A generator of its own: whoever measures in the middle of a run draws nothing from the run's.
    rng = torch.Generator(device).manual_seed(0)
    a, b = (torch.rand(size, size, generator=rng, device=device) - 0.5 for _ in range(2))
    return a.to(dtype), b.to(dtype)


def _duration_s(a: Tensor, b: Tensor, product: Tensor, repeats: int) -> float:
    _settle(a.device)
    started = time.perf_counter()
    for _ in range(repeats):
        torch.mm(a, b, out=product)
    _settle(a.device)
    return max(time.perf_counter() - started, 1e-9)


def _settle(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
