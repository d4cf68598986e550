"""Figures that compare methods: F1, confusion, McNemar's test, mean and deviation over seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.stats
from numpy.typing import ArrayLike, NDArray

_FEW = 25


def confusion_matrix(labels: ArrayLike, predicted: ArrayLike, classes: int) -> NDArray[np.int64]:
    """`(classes, classes)`: rows are what was signed, columns what was said."""
    matrix = np.zeros((classes, classes), np.int64)
    np.add.at(matrix, (np.asarray(labels, np.intp), np.asarray(predicted, np.intp)), 1)
    return matrix


def macro_f1(labels: ArrayLike, predicted: ArrayLike, classes: int) -> float:
    """Mean F1 over the classes that were signed or said at all."""
    matrix = confusion_matrix(labels, predicted, classes)
    hits = np.diag(matrix)
    either = matrix.sum(axis=0) + matrix.sum(axis=1)
    used = either > 0
    return float((2 * hits[used] / either[used]).mean()) if used.any() else float("nan")


def per_class_accuracy(labels: ArrayLike, predicted: ArrayLike, classes: int) -> list[float | None]:
    """Share right of each class; None for one that was never signed."""
    matrix = confusion_matrix(labels, predicted, classes)
    signed = matrix.sum(axis=1)
    return [float(matrix[i, i] / signed[i]) if signed[i] else None for i in range(classes)]


@dataclass(frozen=True, slots=True)
class McNemar:
    """`b`: clips only the first method names right; `c`: only the second; `p`: two-sided."""

    b: int
    c: int
    p: float


def mcnemar(right_a: Sequence[bool], right_b: Sequence[bool]) -> McNemar:
    """McNemar's test on the same clips: exact where fewer than 25 differ, else chi-square with
    continuity correction (Edwards, 1948). Raises ValueError for lists of different length."""
    if len(right_a) != len(right_b):
        raise ValueError("both methods must have answered the same clips")
    first, second = np.asarray(right_a, bool), np.asarray(right_b, bool)
    b, c = int((first & ~second).sum()), int((~first & second).sum())
    if b + c == 0:
        return McNemar(0, 0, 1.0)
    if b + c < _FEW:
        return McNemar(b, c, float(scipy.stats.binomtest(b, b + c).pvalue))
    statistic = max(0.0, abs(b - c) - 1) ** 2 / (b + c)
    return McNemar(b, c, float(scipy.stats.chi2.sf(statistic, 1)))


def mean_and_sd(values: Sequence[float]) -> tuple[float, float | None]:
    """Mean and sample standard deviation; no deviation of a single value."""
    array = np.asarray(values, float)
    return float(array.mean()), float(array.std(ddof=1)) if len(array) > 1 else None
