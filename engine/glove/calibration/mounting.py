"""How a device sits on the wrist: its axes against those that the network knows.

Nobody says how a board was glued on. But the generated trace says what an armband in its usual
place would measure of the movement that the camera sees; of all ways to turn the device, the right
one fits best, in acceleration with gravity in it and in rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.glove.alignment.cross_correlation import FURTHEST_S, Traces
from engine.glove.calibration.signed_axes import (
    IDENTITY,
    ROTATIONS,
    SIGNED_AXES,
    Matrix,
    as_matrix,
)
from engine.glove.resampling import interpolated, mean_about

_GRID_HZ = 50.0
_SMOOTH_S = 0.08
_SLOW_S = 1.0
_SHORTEST_S = 2.0
_LEAST_AGREEMENT = 0.25
_LEAST_MARGIN = 0.08


@dataclass(frozen=True, slots=True)
class MountingFit:
    """`axes`: from the device's axes to the wrist's; a rotation, or a mirroring where the device's
    acceleration has the other sign. `score` -1..1 of the fit; `margin`: by how much the second best
    falls short; `agreement`: correlation of what moves, over all six channels; `offset_s`: as in
    alignment."""

    axes: Matrix
    score: float
    margin: float
    agreement: float
    offset_s: float

    @property
    def is_sure(self) -> bool:
        return self.agreement >= _LEAST_AGREEMENT and self.margin >= _LEAST_MARGIN


def fit_mounting(
    measured: Traces,
    generated: Traces,
    gyro_frame: Matrix = IDENTITY,
    any_sign: bool = False,
) -> MountingFit | None:
    """The best of 24 rotations, at the best of all offsets up to 0.7 s.

    `measured`: `(N, 6)` in the device's axes, in g and °/s, acceleration and rate in the same
    right-handed axes; rates NaN where there are none. `generated`: `(M, 6)` as the network gives
    it; `gyro_frame` brings true rates into its own. `any_sign`: 48, for a device whose acceleration
    may have the other sign. None where there is too little in common.
    """
    sides = _both_sides(measured, generated)
    if sides is None:
        return None
    found, wanted, furthest = sides
    n = len(wanted)
    candidates = SIGNED_AXES if any_sign else ROTATIONS
    turned = np.linalg.det(candidates)[:, None, None] * (np.array(gyro_frame) @ candidates)
    moving = _moving(found), _moving(wanted)
    has_rates = bool(np.isfinite(measured.values[:, 3:]).any())
    scores = np.empty((2 * furthest + 1, len(candidates)))
    agreements = np.empty_like(scores)
    for lag in range(2 * furthest + 1):
        part = slice(lag, lag + n)
        acc = _fit(found[part, :3], wanted[:, :3], candidates)
        acc_moving = _fit(moving[0][part, :3], moving[1][:, :3], candidates)
        rate = _fit(found[part, 3:], wanted[:, 3:], turned)
        agreements[lag] = (acc_moving + rate) / (1 + has_rates)
        scores[lag] = (acc + acc_moving + rate) / (2 + has_rates)
    best_of_each = scores.max(axis=0)
    best = int(best_of_each.argmax())
    lag = int(scores[:, best].argmax())
    return MountingFit(
        axes=as_matrix(candidates[best]),
        score=float(best_of_each[best]),
        margin=float(best_of_each[best] - np.delete(best_of_each, best).max()),
        agreement=float(agreements[lag, best]),
        offset_s=(furthest - lag) / _GRID_HZ,
    )


def upright(up: NDArray[np.float64]) -> Matrix:
    """The least rotation of 24 that brings what is up when the palm is down, `(3,)` in the device's
    axes, to the wrist's z; where nothing better is known."""
    best = max(range(len(ROTATIONS)), key=lambda i: _uprightness(ROTATIONS[i], up))
    return as_matrix(ROTATIONS[best])


def _uprightness(rotation: NDArray[np.float64], up: NDArray[np.float64]) -> float:
    # Of those that are as upright, the nearest to how it came.
    return float(rotation[2] @ up) + 1e-3 * float(np.trace(rotation))


def _both_sides(
    measured: Traces, generated: Traces
) -> tuple[NDArray[np.float64], NDArray[np.float64], int] | None:
    """Both on a grid of 50 Hz, the first longer by the furthest offset on either side; the second
    only where the first is there, whatever the offset."""
    if len(measured.t_s) < 10 or len(generated.t_s) < 10:
        return None
    furthest = round(FURTHEST_S * _GRID_HZ)
    begin = max(float(generated.t_s[0]), float(measured.t_s[0]) + FURTHEST_S)
    end = min(float(generated.t_s[-1]), float(measured.t_s[-1]) - FURTHEST_S)
    n = int((end - begin) * _GRID_HZ)
    if n < _SHORTEST_S * _GRID_HZ:
        return None
    grid = begin + np.arange(-furthest, n + furthest) / _GRID_HZ
    values = np.nan_to_num(measured.values)
    found = interpolated(grid, measured.t_s, values)
    inside = grid[furthest : furthest + n]
    wanted = interpolated(inside, generated.t_s, generated.values)
    return _smooth(found), _smooth(wanted), furthest


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return mean_about(values, round(_SMOOTH_S * _GRID_HZ / 2))


def _moving(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without what changes slowly."""
    return values - mean_about(values, round(_SLOW_S * _GRID_HZ / 2))


def _fit(
    found: NDArray[np.float64], wanted: NDArray[np.float64], turns: NDArray[np.float64]
) -> NDArray[np.float64]:
    """`(K,)` cosine of `wanted` `(n, 3)` and `found` `(n, 3)` turned by each of `turns`."""
    size = np.sqrt((found**2).sum() * (wanted**2).sum())
    if size < 1e-9:
        return np.zeros(len(turns))
    return np.einsum("kij,ij->k", turns, wanted.T @ found) / size
