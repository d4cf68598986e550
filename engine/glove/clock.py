"""From a device's clock, or from bare arrivals, to the host's: when was a sample measured?

A sample may come late and never early. So the earliest arrivals tell the truth: the line below all
of (stamp, arrival) and close to the lowest of them joins the two clocks, up to the link's shortest
delay, which is constant. Sources: Moon, Skelly, Towsley, 'Estimation and removal of clock skew from
network delay measurements', 1999, for the lower envelope; Theil and Sen for a slope that a few
stalls do not move.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

JUMP_S = 0.25
"""A stamp that is so far from where the clocks' line has it belongs to another epoch."""

MOST_DRIFT = 0.012
"""Ceramic resonators reach half a percent; one percent is borne, and a little more."""

_BIN_S = 0.5
_WINDOW_S = 20.0
# Each lost sample that nobody counted shifts the line, so it follows the points in this time.
_RISE_S = 0.4
_FEWEST_BINS = 3
_BEHIND_S = 1.0
_OUT_OF_ORDER = 3
_SHORTEST_STEP_S = 1e-6
# Where the line moved back, time goes on at this part of its pace until it is caught up.
_LEAST_PACE = 0.1
_FORGET = 0.02


class DeviceClock:
    """Joins the clock of a device that stamps its samples to the host's.

    For each sample `observe`, then `to_host`. Both clocks in s; the stamps may begin anywhere and
    drift by one percent. `epoch` counts restarts and jumps of the device's clock; stamps of
    different epochs must not be compared. What comes a little out of order starts no epoch. The
    cost of a sample does not grow with time.
    """

    def __init__(self) -> None:
        self.epoch = 0
        self._line: _LowerLine | None = None
        self._newest = 0.0
        self._backward = 0
        self._behind = _Behind()
        self._period, self._steps = 0.0, 0
        self._told = _Increasing()

    def observe(self, stamp_s: float, arrival_s: float) -> None:
        """A sample of `stamp_s` was here at `arrival_s`, on the host's clock. What is not finite is
        passed over."""
        if not (math.isfinite(stamp_s) and math.isfinite(arrival_s)):
            return
        if self._line is None:
            self._begin()
        elif self._has_jumped(self._line, stamp_s, arrival_s):
            self.epoch += 1
            self._begin()
        else:
            # Samples that share a stamp count, each as a step of nothing.
            self._steps += 1
            step = min(max(0.0, stamp_s - self._newest), JUMP_S)
            self._period += (step - self._period) * max(_FORGET, 1.0 / self._steps)
        assert self._line is not None
        self._line.add(stamp_s, arrival_s)
        self._newest = stamp_s if self._backward == 0 else max(self._newest, stamp_s)

    def to_host(self, stamp_s: float) -> float:
        """The host's time of `stamp_s` in s, later with every call. Samples that share a stamp are
        spread by the rate. Raises ValueError before anything was observed."""
        if self._line is None:
            raise ValueError("no stamp was observed yet")
        return self._told.next(stamp_s, self._line.at(stamp_s), self._period)

    @property
    def drift(self) -> float:
        """By how much the device's clock is fast: 0.001 is 1 ms in a second."""
        return 0.0 if self._line is None else 1.0 / self._line.slope - 1.0

    def _begin(self) -> None:
        self._line = _LowerLine(1.0, 1.0 - MOST_DRIFT, 1.0 + MOST_DRIFT)
        self._behind, self._backward = _Behind(), 0
        self._told.begin()

    def _has_jumped(self, line: _LowerLine, stamp_s: float, arrival_s: float) -> bool:
        back = self._newest - stamp_s
        self._backward = self._backward + 1 if back > 0.0 else 0
        if back > JUMP_S or self._backward >= _OUT_OF_ORDER:
            return True
        late_s = arrival_s - line.at(stamp_s)
        return late_s < -JUMP_S or self._behind.too_long(late_s, arrival_s)


class ArrivalClock:
    """The same for a device without a clock: bursts are spread evenly by the rate of its samples.

    The device's count is its clock where it has one; without it samples are counted here, and those
    that were lost cost accuracy. `epoch` counts restarts of the count, and silences.
    """

    def __init__(self) -> None:
        self.epoch = 0
        self._line: _LowerLine | None = None
        self._counted: bool | None = None
        self._count = 0.0
        self._arrival = 0.0
        self._behind = _Behind()
        self._told = _Increasing()

    def observe(self, arrival_s: float, sequence: int | None = None) -> float:
        """The host's time in s, later with every call, of a sample that was here at `arrival_s`.
        `sequence`: the device's own count, unwrapped."""
        count = float(sequence) if sequence is not None else self._count + 1.0
        if self._line is None:
            self._begin(sequence is not None)
        elif self._has_jumped(self._line, count, arrival_s, sequence is not None):
            self.epoch += 1
            self._begin(sequence is not None)
        assert self._line is not None
        self._line.add(count, arrival_s)
        self._count, self._arrival = count, arrival_s
        return self._told.next(count, self._line.at(count), self._line.slope)

    @property
    def rate_hz(self) -> float:
        """Samples in a second, those lost included where they are counted; 0 while unknown."""
        return 1.0 / self._line.slope if self._line and self._line.is_drawn else 0.0

    def _begin(self, counted: bool) -> None:
        self._line = _LowerLine(None, 1e-4, 1.0, rises=not counted)
        self._counted, self._behind = counted, _Behind()
        self._told.begin()

    def _has_jumped(self, line: _LowerLine, count: float, arrival_s: float, counted: bool) -> bool:
        if counted != self._counted or count < self._count:
            return True
        if not counted and arrival_s - self._arrival > _BEHIND_S:
            return True
        if not line.is_drawn:
            return False
        late_s = arrival_s - line.at(count)
        if counted and late_s < -JUMP_S:
            return True
        return self._behind.too_long(late_s, arrival_s)


