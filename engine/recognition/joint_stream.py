"""Signs of a vocabulary by the sign encoder's vectors, with what many takes of each taught.

Kernel ridge regression on centres (Williams and Seeger, 'Using the Nyström method to speed up
kernel machines', 2001): each centre is a take of training, and counts by how near it is. What is
near to none of them is none of the signs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from engine.arrays import Array, Floats, directions
from engine.bundle import Bundle, BundleError
from engine.messages import Message
from engine.recognition.sign_encoder.card import EncoderCard


def nearness_to(vectors: Array, centres: Array, sharpness: float) -> Array:
    """`(N, m)`: of `(N, D)` to centres `(m, D)`, all of length 1; 1 for the same, towards 0."""
    return np.exp(-sharpness * (1.0 - vectors @ centres.T))


@dataclass(frozen=True, slots=True, eq=False)
class JointStream:
    """`centres` `(m, D)` of length 1; `weights` `(m, classes)`, the last class being 'no sign'."""

    centres: Floats
    weights: Floats
    sharpness: float

    def logits(self, vectors: Floats) -> Floats:
        """`(N, D)` of length 1 to `(N, classes)`: about 1 for what it is, about 0 for the rest; the
        stream's temperature makes shares of them."""
        found: Floats = nearness_to(vectors, self.centres, self.sharpness) @ self.weights
        return found


def read_joint_stream(bundle: Bundle, encoder: EncoderCard) -> JointStream | None:
    """None where the bundle has none, or one for another encoder. Raises BundleError naming a file
    that cannot be read or does not fit the card."""
    part = bundle.card.networks.joints
    if part is None or part.encoder != encoder.weights:
        return None
    file = bundle.file(part.file)
    try:
        found = load_file(file)
    except (SafetensorError, OSError) as error:
        raise BundleError(Message("bundle.weights-unreadable", file=file)) from error
    centres, weights = found.get("centres"), found.get("weights")
    fits = centres is not None and centres.ndim == 2 and centres.shape[1] == encoder.dimensions
    if centres is None or weights is None or not fits:
        raise BundleError(Message("bundle.weights-unfit", file=file))
    if weights.shape != (len(centres), bundle.card.classes) or not np.isfinite(weights).all():
        raise BundleError(Message("bundle.weights-unfit", file=file))
    return JointStream(
        directions(centres.astype(np.float32)), weights.astype(np.float32), part.sharpness
    )
