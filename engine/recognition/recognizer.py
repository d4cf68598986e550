"""The façade: frames in, predictions out."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.bundle import Bundle, BundleError
from engine.clips.clip_views import make_view
from engine.clips.frame_sampler import FrameSampler
from engine.clips.landmark_buffer import LandmarkBuffer
from engine.frame import Frame, Landmarks
from engine.hints.adviser import Adviser
from engine.hints.people import PeopleWatch
from engine.hints.presence import Presence
from engine.hints.visibility import visibility_of
from engine.landmarks.detector import LandmarkDetector
from engine.messages import Message
from engine.prediction import Prediction, Reason, Timing
from engine.recognition.decision import Evidence, decide
from engine.recognition.landmark_evidence import LandmarkEvidence, Takes
from engine.recognition.sensor_evidence import MeasuredSensors, with_measured
from engine.recognition.sensor_stream import load_sensor_stream
from engine.runtime.backend import AUTOMATIC
from engine.runtime.fallback import LiveNetworks, load_networks
from engine.runtime.network_cache import NetworkCache
from engine.segmentation.segment_naming import name_segment
from engine.segmentation.sign_segmenter import Segment, SignSegmenter
from engine.teaching.taught_store import TaughtInfo

SHORTEST_WINDOW_S = 1.0
"""No sign of the vocabulary is over sooner; before this there is nothing worth saying."""


class Recognizer:
    """One bundle, ready to answer.

    Feed every captured frame to `observe`; it looks at those that are due and keeps them. Ask
    `predict` as often as an answer is wanted, and `spotted` after every frame: it names each sign
    once, when it is over. One thread may observe while another asks; more are not needed.
    """

    def __init__(
        self,
        bundle: Bundle,
        *,
        runtime: str = AUTOMATIC,
        cache: NetworkCache | None = None,
        left_handed: bool = False,
        detector: LandmarkDetector | None = None,
    ) -> None:
        """`runtime`: what shall run the networks, as `Choice` is written; `cache`: where converted
        ones are (default: the user's). `detector`: one to share between recognizers; without it,
        one is made and owned. Raises BundleError."""
        if not bundle.card.needs_camera:
            # A glove alone has a recognizer of its own.
            raise BundleError(Message("bundle.no-pictures", name=bundle.card.name))
        self.bundle = bundle
        self._cache = cache
        self._seeing, self._asking = threading.Lock(), threading.RLock()
        self._networks = load_networks(bundle, runtime, cache)
        self._sensor = load_sensor_stream(bundle)
        self._by_landmarks = LandmarkEvidence(bundle)
        self._left_handed = left_handed
        self._view = make_view(bundle.card.clip, left_handed=left_handed)
        self._window = LandmarkBuffer()
        self._measured = MeasuredSensors(bundle.card)
        self._spotter = SignSegmenter()
        self._presence, self._adviser, self._people = Presence(), Adviser(), PeopleWatch()
        self._ended: list[Segment] = []
        self._detector = detector
        self._owns_detector = detector is None
        self._sampler = FrameSampler()
        self._landmarks_ms = 0.0
        self._warm_up(self._networks)

    @property
    def networks(self) -> LiveNetworks:
        return self._networks

    def adopt(self, runtime: str) -> None:
        """Have the networks run by something else from now on; what was seen stays. Raises
        BundleError."""
        networks = load_networks(self.bundle, runtime, self._cache)
        self._warm_up(networks)
        with self._asking:
            self._networks = networks

    @property
    def landmarks_ms(self) -> float:
        """Milliseconds that the newest frame's landmarks took."""
        return self._landmarks_ms

    @property
    def hint(self) -> Message | None:
        """What would let signs be named better, when it has held for a moment."""
        return self._adviser.hint

    def take_over(self, detector: LandmarkDetector) -> None:
        """Visibility with this one from now on; it is closed with the recognizer."""
        self._detector, self._owns_detector = detector, True

    def close(self) -> None:
        if self._detector is not None and self._owns_detector:
            self._detector.close()
            self._detector = None

    def reset(self) -> None:
        """Forget what was seen, as on a change of source."""
        with self._seeing:
            self._view.clear()
            self._window.clear()
            self._measured.clear()
            self._spotter.reset()
            self._presence.clear()
            self._adviser.reset()
            self._people.reset()
            self._ended.clear()
            self._sampler.reset()

    def set_left_handed(self, left_handed: bool) -> None:
        """Mirror a left-handed signer into the right-handed vocabulary; the pictures' window starts
        anew."""
        if left_handed != self._left_handed:
            with self._seeing:
                self._left_handed = left_handed
                self._view = make_view(self.bundle.card.clip, left_handed=left_handed)

    def set_landmark_rate(self, rate_hz: float) -> None:
        """How many frames a second are looked at."""
        self._sampler.rate_hz = rate_hz

    def teach(self, takes: Takes, lesson: Sequence[str] = ()) -> tuple[TaughtInfo, ...]:
        """Replace the taught signs. A take in which no hand is up does not count. A bundle that
        looks at no fingers cannot be taught: nothing is learnt, () is returned. `lesson`: of a
        bundle of the lexicon's words, those that are named; without any, what is alike is listed.
        Raises EncoderError."""
        with self._asking:
            return self._by_landmarks.teach(takes, lesson)

    def measure(
        self,
        wrists: NDArray[np.float64],
        fingers: NDArray[np.float64],
        offsets_s: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Take what gloves measured, as `imu_rows` and `finger_rows` give it: on the clock of the
        `captured` times that frames are observed with. `offsets_s`: see `MeasuredSensors`."""
        with self._seeing:
            self._measured.append(wrists, fingers, offsets_s)

    def observe(
        self, frame: Frame, *, chosen: bool = False, captured: float | None = None
    ) -> Landmarks | None:
        """Take one frame; the landmarks seen in it, or None when it was not due to be looked at.
        `chosen`: whoever shows it has left out those that are not due. `captured`:
        `time.perf_counter()` at its capture; without it, gloves are not heard."""
        if not self._sampler.is_due(frame.t_s) and not chosen:
            return None
        self._sampler.take(frame.t_s)
        started = time.perf_counter()
        landmarks, people = frame.landmarks, 1
        if landmarks is None:
            if self._detector is None:
                self._detector = LandmarkDetector(hands=self.bundle.card.needs_fingers)
            landmarks = self._detector.detect(frame.image, frame.t_s)
            people = self._people.count(self._detector, frame.image, frame.t_s)
        look = visibility_of(frame.image, landmarks, people)
        with self._seeing:
            self._landmarks_ms = (time.perf_counter() - started) * 1e3
            if captured is not None:
                self._measured.captured(frame.t_s, captured)
            self._view.observe(frame, landmarks)
            self._window.append(frame.t_s, landmarks)
            self._presence.observe(frame.t_s, look)
            self._adviser.observe(frame.t_s, look)
            self._ended.extend(self._spotter.observe(frame.t_s, landmarks))
        return landmarks

    @property
    def can_predict(self) -> bool:
        """Whether the window holds enough for an answer worth showing."""
        return self._view.covered_s >= SHORTEST_WINDOW_S

    def predict(
        self, *, captured: float | None = None, at_end: bool = False, pictures: bool = True
    ) -> Prediction | None:
        """Name the sign in the current window; None when the window is empty.

        `captured`: `time.perf_counter()` at the newest frame's capture, for the frame-to-label
        time. `at_end`: nothing will follow (the end of a file), so the last picture is held for as
        long as a signer's hands would rest. `pictures`: False for an answer by landmarks alone.
        """
        started = time.perf_counter()
        newest = self._sampler.looked_s
        if newest is None:
            return None
        span = self.bundle.card.clip.span_s
        hold = max(0.5, (span - self._view.covered_s) / 2) if at_end else 0.0
        with self._seeing:
            reason = self._presence.why_no_sign_now(span)
        start, end = newest + hold - span, newest + hold
        return self._answer(start, end, started, captured, reason, pictures)

    def spotted(
        self, *, captured: float | None = None, at_end: bool = False
    ) -> tuple[Prediction, ...]:
        """One prediction for every sign that has ended since the last call, `sign_span_s` saying
        from where to where it was made. `at_end`: nothing will follow."""
        with self._seeing:
            if at_end:
                self._ended.extend(self._spotter.finish())
            ended = tuple(self._ended)
            self._ended.clear()
        named: list[Prediction] = []
        probes = self._networks.landmarks is not None or self._by_landmarks.by_example
        for segment in ended:
            named.extend(
                name_segment(
                    segment,
                    lambda start, end: self._answer_of_segment(start, end, captured),
                    self._probe if probes else None,
                )
            )
        return tuple(named)

    def _probe(self, start_s: float, end_s: float) -> Prediction:
        """By landmarks alone, which are quick."""
        now = self._sampler.looked_s or 0.0
        with self._asking:
            evidence = self._landmark_evidence(start_s, end_s)
        return decide(self.bundle.card, evidence, now, Timing(0.0, 0.0, 0.0))

    def probabilities(self, clips: Floats) -> Floats:
        """Fused `(B, classes)` of clips `(B, 3, T, S, S)`; the last class is 'no sign'."""
        video = self._networks.video
        if video is None:
            raise ValueError(f"{self.bundle.card.name}: this bundle looks at no pictures")
        fusion = self.bundle.card.fusion
        each = [Evidence(video.generated(clip[None]).logits).fused(fusion) for clip in clips]
        return np.concatenate(each)

    def _answer_of_segment(
        self, start_s: float, end_s: float, captured: float | None
    ) -> Prediction:
        """Whoever made a sign may have left the picture before there was time to name it."""
        with self._seeing:
            reason = self._presence.why_no_sign(start_s, end_s)
        return self._answer(start_s, end_s, time.perf_counter(), captured, reason)

    def _answer(
        self,
        start_s: float,
        end_s: float,
        started: float,
        captured: float | None,
        reason: Reason | None,
        pictures: bool = True,
    ) -> Prediction:
        now = self._sampler.looked_s or 0.0
        if reason is not None:
            return Prediction.of_nothing(now, self._timing(started, captured), reason)
        with self._asking:
            evidence = self._evidence(start_s, end_s, pictures)
        found = decide(self.bundle.card, evidence, now, self._timing(started, captured))
        return replace(found, host_s=self._measured.host_s(now))

    def _evidence(self, start_s: float, end_s: float, pictures: bool) -> Evidence[Floats]:
        seen = self._landmark_evidence(start_s, end_s)
        # Pictures and samples are always of the whole span, about the middle of what is asked for:
        # their networks know signs of one length.
        end = (start_s + end_s + self.bundle.card.clip.span_s) / 2
        video = self._networks.video if pictures else None
        if video is not None:
            with self._seeing:
                if self._view.is_empty:
                    # Forgotten since it was asked: another source, perhaps.
                    return seen
                clip = self._view.clip(end - (self._sampler.looked_s or 0.0))
            outputs = video.generated(clip)
            seen = replace(seen, logits={**outputs.logits, **seen.logits}, trace=outputs.trace[0])
        return self._sensor_evidence(seen, end)

    def _sensor_evidence(self, seen: Evidence[Floats], end_s: float) -> Evidence[Floats]:
        """With gloves in the generated sensor's place, while they are fresh."""
        sensor, card = self._sensor, self.bundle.card
        if sensor is None:
            return seen
        with self._seeing:
            measured = self._measured.wrist_steps(
                end_s - card.clip.span_s,
                end_s,
                self._sampler.looked_s or 0.0,
                left_handed=self._left_handed,
            )
        if measured is None:
            return seen
        return with_measured(seen, measured, sensor, card.fusion.weights)

    def _landmark_evidence(self, start_s: float, end_s: float) -> Evidence[Floats]:
        with self._seeing:
            recording = self._window.between(start_s, end_s)
        if recording is None:
            return Evidence({})
        graph = self._networks.landmarks
        return self._by_landmarks.of(
            graph, recording, start_s, end_s, left_handed=self._left_handed
        )

    def _timing(self, started: float, captured: float | None) -> Timing:
        now = time.perf_counter()
        since = captured if captured is not None else started - self._landmarks_ms / 1e3
        return Timing(self._landmarks_ms, (now - started) * 1e3, (now - since) * 1e3)

    def _warm_up(self, networks: LiveNetworks) -> None:
        """The first run of a network plans its kernels; that must not delay the first label."""
        clip = self.bundle.card.clip
        if networks.video is not None:
            black = np.full((1, 3, clip.frames, clip.size, clip.size), -1.0, np.float32)
            networks.video.generated(black)
        if networks.landmarks is not None:
            joints = len(networks.landmarks.skeleton.joints)
            networks.landmarks.forward(np.zeros((1, 3, clip.frames, joints), np.float32))
