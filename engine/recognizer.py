"""The façade: frames in, predictions out."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.bundle import Bundle
from engine.frame import Frame, Landmarks
from engine.landmark_pace import LandmarkPace
from engine.landmarks.detector import LandmarkDetector
from engine.models.fusion import late_fusion
from engine.networks import BundleNetworks, choose_device, describe_device
from engine.prediction import Prediction, Timing, Trace, TraceKind
from engine.views import make_view

SHORTEST_WINDOW_S = 1.0
"""No sign of the vocabulary is over sooner; before this there is nothing worth saying."""

_TOP = 5
_STREAM_NAMES = {"video": "video", "sensor_generated": "sensor", "sensor_measured": "sensor"}


class Recognizer:
    """One bundle, ready to answer. Not thread-safe: one thread owns it.

    Feed every captured frame to `observe`; it looks at those that are due and keeps them. Ask
    `predict` as often as an answer is wanted.
    """

    def __init__(
        self,
        bundle: Bundle,
        *,
        device: str = "auto",
        left_handed: bool = False,
        detector: LandmarkDetector | None = None,
    ) -> None:
        """`detector`: one to share between recognizers; without it, one is made and owned."""
        self.bundle = bundle
        self._device = choose_device(device)
        _leave_a_core()
        self._networks = BundleNetworks(bundle, self._device)
        self._left_handed = left_handed
        self._view = make_view(bundle.card.clip, left_handed=left_handed)
        self._detector = detector
        self._owns_detector = detector is None
        self._pace = LandmarkPace()
        self._landmarks_ms = 0.0
        self._warm_up()

    @property
    def device_name(self) -> str:
        return describe_device(self._device)

    @property
    def landmarks_ms(self) -> float:
        """Milliseconds that the newest frame's landmarks took."""
        return self._landmarks_ms

    def close(self) -> None:
        if self._detector is not None and self._owns_detector:
            self._detector.close()
            self._detector = None

    def reset(self) -> None:
        """Forget what was seen, as on a change of source."""
        self._view.clear()
        self._pace.reset()

    def set_left_handed(self, left_handed: bool) -> None:
        """Mirror a left-handed signer into the right-handed vocabulary; starts a new window."""
        if left_handed != self._left_handed:
            self._left_handed = left_handed
            self._view = make_view(self.bundle.card.clip, left_handed=left_handed)

    def observe(self, frame: Frame) -> Landmarks | None:
        """Take one frame; the landmarks seen in it, or None when it was not due to be looked at."""
        if not self._pace.is_due(frame.t_s):
            return None
        self._pace.look(frame.t_s)
        started = time.perf_counter()
        landmarks = frame.landmarks
        if landmarks is None:
            if self._detector is None:
                self._detector = LandmarkDetector()
            landmarks = self._detector.detect(frame.image, frame.t_s)
        self._landmarks_ms = (time.perf_counter() - started) * 1e3
        self._view.observe(frame, landmarks)
        return landmarks

    @property
    def can_predict(self) -> bool:
        """Whether the window holds enough for an answer worth showing."""
        return self._view.covered_s >= SHORTEST_WINDOW_S

    def predict(self, *, captured: float | None = None, at_end: bool = False) -> Prediction | None:
        """Name the sign in the current window; None when the window is empty.

        `captured`: `time.perf_counter()` at the newest frame's capture, for the frame-to-label
        time. `at_end`: nothing will follow (the end of a file), so the last picture is held for as
        long as a signer's hands would rest.
        """
        started = time.perf_counter()
        if self._pace.looked_s is None:
            return None
        if not self._view.person_seen:
            return self._nobody(started, captured)
        spare = self.bundle.card.clip.span_s - self._view.covered_s
        clip = self._view.clip(max(0.5, spare / 2) if at_end else 0.0)
        outputs = self._networks.generated(clip)
        probabilities = self._fuse(outputs.logits)
        trace = _trace_of(outputs.trace[0].cpu().numpy(), self.bundle.card.rate_hz)
        return self._prediction(
            probabilities, outputs.logits, trace, "generated", started=started, captured=captured
        )

    def probabilities(self, clips: Tensor) -> Tensor:
        """Fused `(B, classes)` of clips `(B, 3, T, S, S)`; the last class is 'no sign'."""
        return self._fuse(self._networks.generated(clips).logits)

    def _fuse(self, logits: Mapping[str, Tensor]) -> Tensor:
        fusion = self.bundle.card.fusion
        return late_fusion(logits, fusion.temperatures, fusion.weights)

    def _prediction(
        self,
        probabilities: Tensor,
        logits: Mapping[str, Tensor],
        trace: Trace,
        kind: TraceKind,
        *,
        started: float,
        captured: float | None,
    ) -> Prediction:
        card = self.bundle.card
        values = probabilities[0].cpu().numpy()
        words = values[: len(card.vocabulary)]
        best = np.argsort(-words, kind="stable")[:_TOP]
        top = tuple((card.glosses[i], float(words[i])) for i in best)
        sign, confidence = top[0]
        accepted = confidence >= card.rejection.threshold and confidence > values[-1]
        streams = {}
        for key, row in logits.items():
            if key not in _STREAM_NAMES:
                continue
            stream = torch.softmax(row[0] / card.fusion.temperatures.get(key, 1.0), dim=0)
            i = int(stream[: len(card.vocabulary)].argmax())
            streams[_STREAM_NAMES[key]] = (card.glosses[i], float(stream[i]))
        return Prediction(
            t_s=self._pace.looked_s or 0.0,
            sign=sign if accepted else None,
            confidence=confidence,
            top=top,
            streams=streams,
            trace_kind=kind,
            timing=self._timing(started, captured),
            trace=trace,
        )

    def _nobody(self, started: float, captured: float | None) -> Prediction:
        return Prediction(
            t_s=self._pace.looked_s or 0.0,
            sign=None,
            confidence=0.0,
            top=(),
            streams={},
            trace_kind="generated",
            timing=self._timing(started, captured),
            person_seen=False,
        )

    def _timing(self, started: float, captured: float | None) -> Timing:
        now = time.perf_counter()
        since = captured if captured is not None else started - self._landmarks_ms / 1e3
        return Timing(self._landmarks_ms, (now - started) * 1e3, (now - since) * 1e3)

    def _warm_up(self) -> None:
        """The first run of a network plans its kernels; that must not delay the first label."""
        clip = self.bundle.card.clip
        self._networks.generated(torch.full((1, 3, clip.frames, clip.size, clip.size), -1.0))


def _leave_a_core() -> None:
    """Camera, landmarks and window want a core too; threads that wait for one another's turn on a
    full machine have been seen to make a 20 ms network take seconds."""
    torch.set_num_threads(max(1, min(4, (os.cpu_count() or 2) - 1)))


def _trace_of(samples: NDArray[np.float32], rate_hz: float) -> Trace:
    return Trace(rate_hz, samples[:6], samples[6:])
