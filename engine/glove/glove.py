"""One glove: from its connection to calibrated samples on the host's clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.bundle import SignedAxes
from engine.glove.adapters.opening import open_adapter
from engine.glove.alignment.offset_tracker import OffsetCurves
from engine.glove.calibration.calibration import Calibration, Placement
from engine.glove.calibration.calibration_store import CalibrationStore, CalibrationStoreError
from engine.glove.calibration.guided_fitting import GuidedFitting
from engine.glove.calibration.signed_axes import ACC_MIRROR, GYRO_MIRROR
from engine.glove.completing import Completion, complete
from engine.glove.glove_state import GloveState, WristState
from engine.glove.reading import Reading
from engine.glove.sample import FingerSample, Hand, ImuSample, Vector
from engine.glove.spec import parse_spec
from engine.glove.wrist_stream import Fitting, WristStream
from engine.messages import Message
from engine.prediction import Prediction, Trace

_MOST_STREAMS = 8
"""Sensors of one connection; a stream of made-up names shall not fill the memory."""

_FINGERS = "fingers"

CLAIMED_S = 2.0
"""So long after its last sample a sensor still has the hand it is on."""


class HandClaims:
    """Which sensor speaks for which hand: the first that does, until it is silent."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by: dict[Hand, tuple[str, float]] = {}

    def claim(self, hand: Hand, sensor: str, now_s: float) -> bool:
        """Whether `sensor` may speak for `hand` at host time `now_s`."""
        with self._lock:
            owner = self._by.get(hand)
            if owner is not None and owner[0] != sensor and now_s - owner[1] < CLAIMED_S:
                return False
            self._by[hand] = sensor, now_s
            return True

    def free(self, now_s: float) -> Hand:
        """For a sensor of which nobody said where it is: the hand that nothing speaks for, the
        right one first."""
        with self._lock:
            owner = self._by.get("right")
            return "right" if owner is None or now_s - owner[1] >= CLAIMED_S else "left"


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
        calibrations: CalibrationStore | None = None,
        hands: HandClaims | None = None,
    ) -> None:
        """`spec`: as `parse_spec` reads it; `calibrations`: remembers how gloves were put on;
        `hands`: shared by all that are worn. Nothing is opened before `start`. Raises
        GloveSpecError."""
        self.spec = spec
        self._on_samples = on_samples
        self._adapter = open_adapter(parse_spec(spec), self._read)
        self._lock = threading.Lock()
        self._streams: dict[str, WristStream] = {}
        self._known: dict[str, tuple[bool, bool]] = {}
        self._unkept: Message | None = None
        self._completion = Completion(self._adapter.status.title or spec)
        self._refusal: Message | None = None
        self._calibrations = calibrations
        self._hands = HandClaims() if hands is None else hands
        self._refused: dict[Hand, float] = {}
        self._fitting = GuidedFitting()

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
        self._fitting.generated(trace, end_s)

    # -- how it is worn --------------------------------------------------------------------------

    def fit(self, placement: Placement) -> None:
        """Find units, axes and hand of all its sensors, one after another; `state().fitting` says
        what to do. What is found is remembered."""
        with self._lock:
            sensors = {key: stream for key, stream in self._streams.items() if key != _FINGERS}
        self._fitting.begin(self._adapter.status.title, placement, sensors, self._known)

    def stop_fitting(self) -> None:
        """What was found so far stays."""
        self._fitting.stop()

    def set_hand(self, sensor: str, hand: Hand) -> None:
        """It is on this hand, whatever was found."""
        self._change(sensor, lambda worn: replace(worn, hand=hand))

    def set_placement(self, placement: Placement) -> None:
        for sensor in [key for key in self._streams if key != _FINGERS]:
            self._change(sensor, lambda worn: replace(worn, placement=placement))

    def turn(self, sensor: str, axis: Literal["x", "y", "z"]) -> None:
        """It sits a quarter of a turn further about this axis of the wrist."""
        self._change(sensor, lambda worn: worn.turned(axis))

    def curves(self, sensor: str) -> OffsetCurves | None:
        """What the last comparison with the pictures saw."""
        stream = self._streams.get(sensor)
        return None if stream is None else stream.tracker.curves()

    def _change(self, sensor: str, change: Callable[[Calibration], Calibration]) -> None:
        stream = self._streams.get(sensor)
        if stream is None:
            return
        worn = stream.fitting
        if not isinstance(worn, Calibration):
            if worn is None:
                # In units that nobody knows it can be on no hand.
                return
            worn = Calibration(stream.hand)
        self._wear(sensor, stream, change(worn))

    def _wear(self, sensor: str, stream: WristStream, calibration: Calibration) -> None:
        stream.refit(calibration.hand, calibration)
        if self._calibrations is None:
            return
        try:
            self._calibrations.remember(self._device_key(sensor), calibration)
            self._unkept = None
        except CalibrationStoreError as error:
            self._unkept = error.message

    def _device_key(self, sensor: str) -> str:
        device = self._adapter.status.device_id or self.spec
        return f"{device}/{sensor}" if sensor else device

    # -- in the connection's thread --------------------------------------------------------------

    def state(self) -> GloveState:
        link, now = self._adapter.status, time.perf_counter()
        with self._lock:
            streams, refusal = dict(self._streams), self._refusal
        wrists = tuple(stream.state(now, key) for key, stream in streams.items() if key != _FINGERS)
        return GloveState(
            spec=self.spec,
            link=link,
            wrists=wrists,
            fitted=any(stream.fitting is not None for stream in streams.values()),
            fingers=streams[_FINGERS].fingers_state(now) if _FINGERS in streams else None,
            fitting=self._fitting.state,
            note=link.message or refusal or self._note(link.title, wrists),
        )

    def _note(self, title: str, wrists: tuple[WristState, ...]) -> Message | None:
        if any(wrist.frozen for wrist in wrists):
            return Message("glove.frozen", name=title)
        with self._lock:
            unfitted = any(
                stream.fitting is None for key, stream in self._streams.items() if key != _FINGERS
            )
        if unfitted and self._fitting.state is None:
            return Message("glove.not-fitted", name=title)
        for hand, when_s in list(self._refused.items()):
            if time.perf_counter() - when_s < CLAIMED_S:
                return Message(f"glove.both-{hand}", name=title)
        return self._unkept

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
        if stream is None:
            return None
        sample = stream.sample(whole)
        if sample is not None and not self._hands.claim(
            sample.hand, f"{self.spec} {key}", reading.arrival_s
        ):
            # Two on one hand would tell of it in turns, and of neither wrist the truth.
            self._refused[sample.hand] = reading.arrival_s
            sample = None
        if whole.acc is not None and whole.gyro is not None:
            found = self._fitting.reading(key, stream.newest_s, whole.acc, whole.gyro)
            if found is not None:
                self._wear(key, stream, found)
        return sample

    def _fingers(self, reading: Reading) -> FingerSample | None:
        stream = self._stream(_FINGERS, reading)
        return None if stream is None else stream.fingers(reading)

    def _stream(self, key: str, reading: Reading) -> WristStream | None:
        stream = self._streams.get(key)
        if stream is None:
            if len(self._streams) >= _MOST_STREAMS:
                return None
            known = reading.acc_known and reading.gyro_known
            self._known[key] = (reading.acc_known, reading.gyro_known)
            worn = self._calibrations.find(self._device_key(key)) if self._calibrations else None
            hand = worn.hand if worn else reading.hand or self._hands.free(reading.arrival_s)
            fitting: Fitting | None = worn or (_AsSent() if known else None)
            stream = WristStream(hand, fitting, named=reading.hand)
            with self._lock:
                if reading.hand is not None:
                    # What came before the device named its hands was one of these.
                    self._streams.pop("", None)
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
    acc = trace.acc_g.reshape(2, 3, -1)[::-1] * ACC_MIRROR[:, None]
    gyro = trace.gyro_dps.reshape(2, 3, -1)[::-1] * GYRO_MIRROR[:, None]
    return replace(trace, acc_g=acc.reshape(6, -1), gyro_dps=gyro.reshape(6, -1))
