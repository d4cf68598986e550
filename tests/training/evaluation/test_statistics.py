"""Figures against numbers worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.evaluation.statistics import (
    confusion_matrix,
    macro_f1,
    mcnemar,
    mean_and_sd,
    per_class_accuracy,
)


def test_nothing_answered_is_an_empty_matrix() -> None:
    assert confusion_matrix([], [], 2).tolist() == [[0, 0], [0, 0]]


def test_confusion_and_what_follows_from_it() -> None:
    labels, said = [0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 2]
    assert confusion_matrix(labels, said, 4).tolist() == [
        [2, 1, 0, 0],
        [1, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 0],
    ]
    # F1: 2*2/(3+3), 2*1/(2+2), 2*1/(1+1); the fourth class was neither signed nor said.
    assert macro_f1(labels, said, 4) == pytest.approx((4 / 6 + 2 / 4 + 1) / 3)
    assert per_class_accuracy(labels, said, 4) == [pytest.approx(2 / 3), 0.5, 1.0, None]


def test_mcnemar_small_and_large() -> None:
    # 1 against 9 of ten: two-sided binomial 2 * (1 + 10) / 1024.
    a = [True] * 1 + [False] * 9 + [True] * 50
    b = [False] * 1 + [True] * 9 + [True] * 50
    small = mcnemar(a, b)
    assert (small.b, small.c) == (1, 9)
    assert small.p == pytest.approx(22 / 1024)
    # 40 against 20: (|20| - 1)^2 / 60 = 6.0167 on one degree of freedom, p = 0.01417.
    large = mcnemar([True] * 40 + [False] * 20, [False] * 40 + [True] * 20)
    assert large.p == pytest.approx(0.01417, abs=1e-4)
    assert mcnemar([True, False], [True, False]).p == 1.0
    with pytest.raises(ValueError, match="same clips"):
        mcnemar([True], [True, False])


def test_a_single_seed_has_no_deviation() -> None:
    assert mean_and_sd([0.5]) == (0.5, None)
    mean, sd = mean_and_sd([0.8, 0.9, 1.0])
    assert mean == pytest.approx(0.9)
    assert sd == pytest.approx(0.1)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=200))
def test_mcnemar_does_not_care_which_comes_first(pairs: list[tuple[bool, bool]]) -> None:
    a, b = [x for x, _ in pairs], [y for _, y in pairs]
    one, other = mcnemar(a, b), mcnemar(b, a)
    assert one.p == pytest.approx(other.p)
    assert 0 < one.p <= 1
    assert (one.b, one.c) == (other.c, other.b)
    assert one.b - one.c == int(np.sum(a)) - int(np.sum(b))
