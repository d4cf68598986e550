"""When samples of a recording are due, as its clocks tell."""

from __future__ import annotations

import math

import pytest

from engine.glove.adapters.replay_clock import ReplayClock


def due(stamps: list[float | None], speed: float = 1.0) -> list[float]:
    clock = ReplayClock(speed)
    return [round(clock.due_s("left", stamp, 50.0), 6) for stamp in stamps]


def test_pauses_are_kept_and_long_ones_cut() -> None:
    assert due([1.0, 1.02, 5.02]) == [50.0, 50.02, 54.02]
    assert due([1.0, 1.02, 9.0, 9.02]) == [50.0, 50.02, 50.0, 50.02]
    assert due([1.0, 1.02, 5.02], speed=2.0) == [50.0, 50.01, 52.01]


@pytest.mark.parametrize("back_s", [0.001, 1.0, 4.99, 5.01, 1000.0])
def test_a_step_back_is_as_long_as_the_usual_one(back_s: float) -> None:
    again = 1.04 - back_s
    assert due([1.0, 1.02, 1.04, again, again + 0.02]) == [50.0, 50.02, 50.04, 50.06, 50.08]
    # A pause before it is not what is usual.
    assert due([1.0, 1.02, 4.02, 0.0])[-1] == 53.04


def test_what_has_no_stamp_comes_at_the_usual_pace() -> None:
    assert due([None, None, None]) == [50.0, 50.01, 50.02]
    assert due([1.0, 1.05, None, math.nan, math.inf]) == [50.0, 50.05, 50.1, 50.15, 50.2]


def test_two_sensors_of_one_clock_stay_together() -> None:
    clock = ReplayClock()
    found = []
    for number in range(3):
        for sensor, ahead_s in (("left", 0.0), ("right", 0.005)):
            found.append(round(clock.due_s(sensor, 1.0 + ahead_s + number / 100, 50.0), 6))
    assert found == [50.0, 50.005, 50.01, 50.015, 50.02, 50.025]
