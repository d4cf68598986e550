"""What the sign encoder's vectors say: of a vocabulary's own signs, where it has a stream by them,
of taught ones, and of the lexicon's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from engine.arrays import Floats
from engine.bundle import Bundle, BundleError
from engine.landmarks.recording import LandmarkRecording
from engine.messages import Message
from engine.paths import SIGN_ENCODER
from engine.recognition.decision import Evidence, likely_signs
from engine.recognition.joint_stream import read_joint_stream
from engine.recognition.known_signs import KnownSigns, read_known_signs
from engine.recognition.sign_encoder import EncoderError, Lexicon, SegmentError, SignEncoder
from engine.recognition.taught_signs import PASSES_IN_LESSON, TaughtSigns, look_alikes
from engine.teaching.taught_store import TaughtInfo, same_name

MOST_ALIKE = 10
"""Among thousands of words one answer would be a guess: so many are listed."""

LOOKS_LIKE = 0.7
"""From this mean similarity of their takes on, people are warned that two signs look alike."""


class ExampleSigns:
    """Of one bundle. The encoder is read when there is first something to compare."""

    def __init__(self, bundle: Bundle, encoder: Path = SIGN_ENCODER) -> None:
        """`encoder`: folder of the sign encoder. Raises BundleError where the bundle's words are of
        another lexicon than there is, and where a file of it or of the encoder is missing or
        damaged."""
        self._bundle, self._folder = bundle, encoder
        self._taught: dict[str, Floats] = {}
        self._lesson: tuple[str, ...] = ()
        lexicon, joints = bundle.card.networks.lexicon, bundle.card.networks.joints
        self._listed, self._joints = lexicon is not None, None
        try:
            if lexicon is not None and self._encoder.card.lexicon != lexicon.lexicon:
                raise BundleError(Message("bundle.other-lexicon", name=bundle.card.name))
            if joints is not None:
                self._joints = read_joint_stream(bundle, self._encoder.card)
            if self._listed:
                # Read now: what is damaged is told of at once.
                self._learn()
        except EncoderError as error:
            raise BundleError(error.message) from error

    @cached_property
    def _encoder(self) -> SignEncoder:
        return SignEncoder.load(self._folder)

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon.load(self._folder)

    @cached_property
    def _known(self) -> KnownSigns | None:
        return read_known_signs(self._bundle, self._encoder.card)

    @cached_property
    def _signs(self) -> TaughtSigns:
        # Words of the lexicon are examples themselves; they need nobody to stand in for them.
        own = () if self._listed else self._bundle.card.glosses
        return TaughtSigns(own, self._lexicon, self._known)

    @property
    def knows_any(self) -> bool:
        """Whether there is anything to compare a sign with."""
        return self._listed or self._joints is not None or bool(self._taught)

    def learn(
        self,
        takes: Mapping[str, Sequence[tuple[LandmarkRecording, bool]]],
        lesson: Sequence[str] = (),
    ) -> tuple[TaughtInfo, ...]:
        """Replace what is named by example: taught signs, gloss to takes, each with whether it is a
        left-hander's (one in which no hand is up does not count), and words of the lexicon, where
        the bundle's are that. Raises EncoderError."""
        self._taught = {}
        for gloss, of_sign in takes.items():
            vectors = [self._vector(*take) for take in of_sign]
            if found := [vector for vector in vectors if vector is not None]:
                self._taught[gloss] = np.stack(found)
        known = set(self._lexicon.words) if self._listed and lesson else set()
        self._lesson = tuple(word for word in lesson if word in known)
        self._learn()
        return self._infos()

    def beside(
        self, evidence: Evidence[Floats], recording: LandmarkRecording, *, left_handed: bool
    ) -> Evidence[Floats]:
        """With what examples say of the same moments. Raises SegmentError where no hand is up."""
        vector = self._encoder.encode(recording, left_handed=left_handed)
        if self._joints is not None:
            logits = self._joints.logits(vector[None])
            closeness = float(logits[0, :-1].max())
            seen = {**evidence.logits, "joints": logits}
            evidence = replace(evidence, logits=seen, closeness=closeness)
        if not self._listed and not self._taught:
            return evidence
        taught = self._signs.shares(vector, likely_signs(self._bundle.card, evidence))
        alike: tuple[tuple[str, float], ...] = ()
        if self._listed and not self._lesson:
            found = self._lexicon.nearest(vector, MOST_ALIKE)
            alike = tuple((match.word, max(0.0, match.similarity)) for match in found)
        return replace(evidence, taught=taught, alike=alike)

    def _learn(self) -> None:
        if not self._listed and not self._taught:
            # No reason to read the lexicon.
            return
        examples = {word: self._lexicon.of(word) for word in self._lesson}
        for gloss, takes in self._taught.items():
            word = next((word for word in self._lesson if same_name(word, gloss)), gloss)
            shown = [examples[word]] if word in examples else []
            examples[word] = np.concatenate([*shown, takes])
        self._signs.learn(examples, PASSES_IN_LESSON if self._lesson else None)

    def _infos(self) -> tuple[TaughtInfo, ...]:
        if not self._taught:
            return ()
        others = {word: self._lexicon.of(word) for word in self._lesson}
        if self._known is not None:
            others |= {gloss: self._known.of(i) for i, gloss in enumerate(self._known.glosses)}
        return look_alikes(self._taught, others, LOOKS_LIKE)

    def _vector(self, recording: LandmarkRecording, left_handed: bool) -> Floats | None:
        try:
            return self._encoder.encode(recording, left_handed=left_handed)
        except SegmentError:
            return None
