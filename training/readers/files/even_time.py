"""Samples by a file's own clock, made even in time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.glove.resampling import interpolated
from training.errors import DataError


def evenly_in_time(
    file: Path, samples: NDArray[np.float64], time: NDArray[np.float64]
) -> tuple[NDArray[np.float32], float]:
    """As many samples as before, `(n, channels)`, and how many there are in a unit of that clock.
    Raises DataError naming a file whose clock runs backwards or stands still."""
    since = time - time[0]
    if not np.isfinite(since).all() or not (np.diff(since) >= 0).all() or since[-1] <= 0:
        raise DataError(f"{file}: its time column runs backwards or stands still")
    even = np.linspace(0, since[-1], len(since))
    return interpolated(even, since, samples).astype(np.float32), float(
        (len(since) - 1) / since[-1]
    )
