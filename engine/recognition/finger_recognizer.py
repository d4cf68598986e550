"""Signs by a glove alone, without any picture: angles of fingers in, predictions out."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.bundle import Bundle
from engine.frame import Frame, Landmarks
from engine.landmarks.detector import LandmarkDetector
from engine.landmarks.recording import LandmarkRecording
from engine.messages import Message
from engine.models.finger_angles import encode_angles
from engine.prediction import Prediction, Timing
from engine.recognition.decision import Evidence, decide
from engine.recognition.sensor_evidence import MeasuredSensors
from engine.recognition.sensor_stream import SensorStream
from engine.runtime.fallback import LiveNetworks, load_networks
from engine.teaching.taught_store import TaughtInfo

HELD_S = 0.6
"""A sign that is named for so long is written down."""

FRESH_S = 0.5
"""Later than this after the last sample nothing is named any more."""


class FingerRecognizer:
    """As `Recognizer`, for a bundle whose only stream is a glove with angles of fingers."""

    def __init__(self, bundle: Bundle) -> None:
        """Raises BundleError."""
        self.bundle = bundle
        self._networks, self._sensor = load_networks(bundle), SensorStream(bundle)
        self._seeing = threading.Lock()
        self._measured = MeasuredSensors(bundle.card)
        self._held: tuple[str, float] | None = None
        self._entered: str | None = None
        self._named_s = -math.inf
        self._ended: list[Prediction] = []

    @property
    def networks(self) -> LiveNetworks:
        return self._networks

    landmarks_ms = 0.0
    hint: Message | None = None

    def adopt(self, runtime: str) -> None:
        """There is one way to run it."""

    def take_over(self, detector: LandmarkDetector) -> None:
        detector.close()

    def close(self) -> None: ...

    def reset(self) -> None:
        with self._seeing:
            self._held = self._entered = None
            self._ended.clear()

    def set_left_handed(self, left_handed: bool) -> None:
        """The glove is what it is, on whichever hand."""

    def set_landmark_rate(self, rate_hz: float) -> None: ...

    def teach(
        self,
        takes: Mapping[str, Sequence[tuple[LandmarkRecording, bool]]],
        lesson: Sequence[str] = (),
    ) -> tuple[TaughtInfo, ...]:
        return ()

    def observe(
        self, frame: Frame, *, chosen: bool = False, captured: float | None = None
    ) -> Landmarks | None:
        return None

    def measure(
        self,
        wrists: NDArray[np.float64],
        fingers: NDArray[np.float64],
        offsets_s: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        with self._seeing:
            self._measured.append(wrists, fingers)

    @property
    def can_predict(self) -> bool:
        with self._seeing:
            span = self._span()
            return span is not None and self._measured.has_fingers(*span)

    def predict(
        self, *, captured: float | None = None, at_end: bool = False, pictures: bool = True
    ) -> Prediction | None:
        """Name the sign of the last `span_s` seconds; None when they are not all there. Times are
        those of the host's clock."""
        started = time.perf_counter()
        found = self._steps()
        if found is None:
            return None
        now, angles = found
        logits = self._sensor.logits(encode_angles(angles)[None])
        ended = time.perf_counter()
        timing = Timing(0.0, (ended - started) * 1e3, (ended - now) * 1e3)
        evidence = Evidence({"sensor_measured": logits}, trace_kind="measured")
        prediction = decide(self.bundle.card, evidence, now, timing)
        self._hold(prediction)
        return prediction

    def spotted(
        self, *, captured: float | None = None, at_end: bool = False
    ) -> tuple[Prediction, ...]:
        """A sign that was held for `HELD_S`, once; again only after something else."""
        with self._seeing:
            ended = tuple(self._ended)
            self._ended.clear()
        return ended

    def _hold(self, prediction: Prediction) -> None:
        with self._seeing:
            now, sign = prediction.t_s, prediction.sign
            silent, self._named_s = now - self._named_s > FRESH_S, now
            if silent:
                # What the hand did meanwhile nobody knows.
                self._held = self._entered = None
            if sign is None:
                self._held = self._entered = None
                return
            if self._held is None or self._held[0] != sign:
                self._held = sign, now
            since = self._held[1]
            if now - since >= HELD_S and sign != self._entered:
                self._entered = sign
                self._ended.append(prediction.over(since, now))

    def _steps(self) -> tuple[float, NDArray[np.float32]] | None:
        """When the span ends, and its angles `(angles, n_steps)`."""
        with self._seeing:
            span = self._span()
            steps = None if span is None else self._measured.finger_steps(*span)
        return None if span is None or steps is None else (span[1], steps)

    def _span(self) -> tuple[float, float] | None:
        """What the newest sample ends; None when it is no longer new."""
        newest = self._measured.newest_finger_s
        if newest is None or time.perf_counter() - newest > FRESH_S:
            return None
        return newest - self.bundle.card.clip.span_s, newest
