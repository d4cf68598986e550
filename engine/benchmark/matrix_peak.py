"""How fast this very machine multiplies matrices: what any network's speed is held against."""

from __future__ import annotations

import time

import torch
from torch import Tensor

_CUDA_SIZES = (2048, 4096, 8192)
_CPU_SIZES = (256, 512, 1024, 2048)


@torch.no_grad()
def matrix_peak_flops(device: torch.device, dtype: torch.dtype, *, seconds: float = 1.0) -> float:
    """FLOP/s of `a @ b` in `dtype`, 2 n^3 for a side of n: the best over a few square sizes.

    On the CPU with torch's current number of threads. It takes about `seconds`; longer where one
    multiplication does.
    """
    sizes = _CUDA_SIZES if device.type == "cuda" else _CPU_SIZES
    share_s = seconds / len(sizes)
    best = 0.0
    for size in sizes:
        a, b = _operands(size, device, dtype)
        product = torch.empty_like(a)
        # The first call also chooses a kernel and takes its workspace.
        first_s = _duration_s(a, b, product, 1)
        repeats, spent_s = 1, 0.0
        while spent_s < share_s:
            taken_s = _duration_s(a, b, product, repeats)
            spent_s += taken_s
            best = max(best, 2.0 * size**3 * repeats / taken_s)
            # Long enough that neither the clock nor the waiting for the device shows, short enough
            # that a machine busy with something else for a moment is caught idle in another one.
            if taken_s < share_s / 8:
                repeats *= 2
        if first_s > share_s:
            # Where one multiplication is that slow, the next size, eight times as much, tells
            # nothing new.
            break
    return best


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
