"""Rates, losses and sensors that hang."""

from __future__ import annotations

import numpy as np
import pytest

from engine.glove.health import FRESH_S, StreamHealth
from engine.glove.sample import Vector
from tests.engine.glove.simulated_wearer import worn

STILL: Vector = (0.02, -0.01, 0.99)
NO_TURN: Vector = (0.0, 0.0, 0.0)


def moving(health: StreamHealth, until_s: float = 2.0, scale: float = 1.0) -> Vector:
    """100 Hz of movement, in whatever unit; the last acceleration."""
    t = np.arange(0.0, until_s, 0.01)
    values = worn(until_s + 0.1, np.random.default_rng(1)).at(t) * scale
    for when, row in zip(t.tolist(), values.tolist(), strict=True):
        health.observe(when, tuple(row[:3]), tuple(row[3:]))
    x, y, z = values[-1, :3].tolist()
    return x, y, z


def test_the_rate_is_measured_not_believed() -> None:
    health = StreamHealth()
    for n in range(300):
        health.observe(n / 70, STILL, (0.0, 0.0, n % 7))

    assert health.state(299 / 70).rate_hz == pytest.approx(70, rel=0.01)
    assert health.state(20.0).rate_hz == 0.0


def test_loss_is_counted_by_the_devices_count() -> None:
    health = StreamHealth()
    kept = np.random.default_rng(2).random(1000) > 0.05
    for n in np.flatnonzero(kept).tolist():
        health.observe(n * 0.01, STILL, (0.0, 0.0, float(n)), sequence=n)

    assert health.state(10.0).loss == pytest.approx(1 - kept.mean(), abs=0.003)


def test_loss_is_seen_by_gaps_of_the_devices_clock() -> None:
    health = StreamHealth()
    kept = np.random.default_rng(3).random(1000) > 0.05
    for n in np.flatnonzero(kept).tolist():
        health.observe(n * 0.01, STILL, (0.0, 0.0, float(n)), stamp_s=77 + n * 0.01)

    assert health.state(10.0).loss == pytest.approx(1 - kept.mean(), abs=0.003)


@pytest.mark.parametrize("sequence", [True, False])
def test_packets_of_three_and_a_restart_lose_nothing(sequence: bool) -> None:
    health = StreamHealth()
    for n in range(600):
        packet = (n // 3) % 100
        told = {"sequence": packet} if sequence else {"stamp_s": packet * 0.03}
        health.observe(n * 0.01, STILL, (0.0, 0.0, float(n)), **told)

    assert health.state(6.0).loss == 0.0


def test_old_losses_are_forgotten() -> None:
    health = StreamHealth()
    for n in [*range(100), *range(150, 1700)]:
        health.observe(n * 0.01, STILL, (0.0, 0.0, float(n)), sequence=n)

    assert health.state(2.0).loss > 0.02
    assert health.state(17.0).loss == 0.0


@pytest.mark.parametrize("scale", [1.0, 9.80665, 16384.0])
def test_six_equal_numbers_after_movement_are_frozen_in_any_unit(scale: float) -> None:
    health = StreamHealth()
    last = moving(health, scale=scale)
    assert not health.state(2.0).frozen

    for n in range(40):
        health.observe(2.0 + n * 0.01, last, (50.0, 0.0, 1.0))
        if n == 10:
            assert not health.state(2.1).frozen
    state = health.state(2.4)
    assert state.frozen and not state.fresh

    health.observe(2.41, last, (50.0, 0.0, 2.0))
    assert not health.state(2.41).frozen and health.state(2.41).fresh


def test_a_sensor_that_lies_still_is_not_frozen() -> None:
    health = StreamHealth()
    for n in range(500):
        health.observe(n * 0.01, STILL, NO_TURN)

    assert not health.state(5.0).frozen and health.state(5.0).fresh


def test_zero_rates_alone_are_not_frozen() -> None:
    health = StreamHealth()
    t = np.arange(0.0, 3.0, 0.01)
    for when, row in zip(t, worn(3.1, np.random.default_rng(4)).at(t).tolist(), strict=True):
        health.observe(float(when), tuple(row[:3]), NO_TURN)

    assert not health.state(3.0).frozen


def test_visible_motion_tells_a_frozen_sensor_from_a_resting_one() -> None:
    health = StreamHealth()
    health.note_visible_motion(0.5)
    for n in range(200):
        health.observe(1.0 + n * 0.01, STILL, NO_TURN)
    assert not health.state(3.0).frozen

    health.note_visible_motion(3.0)
    assert health.state(3.0).frozen


def test_angles_freeze_too() -> None:
    health = StreamHealth()
    for n in range(100):
        health.observe_values(n * 0.02, [min(n, 60) * 2.0, 5.0])

    assert health.state(2.0).frozen


def test_silence_is_not_fresh() -> None:
    health = StreamHealth()
    assert not health.state(0.0).fresh
    moving(health)

    assert health.state(2.0).fresh
    assert not health.state(2.0 + FRESH_S).fresh
