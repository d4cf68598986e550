"""A CUDA card: one clip at a time, as live, and as many as it likes."""

from __future__ import annotations

import time

import numpy as np
import torch

from engine.benchmark.flops import flops_of
from engine.benchmark.matrix_peak import matrix_peak_flops
from engine.bundle import Bundle
from engine.runtime.cuda_run import CudaRun
from engine.runtime.parts import example_of, network_of

BATCH = 64
_ROUNDS = 30


def cuda_figures(bundle: Bundle) -> dict[str, object]:
    """Both I3Ds and heads in bf16: milliseconds a prediction with a batch of one (clip from the
    CPU, answers back on it), and with a batch of 64 the share of the matrix-multiply peak in bf16,
    measured in the same run. Raises RuntimeFailedError."""
    network, clip = network_of(bundle, "video"), example_of(bundle, "video")
    peak = matrix_peak_flops(torch.device("cuda"), torch.bfloat16)
    one = CudaRun(network, clip, "bf16")
    single = [_timed(lambda: one(clip)) for _ in range(_ROUNDS)]
    batch = np.repeat(clip, BATCH, axis=0)
    many = CudaRun(network, batch, "bf16")
    there = torch.from_numpy(batch).cuda()
    together = [_timed(lambda: many.on_card(there)) for _ in range(_ROUNDS)]
    flops = flops_of(network, clip) * BATCH
    batch_ms = float(np.median(together))
    return {
        "bf16_peak_tflops": round(peak / 1e12, 1),
        "batch_1_ms_median": round(float(np.median(single)), 3),
        "batch_1_ms_p95": round(float(np.quantile(single, 0.95)), 3),
        f"batch_{BATCH}_ms_median": round(batch_ms, 2),
        f"batch_{BATCH}_share_of_peak": round(flops / (batch_ms / 1e3) / peak, 3),
    }


def _timed(work: object) -> float:
    assert callable(work)
    torch.cuda.synchronize()
    started = time.perf_counter()
    work()
    torch.cuda.synchronize()
    return (time.perf_counter() - started) * 1e3