class _Behind:
    """Late by a stall, which is soon made up for; or the device's clock stood still for a while."""

    def __init__(self) -> None:
        self._since: float | None = None

    def too_long(self, late_s: float, arrival_s: float) -> bool:
        """`late_s`: how far a sample that came at `arrival_s` lies behind the clocks' line."""
        if late_s <= JUMP_S:
            self._since = None
            return False
        if self._since is None:
            self._since = arrival_s
        return arrival_s - self._since > _BEHIND_S


class _LowerLine:
    """The line below all points (x, y) of the last 20 s of y, close to the lowest of them.

    Of each half second the lowest point is kept, and the slope is found anew twice a second.
    Without `slope` it is unknown at first, and `at` gives the last y. `rises`: points that stay
    above the line lift it, because x misses some steps.
    """

    def __init__(self, slope: float | None, least: float, most: float, rises: bool = False) -> None:
        self.slope = slope or 0.0
        self._is_given = slope is not None
        self._least, self._most, self._rises = least, most, rises
        self._bins: deque[tuple[float, float]] = deque(maxlen=round(_WINDOW_S / _BIN_S))
        self._lowest: tuple[float, float] | None = None
        self._bin_ends = 0.0
        self._x0 = self._y0 = self._height = self._last = 0.0

    @property
    def is_drawn(self) -> bool:
        """Whether the slope is known, or well estimated."""
        return self._is_given or len(self._bins) >= _FEWEST_BINS

    def add(self, x: float, y: float) -> None:
        if self._lowest is None:
            self._x0, self._y0, self._bin_ends = x, y, _BIN_S
            self._lowest = (0.0, 0.0)
            return
        x, y = x - self._x0, y - self._y0
        if not self.is_drawn and x > 0:
            self.slope = y / x
        if self._rises and self._bins:
            above = max(0.0, y - self.slope * x - self._height)
            self._height += above * min(1.0, (y - self._last) / _RISE_S)
        self._last = y
        if y >= self._bin_ends:
            self._bins.append(self._lowest)
            self._lowest = (x, y)
            self._bin_ends = y + _BIN_S
            while self._bins and self._bins[0][1] < y - _WINDOW_S:
                self._bins.popleft()
            self._draw(x)
        elif y - self.slope * x < self._lowest[1] - self.slope * self._lowest[0]:
            self._lowest = (x, y)
        self._height = min(self._height, y - self.slope * x)

    def at(self, x: float) -> float:
        if not (self._is_given or self._bins):
            return self._y0 + self._last
        return self._y0 + self._height + self.slope * (x - self._x0)

    def _draw(self, x_now: float) -> None:
        assert self._lowest is not None
        points = np.array([*self._bins, self._lowest])
        x, y = points[:, 0], points[:, 1]
        before = self.slope
        if len(self._bins) >= _FEWEST_BINS:
            one, other = np.triu_indices(len(self._bins), 1)
            run, rise = x[other] - x[one], y[other] - y[one]
            if (run > 0).any():
                slope = float(np.median(rise[run > 0] / run[run > 0]))
                self.slope = min(max(slope, self._least), self._most)
        if self._rises and len(self._bins) > 1:
            # It turns about where it is now.
            self._height += (before - self.slope) * x_now
        else:
            self._height = float((y - self.slope * x).min())


class _Increasing:
    """Times on the host's clock, each later than the one before."""

    def __init__(self) -> None:
        self._told = -math.inf
        self._line_s = 0.0
        self._of: float | None = None

    def begin(self) -> None:
        """What comes next is counted anew."""
        self._of = None

    def next(self, x: float, host_s: float, period_s: float) -> float:
        """The time of `x`, which the line puts at `host_s`; of the same `x` again, `period_s` after
        the one before."""
        least = self._told + _SHORTEST_STEP_S
        if self._of is not None:
            if x == self._of:
                host_s = self._told + period_s
            else:
                least = self._told + max(_SHORTEST_STEP_S, _LEAST_PACE * (host_s - self._line_s))
        if x != self._of:
            self._line_s = host_s
        self._of = x
        self._told = max(host_s, least)
        return self._told
