"""The façade: frames in, predictions out."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from engine.bundle import Bundle
from engine.evidence import Evidence, decide
from engine.frame import Frame, Landmarks
from engine.landmark_pace import LandmarkPace
from engine.landmark_window import LandmarkWindow, graph_clip, hands_seen
from engine.landmarks.detector import LandmarkDetector
from engine.landmarks.recording import LandmarkRecording
from engine.networks import BundleNetworks, choose_device, describe_device
from engine.prediction import Prediction, Timing
from engine.prototypes import Prototypes
from engine.segment_naming import name_segment
from engine.sign_spotter import Segment, SignSpotter
from engine.taught_signs import TaughtInfo
from engine.views import make_view

SHORTEST_WINDOW_S = 1.0
"""No sign of the vocabulary is over sooner; before this there is nothing worth saying."""


class Recognizer:
    """One bundle, ready to answer. Not thread-safe: one thread owns it.

    Feed every captured frame to `observe`; it looks at those that are due and keeps them. Ask
    `predict` as often as an answer is wanted, and `spotted` after every frame: it names each sign
    once, when it is over.
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
        graph = self._networks.graph
        self._prototypes = Prototypes(graph, bundle.card.glosses) if graph else None
        self._left_handed = left_handed
        self._view = make_view(bundle.card.clip, left_handed=left_handed)
        self._window = LandmarkWindow()
        self._spotter = SignSpotter()
        self._ended: list[Segment] = []
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
        self._window.clear()
        self._spotter.reset()
        self._ended.clear()
        self._pace.reset()

    def set_left_handed(self, left_handed: bool) -> None:
        """Mirror a left-handed signer into the right-handed vocabulary; the pictures' window starts
        anew."""
        if left_handed != self._left_handed:
            self._left_handed = left_handed
            self._view = make_view(self.bundle.card.clip, left_handed=left_handed)

    def teach(
        self, takes: Mapping[str, Sequence[tuple[LandmarkRecording, bool]]]
    ) -> tuple[TaughtInfo, ...]:
        """Replace the taught signs: gloss to takes, each with whether it is a left-hander's.

        A take without fingers does not count where the bundle reads fingers. A bundle without a
        landmark stream cannot be taught: nothing is learnt, () is returned.
        """
        graph = self._networks.graph
        if graph is None or self._prototypes is None:
            return ()
        frames = self.bundle.card.clip.frames
        shown = {
            gloss: [
                graph_clip(recording, graph.skeleton, frames, left_handed=left_handed)
                for recording, left_handed in of_sign
                if hands_seen(recording, graph.skeleton)
            ]
            for gloss, of_sign in takes.items()
        }
        self._prototypes.learn(
            {gloss: graph.look(torch.cat(clips))[1] for gloss, clips in shown.items() if clips}
        )
        return self._prototypes.infos

    def observe(self, frame: Frame) -> Landmarks | None:
        """Take one frame; the landmarks seen in it, or None when it was not due to be looked at."""
        if not self._pace.is_due(frame.t_s):
            return None
        self._pace.look(frame.t_s)
        started = time.perf_counter()
        landmarks = frame.landmarks
        if landmarks is None:
            if self._detector is None:
                self._detector = LandmarkDetector(hands=self._needs_hands)
            landmarks = self._detector.detect(frame.image, frame.t_s)
        self._landmarks_ms = (time.perf_counter() - started) * 1e3
        self._view.observe(frame, landmarks)
        self._window.append(frame.t_s, landmarks)
        self._ended.extend(self._spotter.observe(frame.t_s, landmarks))
        return landmarks

    @property
    def _needs_hands(self) -> bool:
        """Fingers cost as much again as the whole body does: only who reads them pays."""
        graph = self._networks.graph
        return graph is not None and "left_thumb_tip" in graph.skeleton.joints

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
        newest = self._pace.looked_s
        if newest is None:
            return None
        span = self.bundle.card.clip.span_s
        hold = max(0.5, (span - self._view.covered_s) / 2) if at_end else 0.0
        return self._answer(newest + hold - span, newest + hold, started, captured)

    def spotted(
        self, *, captured: float | None = None, at_end: bool = False
    ) -> tuple[Prediction, ...]:
        """One prediction for every sign that has ended since the last call, `sign_span_s` saying
        from where to where it was made. `at_end`: nothing will follow."""
        if at_end:
            self._ended.extend(self._spotter.finish())
        named: list[Prediction] = []
        for segment in self._ended:
            named.extend(
                name_segment(
                    segment,
                    lambda start, end: self._answer(start, end, time.perf_counter(), captured),
                    self._probe if self._networks.graph is not None else None,
                )
            )
        self._ended.clear()
        return tuple(named)

    def _probe(self, start_s: float, end_s: float) -> Prediction:
        """By landmarks alone, which are quick."""
        now = self._pace.looked_s or 0.0
        evidence = self._graph_evidence(start_s, end_s)
        return decide(self.bundle.card, evidence, now, Timing(0.0, 0.0, 0.0))

    def probabilities(self, clips: Tensor) -> Tensor:
        """Fused `(B, classes)` of clips `(B, 3, T, S, S)`; the last class is 'no sign'."""
        film = self._networks.film
        if film is None:
            raise ValueError(f"{self.bundle.card.name}: this bundle looks at no pictures")
        return Evidence(film.generated(clips).logits).fused(self.bundle.card.fusion)

    def _answer(
        self, start_s: float, end_s: float, started: float, captured: float | None
    ) -> Prediction:
        now = self._pace.looked_s or 0.0
        if not self._view.person_seen:
            return Prediction.of_nobody(now, self._timing(started, captured))
        evidence = self._evidence(start_s, end_s)
        return decide(self.bundle.card, evidence, now, self._timing(started, captured))

    def _evidence(self, start_s: float, end_s: float) -> Evidence:
        card = self.bundle.card
        seen = self._graph_evidence(start_s, end_s)
        film = self._networks.film
        if film is None:
            return seen
        # Pictures are always of the whole span, about the middle of what is asked for: their
        # networks know signs of one length.
        end = (start_s + end_s + card.clip.span_s) / 2
        outputs = film.generated(self._view.clip(end - (self._pace.looked_s or 0.0)))
        return replace(seen, logits={**outputs.logits, **seen.logits}, trace=outputs.trace[0])

    def _graph_evidence(self, start_s: float, end_s: float) -> Evidence:
        """Of the landmarks, where the bundle looks at them and there is enough to go by."""
        graph = self._networks.graph
        if graph is None:
            return Evidence({})
        recording = self._window.between(start_s, end_s)
        if recording is None or not hands_seen(recording, graph.skeleton):
            return Evidence({})
        clip = graph_clip(
            recording,
            graph.skeleton,
            self.bundle.card.clip.frames,
            start_s=start_s,
            end_s=end_s,
            left_handed=self._left_handed,
        )
        logits, embedding = graph.look(clip)
        taught: dict[str, float] = {}
        if self._prototypes is not None and self._prototypes.glosses:
            shares = self._prototypes.probabilities(embedding)[0].tolist()
            taught = dict(zip(self._prototypes.glosses, shares, strict=True))
        return Evidence({"landmarks": logits}, energy=float(graph.energy(logits)[0]), taught=taught)

    def _timing(self, started: float, captured: float | None) -> Timing:
        now = time.perf_counter()
        since = captured if captured is not None else started - self._landmarks_ms / 1e3
        return Timing(self._landmarks_ms, (now - started) * 1e3, (now - since) * 1e3)

    def _warm_up(self) -> None:
        """The first run of a network plans its kernels; that must not delay the first label."""
        clip = self.bundle.card.clip
        film, graph = self._networks.film, self._networks.graph
        if film is not None:
            film.generated(torch.full((1, 3, clip.frames, clip.size, clip.size), -1.0))
        if graph is not None:
            graph.look(torch.zeros(1, 3, clip.frames, len(graph.skeleton.joints)))


def _leave_a_core() -> None:
    """Camera, landmarks and window want a core too; threads that wait for one another's turn on a
    full machine have been seen to make a 20 ms network take seconds."""
    torch.set_num_threads(max(1, min(4, (os.cpu_count() or 2) - 1)))
