"""The guided steps: hold still, palm down, circle one hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.glove.calibration.session import FittingSession
from engine.glove.sample import Hand
from tests.engine.glove.calibration.wearers import Wearer, imagined, wearer

WINDOW_S, STEPS = 3.0, 48


def led(
    one: Wearer, session: FittingSession, *, hand: Hand | None = "left", seed: int = 0
) -> list[str]:
    """Go through the steps; which there were. `hand`: whose generated trace follows the device; the
    other's is of a hand at rest. None: there is no camera."""
    seen, others = imagined(one, seed), np.random.default_rng(seed)
    steps: list[str] = []
    shown = 0.0
    for t, row in zip(one.t_s, one.raw.tolist(), strict=True):
        session.add_reading(float(t), (row[0], row[1], row[2]), (row[3], row[4], row[5]))
        if session.state.step not in steps:
            steps.append(session.state.step)
        assert 0.0 <= session.state.progress <= 1.0
        if hand is not None and t - shown >= 0.2 and t >= WINDOW_S:
            shown = float(t)
            times = np.linspace(t - WINDOW_S, t, STEPS)
            other: Hand = "right" if hand == "left" else "left"
            session.add_generated(hand, times, seen.at(times))
            rest = np.array([0.9, 0.1, 0.2, 0, 0, 0]) + others.normal(0, 0.02, (STEPS, 6))
            session.add_generated(other, times, rest)
    return steps


@pytest.mark.parametrize("seed", range(4))
def test_a_device_that_nobody_knows_is_fitted(seed: int) -> None:
    one = wearer(seed, seconds=14.0)
    session = FittingSession("IMU")
    steps = led(one, session, seed=seed)
    assert steps == ["still", "palm-down", "circle", "done"], session.state
    result = session.result
    assert result is not None
    assert (result.acc_unit, result.gyro_unit) == (one.acc_unit, one.gyro_unit)
    assert result.hand == "left"
    inner = one.t_s > 6.0
    acc, gyro = result.apply_arrays(one.raw[inner, :3], one.raw[inner, 3:])
    truth = one.truth.at(one.t_s[inner])
    if result.mounting_source == "found":
        # Noise, and an accelerometer's scale, are left.
        assert np.corrcoef(acc.ravel(), truth[:, :3].ravel())[0, 1] > 0.98
        assert np.corrcoef(gyro.ravel(), truth[:, 3:].ravel())[0, 1] > 0.98


def test_without_a_camera_units_are_found_and_the_rest_is_chosen() -> None:
    one = wearer(3, seconds=14.0)
    session = FittingSession("IMU", hand="right", placement="forearm")
    assert led(one, session, hand=None)[-1] == "done"
    result = session.result
    assert result is not None and result.hand == "right" and result.placement == "forearm"
    assert (result.acc_unit, result.gyro_unit) == (one.acc_unit, one.gyro_unit)
    assert result.mounting_source == "assumed"
    codes = {message.code for message in session.state.found}
    assert "glove.calibration-axes-assumed" in codes
    assert "glove.calibration-not-where-trained" not in codes


def test_an_acceleration_without_gravity_is_refused() -> None:
    session = FittingSession("IMU")
    for i in range(300):
        session.add_reading(i / 100, (0.01, -0.02, 0.01), (0.1, 0.0, 0.0))
    assert session.state.step == "failed"
    assert session.state.message.code == "glove.calibration-gravity-removed"
    assert session.result is None


def test_movement_is_not_rest() -> None:
    one = wearer(1, seconds=3.0)
    session = FittingSession("IMU")
    turning = one.t_s > 5.0
    for t, row in zip(one.t_s[turning], one.raw[turning].tolist(), strict=True):
        session.add_reading(float(t), (row[0], row[1], row[2]), (row[3], row[4], row[5]))
    assert session.state.step == "still" and session.state.progress < 1.0


def test_where_it_is_worn_is_said() -> None:
    one = wearer(2, seconds=14.0)
    session = FittingSession("IMU", placement="hand")
    assert led(one, session)[-1] == "done"
    assert "glove.calibration-not-where-trained" in {m.code for m in session.state.found}
