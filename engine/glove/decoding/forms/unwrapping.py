"""Clocks and counters that start again at 0 when their bits are used up."""

from __future__ import annotations

import math

_SLACK_S = 2.0
_REORDERED_S = 0.5
_REORDERED_COUNT = 16
_UNITS_S = (1.0, 1e-3, 1e-6, 1e-9)
_ENOUGH_STEPS = 8
_LIKENESS = 3.0


class UnwrappedClock:
    """A device's clock in s, going on where it wraps. Only wraps forward are undone: a clock that
    starts anew is handed on as it is.

    A wrap is one that fits the time between the arrivals; from the bare numbers, a restart at 0
    late in the clock's range looks the same.
    """

    def __init__(self, modulus_s: float | None) -> None:
        self._modulus = modulus_s
        self._offset = 0.0
        self._last: float | None = None
        self._arrival = 0.0
        self.went_back = False
        """The last stamp lay before the one before it, and no wrap explains it."""

    def next(self, stamp_s: float, arrival_s: float) -> float:
        last, waited = self._last, arrival_s - self._arrival
        self._arrival = arrival_s
        self.went_back = False
        if last is not None and stamp_s < last:
            ahead = math.inf if self._modulus is None else stamp_s + self._modulus - last
            if 0.0 <= ahead <= _SLACK_S + 2.0 * max(waited, 0.0):
                assert self._modulus is not None
                self._offset += self._modulus
            else:
                self.went_back = True
                if last - stamp_s > _REORDERED_S:
                    self._offset = 0.0
        self._last = stamp_s
        return stamp_s + self._offset


class UnwrappedCount:
    """A device's counter, going on where it wraps; one that starts anew is handed on as it is.

    `modulus` None: found from where it wraps, as of 8, 16 or 32 bits.
    """

    def __init__(self, modulus: int | None) -> None:
        self._moduli = (2**8, 2**16, 2**32) if modulus is None else (modulus,)
        self._offset = 0
        self._last: int | None = None

    def next(self, count: int) -> int:
        last = self._last
        if last is not None and count < last:
            for modulus in self._moduli:
                # Of two counts so close to where it wraps, one was before, and a few were lost.
                if last < modulus and count + modulus - last < modulus // 4:
                    self._offset += modulus
                    break
            else:
                if last - count > _REORDERED_COUNT:
                    self._offset = 0
        self._last = count
        return count + self._offset


class ClockUnit:
    """Finds whether a clock counts s, ms, µs or ns, by comparing it with the arrivals."""

    def __init__(self) -> None:
        self.unit_s: float | None = None
        self._first: tuple[float, float] | None = None
        self._last = 0.0
        self._steps = 0

    def seconds(self, stamp: float, arrival_s: float) -> float | None:
        """None as long as the unit is not known."""
        if self.unit_s is None:
            self._look(stamp, arrival_s)
        return None if self.unit_s is None else stamp * self.unit_s

    def _look(self, stamp: float, arrival_s: float) -> None:
        if self._first is None or stamp < self._last:
            self._first, self._steps = (stamp, arrival_s), 0
        self._last = stamp
        self._steps += 1
        ran, waited = stamp - self._first[0], arrival_s - self._first[1]
        if self._steps <= _ENOUGH_STEPS or ran <= 0.0 or waited <= 0.05:
            return
        for unit in _UNITS_S:
            if 1.0 / _LIKENESS < ran * unit / waited < _LIKENESS:
                self.unit_s = unit
