"""Arithmetic that the live engine does with NumPy's arrays and training with torch's, on whatever
device those lie: written once, in the words of the array standard, so that both see the same."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from array_api_compat import array_namespace
from numpy.typing import NDArray

Array = TypeVar("Array", bound=Any)
"""NumPy's or torch's, of floats; a function that takes several gives back the same kind."""

Floats = NDArray[np.float32]
"""What the live engine works with."""

_SMALLEST_LENGTH = 1e-12

__all__ = [
    "Array",
    "Floats",
    "array_namespace",
    "directions",
    "log_sum_exp",
    "lower_nanmedian",
    "softmax",
]


def softmax(values: Array, axis: int = -1) -> Array:
    """Shares along an axis that sum to 1."""
    xp = array_namespace(values)
    raised = xp.exp(values - xp.max(values, axis=axis, keepdims=True))
    return raised / xp.sum(raised, axis=axis, keepdims=True)


def log_sum_exp(values: Array, axis: int = -1) -> Array:
    """The logarithm of the sum of exponentials along an axis, which is gone then."""
    xp = array_namespace(values)
    most = xp.max(values, axis=axis, keepdims=True)
    summed = xp.log(xp.sum(xp.exp(values - most), axis=axis, keepdims=True)) + most
    return xp.squeeze(summed, axis=axis)


def lower_nanmedian(values: Array, axis: int) -> Array:
    """The median of what is not NaN along an axis, which is gone then; the lower of two middle
    ones. NaN where there is nothing else."""
    xp = array_namespace(values)
    # Both kinds sort NaN behind everything.
    ordered = xp.sort(values, axis=axis)
    count = xp.sum(xp.astype(~xp.isnan(values), xp.int64), axis=axis, keepdims=True)
    middle = xp.where(count > 0, (count - 1) // 2, xp.zeros_like(count))
    return xp.squeeze(xp.take_along_axis(ordered, middle, axis=axis), axis=axis)


def directions(values: Array) -> Array:
    """Rows `(N, size)` at a length of 1; a row of zeros stays one."""
    xp = array_namespace(values)
    length = xp.linalg.vector_norm(values, axis=-1, keepdims=True)
    smallest = xp.full_like(length, _SMALLEST_LENGTH)
    return values / xp.where(length > _SMALLEST_LENGTH, length, smallest)
