"""Writes a sign encoder, and the lexicon that belongs to it, as a folder of files with a card."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from engine.arrays import Floats, directions
from engine.recognition.sign_encoder import SignEncoder
from engine.recognition.sign_encoder.card import (
    CARD,
    FORMAT_VERSION,
    LEXICON,
    WEIGHTS,
    WORDS,
    EncoderCard,
    EncoderRecord,
    read_card,
    write_card,
)
from engine.recognition.sign_encoder.features import FEATURES
from engine.recognition.sign_encoder.lexicon import nearness
from training.datasets.signs.recorded_signs import RecordedSigns
from training.errors import DataError
from training.evaluation.encoded_signs import encoded
from training.stages.signs.sign_encoder import STEPS, FittedEncoder

_LARGEST = 127


@dataclass(frozen=True, slots=True)
class WrittenEncoder:
    """The folder, its size on disk, and how many words its lexicon has."""

    folder: Path
    size: int
    words: int


def write_encoder(
    out: Path,
    fitted: FittedEncoder,
    lexicon: RecordedSigns | None,
    record: EncoderRecord,
    thresholds: Mapping[int, float],
) -> WrittenEncoder:
    """Into `out`, which is made, or takes the place of another encoder; whole or not at all.

    Maps are float16; the lexicon's vectors are int8, whose length says nothing. Raises DataError
    where something else lies in `out`.
    """
    target = out.resolve()
    _may_be_replaced(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside it: a folder is put in place by renaming, so that none is ever half written.
    with tempfile.TemporaryDirectory(
        prefix=f".{target.name}-", dir=target.parent, ignore_cleanup_errors=True
    ) as beside:
        made = Path(beside) / "new"
        made.mkdir()
        words = _write(made, fitted, lexicon, record, dict(thresholds))
        if target.exists():
            target.rename(Path(beside) / "old")
        made.rename(target)
    return WrittenEncoder(target, sum(file.stat().st_size for file in target.iterdir()), words)


def _may_be_replaced(target: Path) -> None:
    if target.is_dir():
        others = {file.name for file in target.iterdir()} - {CARD, WEIGHTS, LEXICON, WORDS}
        if not others:
            return
        raise DataError(f"{target}: there is something else in this folder: {min(others)}")
    if target.exists():
        raise DataError(f"{target}: is a file, and a folder is wanted")


def _write(
    folder: Path,
    fitted: FittedEncoder,
    lexicon: RecordedSigns | None,
    record: EncoderRecord,
    thresholds: dict[int, float],
) -> int:
    arrays: dict[str, NDArray] = {
        "mean": fitted.mean.astype(np.float16),
        "scale": fitted.scale.astype(np.float16),
        **{view: weights.astype(np.float16) for view, weights in fitted.maps.items()},
    }
    files = {WEIGHTS: _saved(folder / WEIGHTS, save(arrays))}
    card = EncoderCard(
        kind="sign-encoder",
        format_version=FORMAT_VERSION,
        steps=STEPS,
        features=FEATURES,
        parts=fitted.parts,
        thresholds=thresholds,
        training=record,
        files=files,
    )
    write_card(folder, card)
    if lexicon is None:
        return 0
    # By what was stored, so that both sides of a comparison have the same small errors.
    signs = encoded(SignEncoder.load(folder), lexicon)
    rounded = in_int8(signs.vectors)
    vectors = directions(rounded.astype(np.float32))
    stored: dict[str, NDArray] = {"vectors": rounded, "crowd": nearness(vectors).astype(np.float16)}
    files[LEXICON] = _saved(folder / LEXICON, save(stored))
    text = "".join(f"{gloss}\n" for gloss in signs.glosses)
    files[WORDS] = _saved(folder / WORDS, text.encode("utf-8"))
    write_card(folder, read_card(folder).model_copy(update={"files": files}))
    return len(set(map(str, signs.glosses)))


def in_int8(vectors: Floats) -> NDArray[np.int8]:
    """Each as long as -127..127 allows: it is brought to length 1 again when it is read."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    return np.round(vectors * (_LARGEST / largest)).astype(np.int8)


def _saved(file: Path, content: bytes) -> str:
    """Writes it and gives its SHA-256."""
    file.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
