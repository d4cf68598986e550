"""What landmarks say of a span of time: by the graph network, and by examples of signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.arrays import Floats
from engine.bundle import Bundle
from engine.clips.landmark_buffer import graph_clip, hands_seen
from engine.landmarks.recording import LandmarkRecording
from engine.landmarks.skeletons import SKELETONS
from engine.paths import SIGN_ENCODER
from engine.recognition.decision import Evidence
from engine.recognition.example_signs import ExampleSigns
from engine.recognition.sign_encoder import SegmentError
from engine.runtime.streams import LandmarkStream
from engine.teaching.taught_store import TaughtInfo

Takes = Mapping[str, Sequence[tuple[LandmarkRecording, bool]]]
"""Gloss to takes, each with whether it is a left-hander's."""

_FINGERS = SKELETONS["hands_and_arms"]


class LandmarkEvidence:
    """Of one bundle. Raises BundleError, EncoderError as `ExampleSigns` does."""

    def __init__(self, bundle: Bundle, encoder: Path = SIGN_ENCODER) -> None:
        """`encoder`: folder of the sign encoder."""
        self._frames = bundle.card.clip.frames
        self._examples = ExampleSigns(bundle, encoder) if bundle.card.needs_fingers else None

    @property
    def by_example(self) -> bool:
        """Whether the sign encoder has a part in it, beside a network or without one."""
        return self._examples is not None and self._examples.knows_any

    def teach(self, takes: Takes, lesson: Sequence[str] = ()) -> tuple[TaughtInfo, ...]:
        """Replace the taught signs, and the words of the lexicon that are named; of a bundle of the
        lexicon's words without any, what is alike is only listed. () where fingers are not looked
        at. Raises EncoderError."""
        return self._examples.learn(takes, lesson) if self._examples is not None else ()

    def of(
        self,
        graph: LandmarkStream[Floats] | None,
        recording: LandmarkRecording,
        start_s: float,
        end_s: float,
        *,
        left_handed: bool,
    ) -> Evidence[Floats]:
        """Of what was seen from `start_s` to `end_s`, where there is enough to go by."""
        evidence: Evidence[Floats] = Evidence({})
        if graph is not None and hands_seen(recording, graph.skeleton):
            clip = graph_clip(
                recording,
                graph.skeleton,
                self._frames,
                start_s=start_s,
                end_s=end_s,
                left_handed=left_handed,
            )
            logits, _ = graph.forward(clip)
            evidence = Evidence({"landmarks": logits}, energy=float(graph.energy(logits)[0]))
        if self._examples is not None and self._examples.knows_any:
            if not hands_seen(recording, _FINGERS):
                return evidence
            try:
                return self._examples.beside(evidence, recording, left_handed=left_handed)
            except SegmentError:
                # Hands, but none that is up.
                pass
        return evidence
