"""Time stamps as devices really give them, and what they may cost."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable

import numpy as np
import pytest

from engine.glove.glove import CLAIMED_S, HandClaims
from engine.glove.imu_window import ImuWindow, imu_rows
from engine.glove.reading import Reading
from engine.glove.sample import ImuSample, Vector
from engine.glove.sample_ring import resampled
from engine.glove.wrist_stream import WristStream

RATE_HZ, BASE_S = 100, 1000.0
Stamp = Callable[[int], float | None]


class _AsSent:
    def apply(self, acc: Vector, gyro: Vector) -> tuple[Vector, Vector]:
        return acc, gyro


def heard(stamp: Stamp, batch: int, seconds: float = 12.0) -> list[ImuSample]:
    """What comes of samples that arrive `batch` at a time."""
    stream = WristStream("right", _AsSent())
    found = []
    for number in range(round(seconds * RATE_HZ)):
        arrival = BASE_S + (number // batch + 1) * batch / RATE_HZ
        t = number / RATE_HZ
        sample = stream.sample(
            Reading(
                arrival,
                acc=(math.sin(9 * t), 0.2 * math.cos(7 * t), 1.0),
                gyro=(50 * math.sin(5 * t), 1.0, number % 3),
                stamp_s=stamp(number),
            )
        )
        if sample is not None:
            found.append(sample)
    return found


RANDOM = random.Random(0)
STAMPS: dict[str, Stamp] = {
    "none": lambda n: None,
    "a thousand times too fast": lambda n: n * 10.0,
    "a thousand times too slow": lambda n: n / 100_000,
    "half the pace": lambda n: n / 200,
    "three times": lambda n: 0.03 * n,
    "always the same": lambda n: 5.0,
    "backwards": lambda n: 1e6 - n / RATE_HZ,
    "whatever": lambda n: RANDOM.random() * 1e6,
    "no number at first": lambda n: math.nan if n < 50 else n / RATE_HZ,
    "infinite now and then": lambda n: math.inf if n % 2 else n / RATE_HZ,
}


@pytest.mark.parametrize("batch", [1, 10, 20])
@pytest.mark.parametrize("stamp", STAMPS)
def test_whatever_a_clock_says_the_last_seconds_are_there(stamp: str, batch: int) -> None:
    samples = heard(STAMPS[stamp], batch)
    times = [sample.t_s for sample in samples]
    assert times == sorted(set(times))
    end = BASE_S + 12.0
    window = ImuWindow()
    window.append(imu_rows(samples))
    steps = window.steps("right", end - 3.0, end, 48, end)
    assert steps is not None and np.isfinite(steps).all()


def test_samples_that_lie_close_together_cost_no_more_than_others() -> None:
    packed = np.repeat(np.arange(0.0, 3.0, 0.2), 20) + np.tile(np.arange(20) * 1e-6, 15)
    values = np.random.default_rng(0).standard_normal((len(packed), 6))
    begun = time.thread_time()
    assert resampled(packed, values, 0.0, 2.8, 48).shape == (48, 6)
    # A grid as fine as the closest two would have millions of rows.
    assert time.thread_time() - begun < 0.5


def test_one_sensor_speaks_for_a_hand_until_it_is_silent() -> None:
    hands = HandClaims()
    assert hands.free(0.0) == "right"
    assert hands.claim("right", "one", 0.0) and hands.free(0.1) == "left"
    assert not hands.claim("right", "other", 0.1)
    assert hands.claim("left", "other", 0.1)
    assert hands.claim("right", "one", 0.2)
    assert hands.claim("right", "other", 0.3 + CLAIMED_S)
    assert not hands.claim("right", "one", 0.4 + CLAIMED_S)
