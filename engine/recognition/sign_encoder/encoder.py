"""From a sign's landmarks to one vector, near to those of the same sign by anybody.

A linear map of the features of 24 moments, learnt by discriminant analysis; several such maps may
be set beside one another. NumPy is all it takes, and two or three milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from engine.arrays import Floats, directions
from engine.landmarks.recording import LandmarkRecording
from engine.recognition.sign_encoder.card import WEIGHTS, EncoderCard, checked_arrays, read_card
from engine.recognition.sign_encoder.cleaning import cleaned, on_steps
from engine.recognition.sign_encoder.features import sign_features
from engine.recognition.sign_encoder.segment import SignSegment, mirrored, segment_of


class SignEncoder:
    """Signs as vectors `(D,)` float32 of length 1; the cosine of two is how alike the signs are."""

    def __init__(self, card: EncoderCard, mean: Floats, scale: Floats, weights: Floats) -> None:
        """`mean`, `scale` `(steps * features,)`: what features are brought to before `weights`
        `(steps * features, D)`."""
        self.card = card
        self._mean, self._scale, self._weights = mean, scale, weights
        self._ends = np.cumsum(card.parts)[:-1]

    @classmethod
    def load(cls, folder: Path) -> SignEncoder:
        """Raises EncoderError naming what is missing, altered, too new or no sign encoder."""
        card = read_card(folder)
        size = card.steps * card.features
        shapes = {
            "mean": (size,),
            "scale": (size,),
            "weights": (size, card.dimensions),
            "column": (card.dimensions,),
        }
        held = checked_arrays(folder, card, WEIGHTS, shapes)
        mean, scale, weights, column = (held[name].astype(np.float32) for name in shapes)
        return cls(card, mean, scale, weights * column)

    @property
    def dimensions(self) -> int:
        """`D`."""
        return self.card.dimensions

    def encode(
        self, segment: LandmarkRecording | SignSegment, *, left_handed: bool = False
    ) -> Floats:
        """One sign, from its start to its end, to `(D,)` of length 1. Who shows the left hand much
        more often than the right one is mirrored anyhow; `left_handed` says it of signs with both.

        Raises SegmentError where no hand or no shoulders were seen.
        """
        if isinstance(segment, LandmarkRecording):
            segment = segment_of(segment)
        steps = on_steps(cleaned(mirrored(segment) if left_handed else segment), self.card.steps)
        return self.project(sign_features(steps).reshape(1, -1))[0]

    def encode_many(
        self, segments: Iterable[LandmarkRecording | SignSegment], *, left_handed: bool = False
    ) -> Floats:
        """`(N, D)`. Raises SegmentError where one of them shows no hand or no shoulders."""
        found = [self.encode(segment, left_handed=left_handed) for segment in segments]
        return np.stack(found) if found else np.empty((0, self.dimensions), np.float32)

    def project(self, features: Floats) -> Floats:
        """`(N, steps * 291)` features to `(N, D)`."""
        mapped = ((features - self._mean) * self._scale) @ self._weights
        parts = [directions(part) for part in np.split(mapped, self._ends, axis=1)]
        return directions(np.concatenate(parts, axis=1))
