"""Shares of signs known again from one take: known results for vectors made on purpose."""

from __future__ import annotations

import numpy as np
import pytest

from training.evaluation.one_shot import equal_error_rate, looked_up, one_shot


def vectors(spread: float, *, signers: int = 3, signs: int = 6, takes: int = 4) -> tuple:
    rng = np.random.default_rng(0)
    middle = np.eye(signs, 16)
    rows, glosses, who = [], [], []
    for signer in range(signers):
        for sign in range(signs):
            for _ in range(takes):
                one = middle[sign] + spread * rng.normal(size=16)
                rows.append(one / np.linalg.norm(one))
                glosses.append(f"g{sign}")
                who.append(f"s{signer}")
    return np.array(rows, np.float32), np.array(glosses), np.array(who)


def test_signs_far_apart_are_all_known() -> None:
    scores = one_shot(*vectors(0.01), 1)
    assert (scores.mean, scores.worst, scores.eer) == (1, 1, 0)
    assert set(scores.pairs) == {f"s{a} to s{b}" for a in range(3) for b in range(3) if a != b}


def test_noise_is_as_good_as_chance_and_more_takes_say_more() -> None:
    chance = one_shot(*vectors(50.0), 1)
    assert chance.mean == pytest.approx(1 / 6, abs=0.1) and chance.eer == pytest.approx(
        0.5, abs=0.1
    )
    one, four = (one_shot(*vectors(0.4), shots) for shots in (1, 4))
    assert four.mean > one.mean and four.eer < one.eer and one.worst <= one.mean


def test_the_same_seeds_give_the_same_figures() -> None:
    assert one_shot(*vectors(0.4), 2) == one_shot(*vectors(0.4), 2)


def test_signs_that_only_one_signer_shows_are_not_asked() -> None:
    rows, glosses, who = vectors(0.01)
    glosses[(who == "s0") & (glosses == "g1")] = "mine alone"
    assert one_shot(rows, glosses, who, 1).mean == 1


def test_nobody_to_compare_with_is_said() -> None:
    rows, glosses, who = vectors(0.1, signers=1)
    with pytest.raises(ValueError, match="nobody"):
        one_shot(rows, glosses, who, 1)
    rows, glosses, who = vectors(0.1, signers=2)
    with pytest.raises(ValueError, match="nobody"):
        one_shot(rows, np.char.add(glosses, who), who, 1)


def test_the_equal_error_rate_of_known_distributions() -> None:
    rng = np.random.default_rng(1)
    same, other = rng.normal(1, 0.5, 20_000), rng.normal(0, 0.5, 20_000)
    rate, threshold = equal_error_rate(same.astype(np.float32), other.astype(np.float32))
    # Both normal, two standard deviations apart: 1 - Phi(1).
    assert rate == pytest.approx(0.1587, abs=0.01) and threshold == pytest.approx(0.5, abs=0.02)


def test_second_recordings_are_looked_up() -> None:
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(60, 16))
    rows = np.concatenate(
        [rows, rows[:5] + 0.05 * rng.normal(size=(5, 16)), rng.normal(size=(1, 16))]
    )
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    glosses = np.array([f"w{i}" for i in [*range(60), *range(5), 7]])
    scores = looked_up(rows.astype(np.float32), glosses)
    assert scores is not None
    assert (scores.of, scores.first, scores.plain_first) == (6, 5, 5)
    assert looked_up(rows.astype(np.float32)[:60], glosses[:60]) is None
