"""When samples of a device with a clock of its own reach the host, by the way they come."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Link = Literal["usb", "wifi", "ble"]


def arrivals(
    link: Link, taken_s: NDArray[np.floating], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Host times, in order, at which samples taken at host times `taken_s` `(N,)` are read.

    'usb': a frame of 1 ms, and a reader that is late now and then. 'wifi': some milliseconds with
    a long tail, and stalls of 30 to 150 ms. 'ble': everything waits for the next connection event,
    one every 45 ms, of which one in twelve is missed.
    """
    n = len(taken_s)
    taken = np.asarray(taken_s, np.float64)
    if link == "usb":
        delay = rng.uniform(0.5e-3, 1.5e-3, n) + rng.exponential(0.3e-3, n)
        delay[rng.random(n) < 0.01] += rng.uniform(2e-3, 20e-3)
        here = taken + delay
    elif link == "wifi":
        here = taken + 2e-3 + rng.exponential(4e-3, n)
        for stall in np.flatnonzero(rng.random(n) < 0.004):
            until = taken[stall] + rng.uniform(0.03, 0.15)
            here[(taken >= taken[stall]) & (taken < until)] = until + 1e-3
    else:
        interval = 0.045
        first = rng.uniform(0.0, interval)
        n_events = int((taken[-1] - taken[0]) / interval) + 40
        events = taken[0] - interval + first + interval * np.arange(n_events)
        events = events[rng.random(n_events) > 1 / 12]
        here = events[np.searchsorted(events, taken + 1e-3)] + 2e-3
        here += rng.exponential(0.5e-3, n_events)[np.searchsorted(events, taken + 1e-3)]
    return np.maximum.accumulate(here)


def stamps(
    taken_s: NDArray[np.floating], drift: float, origin_s: float = 0.0
) -> NDArray[np.float64]:
    """What the device's clock shows then; `drift` 0.01: it runs 1 % fast."""
    taken = np.asarray(taken_s, np.float64)
    return origin_s + (1.0 + drift) * (taken - taken[0])
