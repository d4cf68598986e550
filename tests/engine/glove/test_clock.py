"""Clocks that drift, jump and come in bursts, against the truth they were made from."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.glove.clock import ArrivalClock, DeviceClock
from tests.engine.glove.simulated_arrivals import Link, arrivals, stamps

DRIFTS = (0.00005, -0.0005, 0.002, -0.005, 0.01, -0.01)
BARS_MS: dict[Link, float] = {"usb": 0.7, "wifi": 1.1, "ble": 2.2}


def joined(
    clock: DeviceClock, stamped: Sequence[float], here: Sequence[float]
) -> NDArray[np.float64]:
    told = []
    for stamp, arrival in zip(stamped, here, strict=True):
        clock.observe(stamp, arrival)
        told.append(clock.to_host(stamp))
    return np.array(told)


def spread_ms(link: Link, drift: float, rate_hz: float, seed: int) -> float:
    """SD of what is left from 2 to 10 s after the start, one sample in twenty lost."""
    rng = np.random.default_rng(seed)
    taken = 7.0 + np.arange(0.0, 10.0, 1 / rate_hz)
    taken = taken[rng.random(len(taken)) > 0.05]
    here = arrivals(link, taken, rng)
    told = joined(DeviceClock(), stamps(taken, drift, 1.8e9).tolist(), here.tolist())
    assert (np.diff(told) > 0).all()
    return float((told - taken)[taken >= taken[0] + 2].std() * 1000)


@pytest.mark.parametrize("link", BARS_MS)
@pytest.mark.parametrize("drift", [0.00005, 0.01, -0.01])
def test_a_drifting_clock_is_joined(link: Link, drift: float) -> None:
    assert spread_ms(link, drift, 100, seed=1) <= BARS_MS[link]


@pytest.mark.soak
@pytest.mark.parametrize("link", BARS_MS)
@pytest.mark.parametrize("rate_hz", [50, 100, 200])
def test_every_drift_is_joined_on_every_link(link: Link, rate_hz: float) -> None:
    left = [spread_ms(link, drift, rate_hz, seed) for drift in DRIFTS for seed in range(20)]
    print(f"{link} {rate_hz} Hz: median {np.median(left):.2f} ms, worst {max(left):.2f} ms")

    assert max(left) <= BARS_MS[link]


def test_the_drift_is_told() -> None:
    rng = np.random.default_rng(2)
    taken = np.arange(0.0, 20.0, 0.01)
    clock = DeviceClock()
    joined(clock, stamps(taken, 0.005).tolist(), arrivals("usb", taken, rng).tolist())

    assert clock.drift == pytest.approx(0.005, abs=2e-4)
    assert clock.epoch == 0


def test_nothing_is_told_before_anything_was_observed() -> None:
    clock = DeviceClock()
    clock.observe(math.nan, 1.0)

    with pytest.raises(ValueError, match="no stamp"):
        clock.to_host(1.0)


def test_no_sample_was_measured_after_it_was_here() -> None:
    rng = np.random.default_rng(3)
    taken = np.arange(0.0, 5.0, 0.01)
    here = arrivals("wifi", taken, rng)

    assert (joined(DeviceClock(), taken.tolist(), here.tolist()) <= here + 1e-5).all()


@pytest.mark.parametrize("second", [0.0, 3.0, 50.0, 1e9])
def test_a_restarted_or_jumped_clock_is_a_new_epoch_at_once(second: float) -> None:
    taken = np.arange(0.0, 8.0, 0.01)
    stamped = np.where(taken < 4.0, 20.0 + taken, second + taken)
    clock = DeviceClock()
    told = joined(clock, stamped.tolist(), (taken + 0.002).tolist())

    assert clock.epoch == 1
    assert (np.diff(told) > 0).all()
    assert np.abs(told - taken - 0.002).max() < 0.001


def test_a_clock_that_stood_still_is_a_new_epoch_in_a_second() -> None:
    taken = np.arange(0.0, 8.0, 0.01)
    stamped = np.where(taken < 4.0, taken, taken - 0.6)
    clock = DeviceClock()
    told = joined(clock, stamped.tolist(), taken.tolist())

    assert clock.epoch == 1
    assert np.abs(told - taken)[taken > 5.2].max() < 0.001


def test_a_stall_that_is_made_up_for_is_no_epoch() -> None:
    taken = np.arange(0.0, 8.0, 0.01)
    here = np.where((taken > 3.0) & (taken < 4.5), 4.5, taken)
    clock = DeviceClock()
    told = joined(clock, taken.tolist(), here.tolist())

    assert clock.epoch == 0
    assert np.abs(told - taken).max() < 0.005


def test_what_waited_in_a_buffer_at_the_start_is_put_right() -> None:
    taken = np.arange(0.0, 8.0, 0.01)
    here = np.maximum(taken, 0.8)
    told = joined(DeviceClock(), taken.tolist(), here.tolist())

    assert (np.diff(told) > 0).all()
    assert np.abs(told - taken)[taken > 2.0].max() < 0.01


def test_two_packets_out_of_order_are_no_epoch() -> None:
    taken = np.arange(0.0, 4.0, 0.01)
    order = np.arange(len(taken))
    order[[200, 201]] = order[[201, 200]]
    clock = DeviceClock()
    told = joined(clock, taken[order].tolist(), (taken + 0.02).tolist())

    assert clock.epoch == 0
    assert (np.diff(told) > 0).all()


def test_packed_samples_that_share_a_stamp_are_spread() -> None:
    """Three by three, as Muse and MetaWear send them."""
    taken = np.arange(0.0, 6.0, 0.02)
    told = joined(
        DeviceClock(), (np.arange(len(taken)) // 3 * 0.06).tolist(), (taken + 0.04).tolist()
    )

    assert np.diff(told)[100:] == pytest.approx(0.02, abs=0.004)


@pytest.mark.parametrize("link", BARS_MS)
def test_counted_bursts_are_spread_evenly(link: Link) -> None:
    rng = np.random.default_rng(4)
    taken = np.arange(0.0, 10.0, 0.01)
    kept = rng.random(len(taken)) > 0.05
    here = arrivals(link, taken[kept], rng)
    clock = ArrivalClock()
    told = np.array(
        [clock.observe(t, int(n)) for t, n in zip(here, np.flatnonzero(kept), strict=True)]
    )

    assert clock.epoch == 0 and (np.diff(told) > 0).all()
    assert clock.rate_hz == pytest.approx(100, rel=0.005)
    assert (told - taken[kept])[taken[kept] > 2].std() < 0.004


def test_uncounted_bursts_are_spread_by_their_rate() -> None:
    rng = np.random.default_rng(5)
    taken = np.arange(0.0, 10.0, 0.01)
    taken = taken[rng.random(len(taken)) > 0.05]
    here = arrivals("ble", taken, rng)
    clock = ArrivalClock()
    told = np.array([clock.observe(t) for t in here])
    late = taken > 2

    assert clock.epoch == 0 and (np.diff(told) > 0).all()
    assert clock.rate_hz == pytest.approx(95, rel=0.05)
    assert (told - taken)[late].std() < 0.025
    # As they come, most share their arrival with another.
    assert np.median(np.diff(here)) < 1e-6
    assert np.median(np.diff(told[late])) == pytest.approx(0.0105, abs=0.002)


def test_silence_or_a_count_that_starts_anew_is_a_new_epoch() -> None:
    silent, counted = ArrivalClock(), ArrivalClock()
    for n in range(200):
        silent.observe(n * 0.01)
        counted.observe(n * 0.01, n)
    after = silent.observe(9.0)
    again = counted.observe(2.0, 0)

    assert (silent.epoch, counted.epoch) == (1, 1)
    assert after == pytest.approx(9.0) and again == pytest.approx(2.0, abs=0.02)


@pytest.mark.benchmark
def test_two_hundred_samples_a_second_cost_nothing() -> None:
    from time import perf_counter

    taken = np.arange(0.0, 60.0, 0.005).tolist()
    clock = DeviceClock()
    began = perf_counter()
    for t in taken:
        clock.observe(t, t + 0.001)
        clock.to_host(t)
    each_us = (perf_counter() - began) / len(taken) * 1e6
    print(f"{each_us:.1f} µs a sample")

    assert each_us < 50
