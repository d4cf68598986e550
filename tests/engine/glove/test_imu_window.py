"""The last seconds of a glove, as the sensor encoder takes them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.glove.imu_window import FingerWindow, ImuWindow, finger_rows, imu_rows
from engine.glove.resampling import resample_in_time
from engine.glove.sample import FingerSample, ImuSample
from engine.glove.sample_ring import FRESH_S, LARGEST_GAP_S, SampleRing, resampled

STEPS, SPAN_S = 48, 3.0


def rows(times: NDArray[np.float64], *, hand: int = 1, rate: float = 0.0) -> NDArray[np.float64]:
    """Samples whose first acceleration is their time."""
    table = np.zeros((len(times), 8))
    table[:, 0], table[:, 1] = times, hand
    table[:, 2], table[:, 5] = times, rate
    return table


@pytest.mark.parametrize("count", [30, 47, 48, 49, 75, 150, 300, 601])
def test_even_samples_are_resampled_as_training_has_them(count: int) -> None:
    values = np.random.default_rng(count).standard_normal((count, 6))
    times = np.linspace(10.0, 13.0, count)
    live = resampled(times, values, 10.0, 13.0, STEPS).T
    assert live == pytest.approx(resample_in_time(values.astype(np.float32), STEPS), abs=1e-5)


@given(
    jitter=st.floats(0.0, 0.4),
    rate_hz=st.sampled_from([20.0, 50.0, 100.0, 200.0]),
    lost=st.floats(0.0, 0.2),
)
def test_time_is_followed_whatever_the_rate(jitter: float, rate_hz: float, lost: float) -> None:
    rng = np.random.default_rng(3)
    times = np.arange(0.0, 8.0, 1 / rate_hz)
    times = times + rng.uniform(-jitter, jitter, len(times)) / rate_hz
    times = np.sort(times[rng.uniform(size=len(times)) >= lost])
    window = ImuWindow()
    for part in np.array_split(times, 20):
        window.append(rows(part))
    steps = window.steps("right", 4.0, 7.0, STEPS, 7.9)
    assert steps is not None
    wanted = np.linspace(4.0, 7.0, STEPS)
    assert np.abs(steps[0] - wanted).max() < 1.5 / rate_hz + 0.04


def test_each_hand_has_its_own() -> None:
    window = ImuWindow()
    times = np.arange(0.0, 4.0, 0.01)
    window.append(np.concatenate([rows(times, hand=0), rows(times + 0.003, hand=1)]))
    assert window.steps("left", 0.5, 3.5, STEPS, 3.9) is not None
    assert window.newest_s("right") == pytest.approx(3.993)
    window.clear()
    assert window.newest_s("left") is None


def test_a_glove_that_has_fallen_silent_is_not_asked() -> None:
    window = ImuWindow()
    window.append(rows(np.arange(0.0, 4.0, 0.01)))
    for late, used in ((-0.02, True), (0.02, False)):
        now = 3.99 + FRESH_S + late
        assert (window.steps("right", now - SPAN_S, now, STEPS, now) is not None) is used
    # What ends later than now is held from now on.
    assert window.steps("right", 1.9, 4.9, STEPS, 4.1) is not None


def test_a_gap_is_not_drawn_across() -> None:
    times = np.arange(0.0, 4.0, 0.01)
    short = times[(times < 2.0) | (times > 2.0 + 0.9 * LARGEST_GAP_S)]
    long = times[(times < 2.0) | (times > 2.0 + 1.2 * LARGEST_GAP_S)]
    for kept, used in ((short, True), (long, False)):
        window = ImuWindow()
        window.append(rows(kept))
        assert (window.steps("right", 0.9, 3.9, STEPS, 3.99) is not None) is used


def test_beyond_the_samples_nothing_turns() -> None:
    window = ImuWindow()
    window.append(rows(np.arange(1.0, 4.0, 0.01), rate=90.0))
    steps = window.steps("right", 0.5, 3.9, STEPS, 3.99)
    assert steps is not None
    moments = np.linspace(0.5, 3.9, STEPS)
    assert (steps[3, moments < 1.0] == 0).all() and steps[0, 0] == pytest.approx(1.0, abs=0.04)
    assert steps[3, moments > 1.1] == pytest.approx(90.0)


def test_memory_does_not_grow() -> None:
    ring = SampleRing(6, kept_s=3.0)
    for start in range(400):
        times = start + np.arange(0.0, 1.0, 0.005)
        ring.append(times, np.zeros((len(times), 6)))
    assert len(ring) <= 3 * 200 + 202
    assert ring._values.shape[0] < 4096


def test_what_does_not_follow_is_counted_and_left_out() -> None:
    ring = SampleRing(1)
    ring.append(np.array([1.0, 2.0, 1.5, 2.0, 3.0]), np.arange(5.0)[:, None])
    ring.append(np.array([2.5, 4.0]), np.array([[9.0], [4.0]]))
    times, values = ring.between(0.0, 9.0)
    assert times.tolist() == [1.0, 2.0, 3.0, 4.0] and values[:, 0].tolist() == [0, 1, 4, 4]
    assert ring.out_of_order == 3


def test_an_angle_that_passes_180_degrees_is_not_averaged_away() -> None:
    times = np.arange(0.0, 4.0, 0.05)
    angles = 170.0 + 10.0 * times
    wrapped = (angles + 180.0) % 360.0 - 180.0
    window = FingerWindow(2)
    window.append(np.stack([times, wrapped, np.zeros_like(times)], axis=1))
    steps = window.steps(0.5, 3.5, STEPS, 3.9)
    assert steps is not None and steps.shape == (2, STEPS)
    turned = np.unwrap(steps[0].astype(float), period=360.0)
    assert turned == pytest.approx(170.0 + 10.0 * np.linspace(0.5, 3.5, STEPS), abs=0.3)
    assert (steps[0] > -180.0).all() and (steps[0] <= 180.0).all()


def test_rows_of_samples() -> None:
    sample = ImuSample(2.5, (0.1, 0.2, 0.3), (1.0, 2.0, 3.0), "right")
    assert imu_rows([sample]).tolist() == [[2.5, 1.0, 0.1, 0.2, 0.3, 1.0, 2.0, 3.0]]
    assert imu_rows([]).shape == (0, 8) and finger_rows([]).shape == (0, 1)
    fingers = [FingerSample(1.0, (4.0,)), FingerSample(2.0, (5.0, 6.0))]
    assert finger_rows(fingers).tolist() == [[2.0, 5.0, 6.0]]
