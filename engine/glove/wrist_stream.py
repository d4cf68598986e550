"""One sensor of one device, from readings to calibrated samples on the host's clock."""

from __future__ import annotations

import math
from collections import deque
from typing import Protocol

import numpy as np

from engine.glove.alignment.offset_tracker import OffsetTracker
from engine.glove.calibration.calibration import Calibration
from engine.glove.clock import ArrivalClock, DeviceClock
from engine.glove.glove_state import FingersState, WristState
from engine.glove.health import StreamHealth
from engine.glove.reading import Reading
from engine.glove.sample import FingerSample, Hand, ImuSample, Vector
from engine.prediction import Trace

_LATENCIES = 200
_LOOK_S = 0.1
_LEAPS, _LEAPS_IN_S = 4, 30.0
"""A device's clock that leaps so often, within so many seconds, is not gone by any more."""

_MOST_AHEAD_S = 0.25
"""A sample cannot be measured after it was here; by more than this the clocks' line does not err.
"""


class Fitting(Protocol):
    """What makes of a device's own units and axes those of the wrist."""

    def apply(self, acc: Vector, gyro: Vector) -> tuple[Vector, Vector]:
        """Acceleration in g, rate in °/s."""
        ...


class WristStream:
    """Takes the readings of one sensor in order. One thread feeds it; everything else may be asked
    from any."""

    def __init__(
        self, hand: Hand, fitting: Fitting | None = None, *, named: Hand | None = None
    ) -> None:
        """`fitting`: None while units and axes are not known; there are no samples until then.
        `named`: the hand that the device itself names."""
        self.hand, self.fitting, self.named = hand, fitting, named
        self.tracker = OffsetTracker()
        self._device, self._arrivals = DeviceClock(), ArrivalClock()
        self._health = StreamHealth()
        self._latencies: deque[float] = deque(maxlen=_LATENCIES)
        self._newest_s = -math.inf
        self._samples = self._angles = 0
        self._epoch = 0
        self._leaps: deque[float] = deque(maxlen=_LEAPS)
        self._mistrusted = False
        self._frozen, self._looked_s = False, -math.inf

    @property
    def newest_s(self) -> float:
        """When its newest reading was measured, on the host's clock."""
        return self._newest_s

    def refit(self, hand: Hand, fitting: Fitting) -> None:
        """From the next sample on; what was found of its clock by the old ones is forgotten."""
        self.hand, self.fitting = hand, fitting
        self.tracker.reset()

    def timed(self, reading: Reading) -> float:
        """When it was measured, on the host's clock; later with each reading."""
        stamp_s = self._stamp_of(reading)
        if stamp_s is not None:
            self._device.observe(stamp_s, reading.arrival_s)
            t_s = self._device.to_host(stamp_s)
            if self._device.epoch != self._epoch:
                self._epoch = self._device.epoch
                self.tracker.reset()
                self._leaps.append(reading.arrival_s)
                often = len(self._leaps) == _LEAPS
                self._mistrusted = often and reading.arrival_s - self._leaps[0] < _LEAPS_IN_S
        else:
            t_s = self._arrivals.observe(reading.arrival_s, reading.sequence)
        t_s = min(t_s, reading.arrival_s + _MOST_AHEAD_S)
        self._newest_s = t_s = max(t_s, math.nextafter(self._newest_s, math.inf))
        self._latencies.append(reading.arrival_s - t_s)
        return t_s

    def _stamp_of(self, reading: Reading) -> float | None:
        """None where it tells nothing: no number, or by a clock that leaps again and again, for it
        is told in another unit than was said, or stands still."""
        stamp_s = reading.stamp_s
        if self._mistrusted or stamp_s is None or not math.isfinite(stamp_s):
            return None
        return stamp_s

    def sample(self, reading: Reading) -> ImuSample | None:
        """Of a completed reading; None without acceleration or rate, before it is fitted, and
        while it only repeats itself."""
        if reading.acc is None or reading.gyro is None:
            return None
        t_s = self.timed(reading)
        self._health.observe(
            t_s, reading.acc, reading.gyro, reading.sequence, self._stamp_of(reading)
        )
        if t_s - self._looked_s >= _LOOK_S:
            self._looked_s, self._frozen = t_s, self._health.is_frozen
        if self.fitting is None or self._frozen:
            return None
        acc, gyro = self.fitting.apply(reading.acc, reading.gyro)
        self._samples += 1
        self.tracker.add_measured(t_s, (*acc, *gyro))
        return ImuSample(
            t_s, acc, gyro, self.hand, reading.sequence, reading.stamp_s, reading.derived
        )

    def fingers(self, reading: Reading) -> FingerSample | None:
        """Of a reading that tells angles of fingers."""
        if reading.angles_deg is None:
            return None
        t_s = self.timed(reading)
        self._health.observe_values(
            t_s, reading.angles_deg, reading.sequence, self._stamp_of(reading)
        )
        self._samples += 1
        self._angles = len(reading.angles_deg)
        return FingerSample(
            t_s, reading.angles_deg, reading.hand, reading.sequence, reading.stamp_s
        )

    def generated(self, trace: Trace, end_s: float, now_s: float) -> None:
        """What pictures let one expect of both wrists in the span that ends at `end_s`, on the
        host's clock."""
        steps = trace.acc_g.shape[1]
        times = end_s + (np.arange(steps) - (steps - 1)) / trace.rate_hz
        rows = slice(0, 3) if self.hand == "left" else slice(3, 6)
        values = np.concatenate([trace.acc_g[rows], trace.gyro_dps[rows]]).T
        self.tracker.add_generated(times, values)
        self.tracker.update(now_s)

    def offset_s(self, now_s: float) -> float:
        """What is added to its times so that they fit the pictures; 0 until it is found."""
        return self.tracker.to_camera(now_s) - now_s

    def fingers_state(self, now_s: float) -> FingersState:
        """Of a stream that `fingers` are asked of."""
        health = self._health.state(now_s)
        return FingersState(
            angles=self._angles,
            rate_hz=health.rate_hz,
            loss=health.loss,
            latency_ms=self._latency_ms(),
            fresh=health.fresh,
            frozen=health.frozen,
            samples=self._samples,
        )

    def _latency_ms(self) -> float:
        late = list(self._latencies)
        return float(np.median(late)) * 1e3 if late else 0.0

    def state(self, now_s: float, sensor: str = "") -> WristState:
        health, offset = self._health.state(now_s), self.tracker.state
        found = offset.phase != "searching"
        fitting = self.fitting
        return WristState(
            hand=self.hand,
            sensor=sensor,
            calibration=fitting if isinstance(fitting, Calibration) else None,
            rate_hz=health.rate_hz,
            loss=health.loss,
            latency_ms=self._latency_ms(),
            offset_ms=None if offset.offset_ms is None else float(offset.offset_ms),
            correlation=offset.correlation if found else None,
            fresh=health.fresh and self.fitting is not None,
            frozen=health.frozen,
            samples=self._samples,
        )
