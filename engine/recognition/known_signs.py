"""A vocabulary's own signs as the sign encoder has them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from engine.arrays import Floats, directions
from engine.bundle import Bundle, BundleError
from engine.messages import Message
from engine.recognition.sign_encoder.card import EncoderCard
from engine.recognition.sign_encoder.comparison import of_several


@dataclass(frozen=True, slots=True, eq=False)
class KnownSigns:
    """`vectors` `(n, D)` of length 1, one a sign and signer in training; `signs` `(n,)` the number
    of each one's sign among `glosses`."""

    glosses: tuple[str, ...]
    vectors: Floats
    signs: NDArray[np.intp]

    def of(self, number: int) -> Floats:
        """`(m, D)`: the vectors of one sign."""
        return self.vectors[self.signs == number]

    def similarities(self, vector: Floats) -> dict[str, float]:
        """How like each sign `(D,)` is."""
        cosines = self.vectors @ vector
        return {
            gloss: float(of_several(of_sign))
            for number, gloss in enumerate(self.glosses)
            if len(of_sign := cosines[self.signs == number])
        }


def read_known_signs(bundle: Bundle, encoder: EncoderCard) -> KnownSigns | None:
    """None where the bundle has none, or another encoder's, which cannot be compared with. Raises
    BundleError naming a file that cannot be read or does not fit the card."""
    part = bundle.card.networks.known
    if part is None or part.encoder != encoder.weights:
        return None
    file = bundle.file(part.file)
    try:
        found = load_file(file)
    except (SafetensorError, OSError) as error:
        raise BundleError(Message("bundle.weights-unreadable", file=file)) from error
    vectors, signs = found.get("vectors"), found.get("signs")
    if vectors is None or signs is None or not _fit(vectors, signs, bundle, encoder):
        raise BundleError(Message("bundle.weights-unfit", file=file))
    rows = directions(vectors.astype(np.float32))
    return KnownSigns(bundle.card.glosses, rows, signs.astype(np.intp))


def _fit(vectors: NDArray, signs: NDArray, bundle: Bundle, encoder: EncoderCard) -> bool:
    if signs.ndim != 1 or not len(signs) or vectors.shape != (len(signs), encoder.dimensions):
        return False
    return bool(signs.min() >= 0 and signs.max() < len(bundle.card.vocabulary))
