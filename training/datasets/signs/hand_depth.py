"""What depth the points of a hand have, from how it looks in the picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from training.errors import DataError

_SOME = np.array([0, 4, 5, 8, 9, 12, 13, 16, 17, 20])
"""Points whose products are told: wrist, knuckles and tips."""

_RIDGE = 1e-3
_DEEPEST = 2.0
FEWEST = 500
"""Hands with depth that can be learnt from."""


class HandDepth:
    """A ridge regression of depths on places and the products of some of them; learnt from the sets
    that tell depth, used on those that do not."""

    def __init__(self, hands: NDArray[np.float32]) -> None:
        """`hands` `(N, 21, 3)`, right ones all, in any unit. Raises DataError for too few."""
        if len(hands) < FEWEST:
            raise DataError(f"{len(hands)} hands with depth; {FEWEST} are needed to turn hands by")
        about = hands - hands.mean(axis=1, keepdims=True)
        size = np.linalg.norm(about[..., :2], axis=2).mean(axis=1)
        about = about[size > 0] / size[size > 0, None, None]
        told = _products(about[..., :2].reshape(len(about), -1)).astype(np.float64)
        square = told.T @ told
        square[np.diag_indices_from(square)] += _RIDGE * len(about)
        self._map = np.linalg.solve(square, told.T @ about[..., 2]).astype(np.float32)

    def __call__(self, hands: Floats) -> Floats:
        """`(N, 42)` right hands about their centre, in their own size, to `(N, 21)` in the same."""
        return np.clip(_products(hands) @ self._map, -_DEEPEST, _DEEPEST)


def _products(flat: Floats) -> Floats:
    some = flat.reshape(len(flat), 21, 2)[:, _SOME].reshape(len(flat), -1)
    first, second = np.triu_indices(some.shape[1])
    ones = np.ones((len(flat), 1), np.float32)
    return np.concatenate([ones, flat, some[:, first] * some[:, second]], axis=1)
