"""The 48 ways to name and point three axes: 24 rotations, and 24 that also mirror."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

from engine.glove.sample import Vector

Matrix = tuple[Vector, Vector, Vector]
"""Rows; it is multiplied from the left to a column vector."""

IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

ACC_MIRROR = np.array([1.0, -1.0, 1.0], np.float32)
GYRO_MIRROR = np.array([-1.0, 1.0, -1.0], np.float32)
"""What the other wrist measures that moves as the mirror image of this one, channel by channel in
the wrist's axes. The mirror is the plane across y. A rate is axial: its component along the
mirror's normal stays, the others change sign. asl20 confirms it: in signs that both hands make
alike, left and right accelerations correlate by about 0.8, −0.7, 0.8.
"""


def _all() -> NDArray[np.float64]:
    found = np.zeros((48, 3, 3))
    choices = product(permutations(range(3)), product((1.0, -1.0), repeat=3))
    for one, (order, signs) in zip(found, choices, strict=True):
        one[range(3), order] = signs
    return found


SIGNED_AXES = _all()
"""`(48, 3, 3)`, the identity first."""

ROTATIONS = SIGNED_AXES[np.linalg.det(SIGNED_AXES) > 0]
"""`(24, 3, 3)`: those that keep a right-handed system right-handed, the identity first."""


def as_matrix(array: NDArray[np.floating]) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = array.tolist()
    return ((a, b, c), (d, e, f), (g, h, i))


def is_signed_axes(matrix: Matrix) -> bool:
    """Whether it is one of the 48."""
    return bool((np.array(matrix) == SIGNED_AXES).all(axis=(1, 2)).any())
