"""How fast this very machine multiplies matrices by NumPy: where torch is not installed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from engine.benchmark.best_rate import CPU_SIZES, Timer, best_flops
from engine.benchmark.in_own_process import in_own_process

_VARIABLES = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
"""What the libraries that NumPy may be built with read, each its own."""


def numpy_peak_flops(threads: int) -> float:
    """FLOP/s of `a @ b` in fp32 with so many threads, as `matrix_peak_flops`. Raises
    MeasurementError."""
    # They read it as they are loaded, and here they are.
    with _told(threads):
        return in_own_process(_measured)(1.0)


def _measured(seconds: float) -> float:
    return best_flops(_multiplying, CPU_SIZES, seconds=seconds)


def _multiplying(size: int) -> Timer:
    rng = np.random.default_rng(0)
    a, b = (rng.random((size, size), np.float32) - np.float32(0.5) for _ in range(2))
    product = np.empty_like(a)

    def timer(repeats: int) -> float:
        started = time.perf_counter()
        for _ in range(repeats):
            np.matmul(a, b, out=product)
        return max(time.perf_counter() - started, 1e-9)

    return timer


@contextmanager
def _told(threads: int) -> Iterator[None]:
    kept = {name: os.environ.get(name) for name in _VARIABLES}
    os.environ.update(dict.fromkeys(_VARIABLES, str(threads)))
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
