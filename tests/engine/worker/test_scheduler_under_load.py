"""Hours of other programs that come and go, on a virtual clock: what was given up comes back."""

from __future__ import annotations

import random

import pytest

from engine.worker.scheduler import Scheduler
from tests.engine.worker.busy_machine import BusyMachine, any_speeds, capable_speeds, random_load

LONGEST_S = 2.0
BUNDLES = [(True, True), (True, False), (False, True)]
"""Networks for pictures, for landmarks: all that a bundle may bring."""


def after_random_load(seed: int, hours: float) -> BusyMachine:
    chance = random.Random(seed)
    video, landmarks = BUNDLES[seed % len(BUNDLES)]
    machine = BusyMachine(
        Scheduler(has_video=video, has_landmarks=landmarks), capable_speeds(chance)
    )
    random_load(machine, chance, hours * 3600.0)
    return machine


def check_hours(seeds: range, hours: float) -> tuple[float, float]:
    """The longest time without an answer and the slowest return to full service, in seconds."""
    machines = [after_random_load(seed, hours) for seed in seeds]
    assert all(machine.answers > 0.2 * hours * 3600.0 for machine in machines)
    return (
        max(machine.longest_idle_gap_s for machine in machines),
        max(machine.slowest_return_s for machine in machines),
    )


def test_an_idle_machine_answers_and_is_back_at_full_rate_within_two_seconds() -> None:
    gap_s, return_s = check_hours(range(24), hours=0.5)

    assert gap_s <= LONGEST_S
    assert return_s <= LONGEST_S


@pytest.mark.soak
def test_six_hours_of_random_load() -> None:
    gap_s, return_s = check_hours(range(1000), hours=6.0)

    assert gap_s <= LONGEST_S
    assert return_s <= LONGEST_S


@pytest.mark.parametrize(("video", "landmarks"), BUNDLES)
def test_load_and_rest_in_turn_lose_nothing(video: bool, landmarks: bool) -> None:
    # Ten seconds of load and three of rest: once, each stop made the next one longer.
    chance = random.Random(7)
    machine = BusyMachine(
        Scheduler(has_video=video, has_landmarks=landmarks), capable_speeds(chance)
    )
    for _ in range(60):
        machine.run(10.0, 9.0)
        machine.run(3.0, 1.0)

    assert machine.longest_idle_gap_s <= LONGEST_S
    assert machine.slowest_return_s <= LONGEST_S


@pytest.mark.parametrize("seed", range(12))
def test_a_machine_that_is_too_slow_for_everything_still_answers(seed: int) -> None:
    chance = random.Random(seed)
    video, landmarks = BUNDLES[seed % len(BUNDLES)]
    machine = BusyMachine(Scheduler(has_video=video, has_landmarks=landmarks), any_speeds(chance))
    machine.run(300.0, 1.0)

    assert machine.longest_idle_gap_s <= LONGEST_S
