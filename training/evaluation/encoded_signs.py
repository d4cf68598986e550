"""The signs of a set as an encoder gives them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from engine.arrays import Floats
from engine.recognition.sign_encoder import SegmentError, SignEncoder
from training.datasets.signs.recorded_signs import RecordedSigns
from training.errors import DataError


@dataclass(frozen=True, slots=True, eq=False)
class EncodedSigns:
    """`vectors` `(N, D)` of length 1; `glosses`, `signers` `(N,)`. `handless`: how many takes show
    no hand that is up, and have no vector."""

    vectors: Floats
    glosses: NDArray[np.str_]
    signers: NDArray[np.str_]
    handless: int


def encoded(
    encoder: SignEncoder, recorded: RecordedSigns, progress: Progress | None = None
) -> EncodedSigns:
    """As the live engine encodes them. Raises DataError where no take shows a hand."""
    vectors, glosses, signers = [], [], []
    shown = (
        recorded.signs
        if progress is None
        else progress.track(recorded.signs, description=f"encode {recorded.dataset}")
    )
    for sign in shown:
        try:
            vectors.append(encoder.encode(sign.segment))
        except SegmentError:
            continue
        glosses.append(sign.gloss)
        signers.append(sign.signer)
    if not vectors:
        raise DataError(f"{recorded.dataset}: no sign with a hand that is up")
    handless = len(recorded.handless) + len(recorded.signs) - len(vectors)
    return EncodedSigns(np.stack(vectors), np.array(glosses), np.array(signers), handless)
