"""A hand that rests: what a sensor says then, whatever its units."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.glove.calibration.acc_units import GRAVITY_REMOVED_BELOW
from engine.glove.sample import Vector

_LOOK_EVERY_S = 0.1
_FEWEST = 8
# Of its own length; a hand that is held in the air trembles by a hundredth.
_MOST_SPREAD, _MOST_SHIFT = 0.025, 0.02
_MOST_WITHOUT_GRAVITY = 0.15
_MOST_TURN_DPS = 25.0
_LONGEST_GAP_S = 0.6
_KEPT_PART = 0.5


@dataclass(frozen=True, slots=True)
class Rest:
    """Means over the rest, in the device's own units: `acc`, its length `norm`, and `gyro`, which
    is the rate's bias; None where there are no rates."""

    acc: Vector
    norm: float
    gyro: Vector | None


class RestFinder:
    """Looks for `seconds` of rest in one go. Movement begins it anew."""

    def __init__(self, seconds: float = 2.0, gyro_known: bool = False) -> None:
        """`gyro_known`: rates are in °/s, so that a slow turn about gravity is seen too."""
        self._seconds, self._gyro_known = seconds, gyro_known
        self._times: list[float] = []
        self._rows: list[tuple[float, ...]] = []
        self._looked_s = -math.inf
        self.rest: Rest | None = None

    @property
    def progress(self) -> float:
        """0..1."""
        if self.rest is not None:
            return 1.0
        span = self._times[-1] - self._times[0] if self._times else 0.0
        return min(0.99, span / self._seconds)

    def observe(self, t_s: float, acc: Vector, gyro: Vector | None) -> None:
        """A sample measured at `t_s`, later with each; nothing changes once rest was found."""
        if self.rest is not None:
            return
        row = (*acc, *(gyro or ()))
        if self._rows and (
            len(row) != len(self._rows[0]) or not 0 <= t_s - self._times[-1] <= _LONGEST_GAP_S
        ):
            self._times, self._rows = [], []
        self._times.append(t_s)
        self._rows.append(row)
        if t_s - self._looked_s < _LOOK_EVERY_S and t_s >= self._looked_s:
            return
        self._looked_s = t_s
        if len(self._rows) < _FEWEST:
            return
        rows = np.array(self._rows)
        if not self._is_still(rows):
            kept = max(1, int(len(self._rows) * _KEPT_PART))
            self._times, self._rows = self._times[-kept:], self._rows[-kept:]
        elif self._times[-1] - self._times[0] >= self._seconds:
            self.rest = _rest_of(rows)

    def _is_still(self, rows: NDArray[np.float64]) -> bool:
        acc = rows[:, :3]
        norm = float(np.linalg.norm(acc.mean(axis=0)))
        half = len(rows) // 2
        shift = float(np.linalg.norm(acc[:half].mean(axis=0) - acc[half:].mean(axis=0)))
        spread = float(acc.std(axis=0).max())
        if norm < GRAVITY_REMOVED_BELOW:
            still = max(spread, shift) <= _MOST_WITHOUT_GRAVITY
        else:
            still = spread <= _MOST_SPREAD * norm and shift <= _MOST_SHIFT * norm
        if self._gyro_known and rows.shape[1] == 6:
            still = still and float(np.linalg.norm(rows[:, 3:].mean(axis=0))) <= _MOST_TURN_DPS
        return still


def _rest_of(rows: NDArray[np.float64]) -> Rest:
    x, y, z, *rates = rows.mean(axis=0).tolist()
    gyro = (rates[0], rates[1], rates[2]) if rates else None
    return Rest((x, y, z), math.hypot(x, y, z), gyro)
