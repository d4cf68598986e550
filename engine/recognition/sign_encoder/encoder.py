"""From a sign's landmarks to one vector, near to those of the same sign by anybody.

Linear maps of a sign's features, learnt by discriminant analysis, one for each side that it is seen
from, set beside one another. NumPy is all it takes, and a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from engine.arrays import Floats, directions
from engine.landmarks.recording import LandmarkRecording
from engine.recognition.sign_encoder.card import WEIGHTS, EncoderCard, checked_arrays, read_card
from engine.recognition.sign_encoder.cleaning import cleaned, on_steps
from engine.recognition.sign_encoder.features import FEATURES, sign_features
from engine.recognition.sign_encoder.segment import SignSegment, mirrored, segment_of
from engine.recognition.sign_encoder.views import View, rows_of


class SignEncoder:
    """Signs as vectors `(D,)` float32 of length 1; the cosine of two is how alike the signs are."""

    def __init__(
        self, card: EncoderCard, mean: Floats, scale: Floats, maps: Mapping[View, Floats]
    ) -> None:
        """`mean`, `scale` `(FEATURES,)`: what features are brought to before each view's map
        `(rows, dimensions)`."""
        self.card = card
        self._mean, self._scale = mean, scale
        self._maps = [(rows_of(part.view), maps[part.view], part.weight) for part in card.parts]

    @classmethod
    def load(cls, folder: Path) -> SignEncoder:
        """Raises EncoderError naming what is missing, altered, too new or no sign encoder."""
        card = read_card(folder)
        shapes: dict[str, tuple[int, ...]] = {"mean": (FEATURES,), "scale": (FEATURES,)}
        for part in card.parts:
            shapes[part.view] = len(rows_of(part.view)), part.dimensions
        held = checked_arrays(folder, card, WEIGHTS, shapes)
        arrays = {name: held[name].astype(np.float32) for name in shapes}
        maps = {part.view: arrays[part.view] for part in card.parts}
        return cls(card, arrays["mean"], arrays["scale"], maps)

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
        return self.project(sign_features(steps)[None])[0]

    def encode_many(
        self, segments: Iterable[LandmarkRecording | SignSegment], *, left_handed: bool = False
    ) -> Floats:
        """`(N, D)`. Raises SegmentError where one of them shows no hand or no shoulders."""
        found = [self.encode(segment, left_handed=left_handed) for segment in segments]
        return np.stack(found) if found else np.empty((0, self.dimensions), np.float32)

    def project(self, features: Floats) -> Floats:
        """`(N, FEATURES)` to `(N, D)`."""
        brought = (features - self._mean) * self._scale
        parts = [weight * directions(brought[:, rows] @ map_) for rows, map_, weight in self._maps]
        return directions(np.concatenate(parts, axis=1))
