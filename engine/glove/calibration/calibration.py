"""What turns a device's own numbers into g and °/s in the wrist's axes."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.glove.calibration.signed_axes import (
    ACC_MIRROR,
    GYRO_MIRROR,
    IDENTITY,
    Matrix,
    as_matrix,
    is_signed_axes,
)
from engine.glove.sample import Hand, Vector

Placement = Literal["hand", "wrist", "forearm"]
Source = Literal["assumed", "found", "chosen"]
"""Where the mounting comes from: nothing better was known, the movement told, or somebody did."""


@dataclass(frozen=True)
class Calibration:
    """Wrist's axes: x along the arm towards the elbow, so that an arm that hangs reads +1 g; z out
    of the back of the hand; y to the right of a hand that points forward with its palm down.

    `acc_per_g`: how many units of acceleration make one g; `dps_per_unit`: °/s in one unit of rate;
    `gyro_bias`, raw, what the rates are at rest. `gyro_axes`: signed axes from raw rates to the
    accelerometer's axes. `mounting`: signed axes from those to the wrist's; a mirroring where the
    acceleration has the other sign. `is_mirrored`: handed on as the other hand's, see `mirrored`.
    Raises ValueError for what cannot be.
    """

    hand: Hand
    placement: Placement = "wrist"
    acc_unit: str = "g"
    acc_per_g: float = 1.0
    gyro_unit: str = "°/s"
    dps_per_unit: float = 1.0
    gyro_bias: Vector = (0.0, 0.0, 0.0)
    gyro_axes: Matrix = IDENTITY
    mounting: Matrix = IDENTITY
    mounting_source: Source = "assumed"
    is_mirrored: bool = False
    _acc: Matrix = field(init=False, repr=False, compare=False, default=IDENTITY)
    _gyro: Matrix = field(init=False, repr=False, compare=False, default=IDENTITY)

    def __post_init__(self) -> None:
        numbers = (self.acc_per_g, self.dps_per_unit, *self.gyro_bias)
        if not all(map(math.isfinite, numbers)) or self.acc_per_g <= 0 or self.dps_per_unit <= 0:
            raise ValueError("units must be positive, and a bias finite")
        if not all(map(is_signed_axes, (self.gyro_axes, self.mounting))):
            raise ValueError("axes must be signed axes")
        mounting = np.array(self.mounting)
        # Rates turn the other way in a mirror.
        turned = np.linalg.det(mounting) * mounting @ np.array(self.gyro_axes)
        if self.is_mirrored:
            mounting, turned = ACC_MIRROR[:, None] * mounting, GYRO_MIRROR[:, None] * turned
        object.__setattr__(self, "_acc", as_matrix(mounting / self.acc_per_g))
        object.__setattr__(self, "_gyro", as_matrix(turned * self.dps_per_unit))

    def apply(self, acc: Vector, gyro: Vector) -> tuple[Vector, Vector]:
        """One raw sample to (g, °/s) in the wrist's axes."""
        bx, by, bz = self.gyro_bias
        gx, gy, gz = gyro
        return _times(self._acc, acc), _times(self._gyro, (gx - bx, gy - by, gz - bz))

    def apply_arrays(
        self, acc: NDArray[np.floating], gyro: NDArray[np.floating]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The same for `(N, 3)` and `(N, 3)`."""
        bias = np.array(self.gyro_bias)
        return acc @ np.array(self._acc).T, (gyro - bias) @ np.array(self._gyro).T

    def turned(self, axis: Literal["x", "y", "z"], quarters: int = 1) -> Calibration:
        """Corrected by hand: turned about an axis of the wrist by so many right angles."""
        one = {
            "x": ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (0.0, 1.0, 0.0)),
            "y": ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0)),
            "z": ((0.0, -1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),
        }[axis]
        by = np.linalg.matrix_power(np.array(one), quarters % 4)
        mounting = as_matrix(by @ np.array(self.mounting) + 0.0)
        return replace(self, mounting=mounting, mounting_source="chosen")


def mirrored(acc: Vector, gyro: Vector) -> tuple[Vector, Vector]:
    """What the other hand would measure that moves as the mirror image of this one, in its wrist's
    axes; for a left-handed signer and a vocabulary of right-handed ones."""
    return _signed(ACC_MIRROR, acc), _signed(GYRO_MIRROR, gyro)


def _signed(signs: NDArray[np.float32], v: Vector) -> Vector:
    x, y, z = (np.array(v) * signs).tolist()
    return x, y, z


def _times(m: Matrix, v: Vector) -> Vector:
    (a, b, c), (d, e, f), (g, h, i) = m
    x, y, z = v
    return (a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)
