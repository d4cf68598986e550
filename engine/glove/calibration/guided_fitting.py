"""The sensors of one device, fitted one after another."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Protocol

import numpy as np

from engine.glove.calibration.calibration import Calibration, Placement
from engine.glove.calibration.fitting_state import FittingState
from engine.glove.calibration.session import FittingSession
from engine.glove.sample import Hand, Vector
from engine.messages import Message
from engine.prediction import Trace


class _Sensor(Protocol):
    @property
    def named(self) -> Hand | None: ...


def _of_sensor(title: str, key: str) -> str:
    """What a sensor of several is called; devices name them by their hand, or in their own way."""
    if key in ("left", "right"):
        return Message(f"glove.sensor-{key}", name=title)
    return f"{title} · {key}"


class GuidedFitting:
    """`state` is None while nothing is fitted. Any thread may call anything."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[tuple[str, FittingSession]] = []
        self._found: tuple[FittingState, ...] = ()
        self._last: FittingState | None = None

    def begin(
        self,
        title: str,
        placement: Placement,
        sensors: Mapping[str, _Sensor],
        known: Mapping[str, tuple[bool, bool]],
    ) -> None:
        """`title`: of the device; `known`: whether units of acceleration and rate are."""
        several = len(sensors) > 1
        waiting = []
        for key, sensor in sensors.items():
            acc, gyro = known.get(key, (False, False))
            session = FittingSession(
                _of_sensor(title, key) if several else title,
                placement=placement,
                hand=sensor.named,
                acc_known=acc,
                gyro_known=gyro,
            )
            waiting.append((key, session))
        with self._lock:
            self._waiting, self._found, self._last = waiting, (), None

    def stop(self) -> None:
        with self._lock:
            self._waiting, self._found, self._last = [], (), None

    @property
    def state(self) -> FittingState | None:
        with self._lock:
            if self._waiting:
                return self._waiting[0][1].state
            return self._last

    def reading(self, key: str, t_s: float, acc: Vector, gyro: Vector) -> Calibration | None:
        """A reading of sensor `key`, in its own units; what was found, when it is done by it."""
        with self._lock:
            session = self._waiting[0][1] if self._waiting else None
            if session is None or self._waiting[0][0] != key:
                return None
        if session.state.step == "failed":
            return None
        session.add_reading(t_s, acc, gyro)
        if session.state.step != "done":
            return None
        with self._lock:
            if not self._waiting or self._waiting[0][1] is not session:
                # It was stopped, or begun anew, meanwhile.
                return None
            self._waiting.pop(0)
            self._found = (*self._found, session.state)
            lines = tuple(line for one in self._found for line in one.found)
            self._last = FittingState("done", 1.0, session.state.message, lines)
        return session.result

    def generated(self, trace: Trace, end_s: float) -> None:
        """What pictures let one expect in the span that ends at `end_s`, on the host's clock."""
        with self._lock:
            session = self._waiting[0][1] if self._waiting else None
        if session is None:
            return
        steps = trace.acc_g.shape[1]
        times = end_s + (np.arange(steps) - (steps - 1)) / trace.rate_hz
        rows_of: dict[Hand, slice] = {"left": slice(0, 3), "right": slice(3, 6)}
        for hand, rows in rows_of.items():
            values = np.concatenate([trace.acc_g[rows], trace.gyro_dps[rows]]).T
            session.add_generated(hand, times, values)
