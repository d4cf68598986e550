"""One glove: from its connection to calibrated samples on the host's clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.bundle import SignedAxes
from engine.glove.adapters.opening import open_adapter
from engine.glove.completing import Completion, complete
from engine.glove.glove_state import GloveState, WristState
from engine.glove.reading import Reading
from engine.glove.sample import FingerSample, Hand, ImuSample, Vector
from engine.glove.spec import parse_spec
from engine.glove.wrist_stream import WristStream
from engine.messages import Message
from engine.prediction import Prediction, Trace

_MOST_STREAMS = 8
"""Sensors of one connection; a stream of made-up names shall not fill the memory."""

_FINGERS = "fingers"


class _AsSent:
    """A sensor that tells g and °/s already, in the axes of the wrist."""

    def apply(self, acc: Vector, gyro: Vector) -> tuple[Vector, Vector]:
        return acc, gyro


class Glove:
    """Any thread may call anything. `on_samples` is called in the connection's own."""

    def __init__(
        self,
        spec: str,
        on_samples: Callable[[Sequence[ImuSample | FingerSample]], None],
        calibrations: Path | None = None,
    ) -> None:
        """`spec`: as `parse_spec` reads it; `calibrations`: the file that remembers how gloves were
        put on. Nothing is opened before `start`. Raises GloveSpecError."""
        self.spec = spec
        self._on_samples = on_samples
        self._adapter = open_adapter(parse_spec(spec), self._read)
        self._lock = threading.Lock()
        self._streams: dict[str, WristStream] = {}
        self._completion = Completion(self._adapter.status.title or spec)
        self._refusal: Message | None = None
        self._listener: Callable[[Reading], None] | None = None

    def start(self) -> None:
        self._adapter.start()

    def close(self) -> None:
        self._adapter.close()

    def offset_s(self, hand: Hand) -> float | None:
        """What is added to a wrist's times so that they fit the pictures; None where this glove is
        on the other hand."""
        stream = next((s for s in self._worn() if s.hand == hand), None)
        return None if stream is None else stream.offset_s(time.perf_counter())

    def generated(
        self, prediction: Prediction, *, gyro_axes: SignedAxes, left_handed: bool
    ) -> None:
        """What the pictures let one expect of both wrists, for the clocks to be compared by.
        `gyro_axes`: of the bundle that says so."""
        trace, end_s = prediction.trace, prediction.host_s
        if trace is None or end_s is None:
            return
        trace = replace(trace, gyro_dps=_true_rates(trace.gyro_dps, gyro_axes))
        if left_handed:
            trace = mirrored_trace(trace)
        now = time.perf_counter()
        for stream in self._worn():
            stream.generated(trace, end_s, now)

    def state(self) -> GloveState:
        link, now = self._adapter.status, time.perf_counter()
        with self._lock:
            streams, refusal = dict(self._streams), self._refusal
        wrists = tuple(stream.state(now) for key, stream in streams.items() if key != _FINGERS)
        return GloveState(
            spec=self.spec,
            link=link,
            wrists=wrists,
            fitted=any(stream.fitting is not None for stream in streams.values()),
            fingers=_FINGERS in streams,
            note=link.message or self._note(link.title, wrists, refusal),
        )

    def _note(
        self, title: str, wrists: tuple[WristState, ...], refusal: Message | None
    ) -> Message | None:
        if any(wrist.frozen for wrist in wrists):
            return Message("glove.frozen", name=title)
        return refusal

    def _worn(self) -> list[WristStream]:
        with self._lock:
            return [stream for key, stream in self._streams.items() if key != _FINGERS]

    def _read(self, readings: Sequence[Reading]) -> None:
        """In the connection's thread."""
        samples: list[ImuSample | FingerSample] = []
        for reading in readings:
            sample = self._fingers(reading) if _tells_fingers(reading) else self._wrist(reading)
            if sample is not None:
                samples.append(sample)
        if samples:
            self._on_samples(samples)

    def _wrist(self, reading: Reading) -> ImuSample | None:
        key = reading.hand or reading.channel
        whole = complete(reading, self._completion)
        if isinstance(whole, Message):
            self._refusal = whole
            return None
        self._refusal = None
        stream = self._stream(key, whole)
        return None if stream is None else stream.sample(whole)

    def _fingers(self, reading: Reading) -> FingerSample | None:
        stream = self._stream(_FINGERS, reading)
        return None if stream is None else stream.fingers(reading)

    def _stream(self, key: str, reading: Reading) -> WristStream | None:
        stream = self._streams.get(key)
        if stream is None:
            if len(self._streams) >= _MOST_STREAMS:
                return None
            known = reading.acc_known and reading.gyro_known
            hand = reading.hand or "right"
            stream = WristStream(hand, _AsSent() if known else None)
            with self._lock:
                self._streams[key] = stream
        return stream


def _tells_fingers(reading: Reading) -> bool:
    return reading.angles_deg is not None and reading.acc is None and len(reading.angles_deg) > 3


def _true_rates(gyro: NDArray[np.float32], axes: SignedAxes) -> NDArray[np.float32]:
    """`(6, n)` as a bundle has them, about the wrist's own axes."""
    back = np.array(axes, np.float32).T
    return (back @ gyro.reshape(2, 3, -1)).reshape(6, -1)


def mirrored_trace(trace: Trace) -> Trace:
    """Of a body that is its own mirror image: what the other wrist would have told."""
    acc = trace.acc_g.reshape(2, 3, -1)[::-1] * np.array([1, -1, 1], np.float32)[:, None]
    gyro = trace.gyro_dps.reshape(2, 3, -1)[::-1] * np.array([-1, 1, -1], np.float32)[:, None]
    return replace(trace, acc_g=acc.reshape(6, -1), gyro_dps=gyro.reshape(6, -1))
