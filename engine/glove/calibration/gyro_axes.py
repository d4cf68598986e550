"""Which way a gyroscope's axes point, and its unit, from how gravity turns meanwhile.

Seen from a turning wrist, the direction of gravity turns the other way: d(â)/dt = −ω × â. Of the 48
ways to assign the gyroscope's axes to the accelerometer's, the right one makes both sides agree;
the factor between them is the unit. The accelerometer's overall sign cannot be told so: with −â
both sides change.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.glove.calibration.signed_axes import SIGNED_AXES, Matrix, as_matrix
from engine.glove.resampling import interpolated

GYRO_UNITS: dict[str, float] = {
    "°/s": 1.0,
    "rad/s": math.degrees(1.0),
    "m°/s": 0.001,
    "counts, 131 per °/s": 1 / 131,
    "counts, 65.5 per °/s": 1 / 65.5,
    "counts, 32.8 per °/s": 1 / 32.8,
    "counts, 16.4 per °/s": 1 / 16.4,
}
"""°/s in one unit."""

_GRID_HZ = 50.0
_SMOOTH_S = 0.2
_LONGEST_GAP_S = 0.25
_SHORTEST_S = 2.0
_LEAST_AGREEMENT = 0.35
_LEAST_CLEARNESS = 1.4
_MOST_UNIT_ERROR = 1.7
_LEAST_TURN = math.radians(25.0)


@dataclass(frozen=True, slots=True)
class GyroFit:
    """`axes`: signed axes that bring a raw rate into the accelerometer's axes; `unit`, of
    `GYRO_UNITS`, and `dps_per_unit`. `agreement`: correlation of the two sides, 0..1;
    `clearness`: how many times as much the second best assignment leaves unexplained."""

    axes: Matrix
    unit: str
    dps_per_unit: float
    agreement: float
    clearness: float

    @property
    def is_sure(self) -> bool:
        return self.agreement >= _LEAST_AGREEMENT and self.clearness >= _LEAST_CLEARNESS


def fit_gyro(
    t_s: NDArray[np.float64],
    acc_g: NDArray[np.float64],
    gyro: NDArray[np.float64],
    unit: str | None = None,
) -> GyroFit | None:
    """The best of 48 assignments for a hand that turned about several axes.

    `t_s` `(N,)` increasing, s; `acc_g` `(N, 3)`, gravity included; `gyro` `(N, 3)` raw, its bias
    taken off. `unit`: where it is known. None where there is too little of it, where nothing turned
    or where the factor is none of the units'.
    """
    if len(t_s) < 10 or t_s[-1] - t_s[0] < _SHORTEST_S:
        return None
    turning, gravity, rates = _both_sides(t_s, acc_g, gyro)
    if len(turning) < _SHORTEST_S * _GRID_HZ / 2:
        return None
    expected = -np.cross(rates[None] @ SIGNED_AXES.transpose(0, 2, 1), gravity[None])
    along = np.einsum("pni,ni->p", expected, turning)
    size = np.einsum("pni,pni->p", expected, expected)
    whole = float((turning**2).sum())
    agreement = along / np.sqrt(np.maximum(size * whole, 1e-30))
    best = int(agreement.argmax())
    if agreement[best] <= 0 or math.sqrt(whole / len(turning)) < _LEAST_TURN / 4:
        return None
    found = unit or _unit_of(math.degrees(float(along[best] / size[best])))
    if found is None:
        return None
    second = max(0.0, float(np.delete(agreement, best).max()))
    return GyroFit(
        axes=as_matrix(SIGNED_AXES[best]),
        unit=found,
        dps_per_unit=GYRO_UNITS[found],
        agreement=float(agreement[best]),
        clearness=(1 - second**2) / max(1 - float(agreement[best]) ** 2, 1e-9),
    )


def _both_sides(
    t_s: NDArray[np.float64], acc_g: NDArray[np.float64], gyro: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """`(n, 3)` each: the turning of gravity's direction in 1/s, that direction, and the raw rates
    meanwhile, all smoothed alike; moments that are mostly push are left out."""
    grid = np.arange(t_s[0], t_s[-1], 1 / _GRID_HZ)
    after = np.clip(np.searchsorted(t_s, grid), 1, len(t_s) - 1)
    there = t_s[after] - t_s[after - 1] <= _LONGEST_GAP_S
    acc = _smooth(interpolated(grid, t_s, acc_g))
    rates = _smooth(interpolated(grid, t_s, gyro))
    size = np.linalg.norm(acc, axis=1)
    gravity = acc / np.maximum(size, 1e-6)[:, None]
    turning = np.gradient(gravity, 1 / _GRID_HZ, axis=0)
    kept = there & (np.abs(size - 1) < 0.35)
    kept[:3] = kept[-3:] = False
    return turning[kept], gravity[kept], rates[kept]


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    half = round(2.5 * _SMOOTH_S * _GRID_HZ)
    weights = np.exp(-0.5 * (np.arange(-half, half + 1) / (_SMOOTH_S * _GRID_HZ)) ** 2)
    weights /= weights.sum()
    padded = np.pad(values, ((half, half), (0, 0)), mode="edge")
    return np.stack([np.convolve(c, weights, mode="valid") for c in padded.T], axis=1)


def _unit_of(dps_per_unit: float) -> str | None:
    def off(name: str) -> float:
        return abs(math.log(dps_per_unit / GYRO_UNITS[name]))

    nearest = min(GYRO_UNITS, key=off)
    return nearest if off(nearest) <= math.log(_MOST_UNIT_ERROR) else None
