"""An offset found between two recordings of one movement, and none where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from engine.glove.alignment.cross_correlation import OffsetEstimate, Traces, offset_between
from tests.engine.glove.simulated_wearer import Worn, generated, worn

NOISE = np.array([0.01] * 3 + [1.0] * 3)


def measured_of(truth: Worn, offset_s: float, rng: np.random.Generator) -> Traces:
    """At 100 Hz, somewhat irregular, one in twenty lost; a clock that is `offset_s` behind."""
    taken = np.arange(0.02, truth.t_s[-1] - 0.02, 0.01)
    taken = np.sort(taken + rng.normal(0, 0.002, len(taken)))[rng.random(len(taken)) > 0.05]
    return Traces(taken - offset_s, truth.at(taken) + rng.normal(size=(len(taken), 6)) * NOISE)


def steps_of(seen: Worn, seconds: float) -> Traces:
    t = np.arange(1.5, 1.5 + seconds, 1 / 16)
    return Traces(t, seen.at(t))


def estimated(seed: int, offset_s: float, acc_r: float, gyro_r: float) -> OffsetEstimate:
    rng = np.random.default_rng(seed)
    truth = worn(11.0, rng)
    seen = generated(truth, rng, acc_r, gyro_r)
    found = offset_between(measured_of(truth, offset_s, rng), steps_of(seen, 8.0))
    assert found is not None
    return found


@pytest.mark.parametrize("offset_s", [-0.48, -0.1234, 0.0, 0.31, 0.5])
def test_an_offset_is_found_with_its_sign(offset_s: float) -> None:
    found = estimated(1, offset_s, 0.79, 0.45)

    assert found.is_sharp
    assert found.offset_s == pytest.approx(offset_s, abs=0.015)
    assert found.offsets_s[found.curve.argmax()] == pytest.approx(offset_s, abs=0.015)


def test_a_perfect_generator_is_met_to_a_millisecond() -> None:
    found = estimated(2, 0.2, 0.999, 0.999)

    assert found.offset_s == pytest.approx(0.2, abs=0.001)
    assert found.correlation > 0.97


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_generator_that_saw_something_else_is_not_believed(seed: int) -> None:
    assert not estimated(seed, 0.1, 0.0, 0.0).is_sharp


def test_beyond_the_furthest_is_not_believed() -> None:
    assert not estimated(6, 0.95, 0.79, 0.45).is_sharp


def test_a_movement_that_repeats_itself_is_not_believed() -> None:
    t = np.arange(0.0, 10.0, 0.01)
    phase = 2 * np.pi * t / 0.4
    values = np.stack([np.sin(phase + k) for k in range(6)], axis=1)
    inside = slice(150, 850, 6)
    found = offset_between(Traces(t, values), Traces(t[inside], values[inside]))

    assert found is not None and not found.is_sharp


def test_missing_channels_and_gaps_are_left_out() -> None:
    rng = np.random.default_rng(7)
    truth = worn(11.0, rng)
    measured = measured_of(truth, 0.15, rng)
    measured.values[:, 3:] = np.nan
    kept = (measured.t_s < 3.0) | (measured.t_s > 4.2)
    measured = Traces(measured.t_s[kept], measured.values[kept])
    found = offset_between(measured, steps_of(generated(truth, rng), 8.0))

    assert found is not None
    assert found.offset_s == pytest.approx(0.15, abs=0.02)
    assert found.channel < 3


def test_two_hands_are_taken_together() -> None:
    rng = np.random.default_rng(8)
    left, right = worn(11.0, rng), worn(11.0, rng)
    t = np.arange(0.0, 10.9, 0.01)
    measured = Traces(t + 0.25, np.hstack([left.at(t), right.at(t)]))
    sides = [steps_of(generated(side, rng), 4.0) for side in (left, right)]
    found = offset_between(
        measured, Traces(sides[0].t_s, np.hstack([side.values for side in sides]))
    )

    assert found is not None and found.is_sharp
    assert found.offset_s == pytest.approx(-0.25, abs=0.015)


def test_nothing_is_said_of_stillness_or_of_too_little() -> None:
    rng = np.random.default_rng(9)
    truth = worn(11.0, rng)
    measured, seen = measured_of(truth, 0.0, rng), steps_of(truth, 8.0)
    still = Traces(measured.t_s, np.tile([0, 0, 1.0, 0, 0, 0], (len(measured.t_s), 1)))

    assert offset_between(still, seen) is None
    assert offset_between(measured, steps_of(truth, 1.0)) is None
    assert offset_between(Traces(measured.t_s + 100, measured.values), seen) is None
    with pytest.raises(ValueError, match="same channels"):
        offset_between(measured, Traces(seen.t_s, seen.values[:, :3]))


@pytest.mark.benchmark
def test_an_estimate_of_both_hands_takes_less_than_ten_milliseconds() -> None:
    from time import perf_counter

    rng = np.random.default_rng(10)
    truth = worn(11.0, rng)
    t = np.arange(0.0, 10.9, 0.005)
    measured = Traces(t, np.hstack([truth.at(t)] * 2))
    steps = np.arange(1.5, 9.5, 1 / 50)
    seen = Traces(steps, np.hstack([truth.at(steps)] * 2))
    took = []
    for _ in range(30):
        began = perf_counter()
        offset_between(measured, seen)
        took.append((perf_counter() - began) * 1000)
    print(f"median {np.median(took):.1f} ms, worst {max(took):.1f} ms")

    assert np.median(took) <= 10
