"""Simulated people who put on a device of made-up units and axes, and do what they are asked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.glove.calibration.acc_units import ACC_UNITS
from engine.glove.calibration.gyro_axes import GYRO_UNITS
from engine.glove.calibration.signed_axes import ROTATIONS, SIGNED_AXES
from tests.engine.glove.simulated_wearer import Worn, generated, worn

RATE_HZ = 100.0
ACC_NOISE_G, GYRO_NOISE_DPS = 0.01, 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Wearer:
    """`truth`: the wrist in its own axes. `raw` `(N, 6)` at `t_s`: what the device sends.
    `acc_to_wrist`, `gyro_to_acc`: signed axes, `(3, 3)`."""

    truth: Worn
    t_s: NDArray[np.float64]
    raw: NDArray[np.float64]
    acc_unit: str
    gyro_unit: str
    acc_to_wrist: NDArray[np.float64]
    gyro_to_acc: NDArray[np.float64]
    bias: NDArray[np.float64]


def wearer(seed: int, *, seconds: float = 6.0, moving_g: float = 0.15) -> Wearer:
    """Someone who turns for so long, after lying still for two seconds and holding the palm down
    for two more."""
    rng = np.random.default_rng(seed)
    still = 4.5
    level = np.eye(3)
    truth = worn(seconds + still, rng, 90.0, moving_g, still_s=still, first=level)
    acc_to_wrist = ROTATIONS[rng.integers(len(ROTATIONS))]
    gyro_to_acc = SIGNED_AXES[rng.integers(len(SIGNED_AXES))]
    acc_unit = list(ACC_UNITS)[rng.integers(len(ACC_UNITS))]
    gyro_unit = list(GYRO_UNITS)[rng.integers(len(GYRO_UNITS))]
    bias = rng.normal(0, 2.0, 3) / GYRO_UNITS[gyro_unit]
    t_s = np.arange(0, truth.t_s[-1], 1 / RATE_HZ)
    values = truth.at(t_s)
    # Row vectors: the wrist's axes back into the device's.
    acc = values[:, :3] @ acc_to_wrist * ACC_UNITS[acc_unit]
    gyro = values[:, 3:] @ acc_to_wrist @ gyro_to_acc / GYRO_UNITS[gyro_unit] + bias
    acc += rng.normal(0, ACC_NOISE_G * ACC_UNITS[acc_unit], acc.shape)
    gyro += rng.normal(0, GYRO_NOISE_DPS / GYRO_UNITS[gyro_unit], gyro.shape)
    raw = np.concatenate([acc, gyro], axis=1)
    return Wearer(truth, t_s, raw, acc_unit, gyro_unit, acc_to_wrist, gyro_to_acc, bias)


def imagined(one: Wearer, seed: int) -> Worn:
    """What a network makes of the pictures of that wrist, as good as ours."""
    return generated(one.truth, np.random.default_rng(seed + 1000))
