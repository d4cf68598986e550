"""Which frames are looked at: as many a second as wanted, whatever the camera's clock does."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest

from engine.bundle import load_bundle
from engine.clips.frame_sampler import LANDMARK_RATE_HZ, FrameSampler
from engine.frame import Frame, Landmarks
from engine.recognition.recognizer import Recognizer

SECONDS = 60


def looked_at(times: list[float], sampler: FrameSampler) -> list[float]:
    taken = []
    for t_s in times:
        if sampler.is_due(t_s):
            sampler.take(t_s)
            taken.append(t_s)
    return taken


def camera(fps: float, jitter_s: float, seed: int = 0) -> list[float]:
    chance = random.Random(seed)
    count = int(SECONDS * fps)
    times = [1000.0 + i / fps + chance.uniform(-jitter_s, jitter_s) for i in range(count)]
    return sorted(times)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("jitter_ms", [0.0, 1.0, 2.0, 5.0])
@pytest.mark.parametrize("fps", [24, 25, 29.97, 30, 50, 60])
def test_jitter_changes_no_rate(fps: float, jitter_ms: float, seed: int) -> None:
    taken = looked_at(camera(fps, jitter_ms / 1e3, seed), FrameSampler())

    assert len(taken) / SECONDS == pytest.approx(LANDMARK_RATE_HZ, abs=0.1)
    # Never more than a camera's picture beside the moment that was due.
    longest = max(b - a for a, b in pairwise(taken))
    assert longest < 1 / LANDMARK_RATE_HZ + 1 / fps + 2 * jitter_ms / 1e3


@pytest.mark.parametrize("rate_hz", [8.0, 10.0, 12.0])
def test_lower_rates_hold_too(rate_hz: float) -> None:
    sampler = FrameSampler()
    sampler.rate_hz = rate_hz

    assert len(looked_at(camera(30, 0.002), sampler)) / SECONDS == pytest.approx(rate_hz, abs=0.1)


@pytest.mark.parametrize("fps", [5, 8, 12, 15])
def test_of_a_slow_source_every_frame_is_looked_at(fps: float) -> None:
    times = camera(fps, 0.002)

    assert looked_at(times, FrameSampler()) == times


def test_what_a_pause_has_not_brought_is_not_made_up_for() -> None:
    before, after = camera(30, 0.0), [t + 3600.0 for t in camera(30, 0.0)]
    sampler = FrameSampler()
    looked_at(before, sampler)
    taken = looked_at(after, sampler)

    assert len(taken) / SECONDS == pytest.approx(LANDMARK_RATE_HZ, abs=0.1)


def test_a_clock_that_runs_backwards_starts_anew() -> None:
    sampler = FrameSampler()
    looked_at(camera(30, 0.0), sampler)
    taken = looked_at([t - 900.0 for t in camera(30, 0.0)], sampler)

    assert len(taken) / SECONDS == pytest.approx(LANDMARK_RATE_HZ, abs=0.1)


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
def test_what_the_camera_side_has_chosen_is_looked_at_next_door(fps: float) -> None:
    """Two paces in a row leave out more than one, so only the first one chooses."""
    recognizer = Recognizer(load_bundle("ksl13"), runtime="torch-fp32")
    chosen = looked_at(camera(fps, 0.002)[:90], FrameSampler())
    nobody = Landmarks(None)
    picture = np.zeros((90, 160, 3), np.uint8)
    try:
        seen = [
            recognizer.observe(Frame(picture, t_s, i, nobody), chosen=True)
            for i, t_s in enumerate(chosen)
        ]
    finally:
        recognizer.close()

    assert seen == [nobody] * len(chosen)
