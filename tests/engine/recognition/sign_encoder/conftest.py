"""A small encoder with a lexicon, made of random numbers: what it says does not matter here."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from engine.recognition.sign_encoder.card import (
    LEXICON,
    WEIGHTS,
    WORDS,
    EncoderCard,
    EncoderRecord,
    MapPart,
    write_card,
)
from engine.recognition.sign_encoder.features import FEATURES
from engine.recognition.sign_encoder.lexicon import nearness
from engine.recognition.sign_encoder.views import rows_of

STEPS = 24
PARTS = (
    MapPart(view="all", dimensions=20, weight=1.0),
    MapPart(view="place", dimensions=12, weight=0.5),
)
WORD_LIST = ("home", "rain", "rain", "thank you", "địa chỉ", "go", "come", "eat")


def write_encoder(folder: Path) -> Path:
    """A folder with all files that an encoder has."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(3)
    dimensions = sum(part.dimensions for part in PARTS)
    weights = {
        "mean": rng.normal(0, 0.1, FEATURES).astype(np.float16),
        "scale": np.ones(FEATURES, np.float16),
    }
    for part in PARTS:
        shape = len(rows_of(part.view)), part.dimensions
        weights[part.view] = rng.normal(0, 0.05, shape).astype(np.float16)
    vectors = rng.integers(-127, 128, (len(WORD_LIST), dimensions)).astype(np.int8)
    long = vectors.astype(np.float32)
    crowd = nearness(long / np.linalg.norm(long, axis=1, keepdims=True))
    contents = {
        WEIGHTS: save(weights),
        LEXICON: save({"vectors": vectors, "crowd": crowd.astype(np.float16)}),
        WORDS: "".join(f"{word}\n" for word in WORD_LIST).encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    card = EncoderCard(
        kind="sign-encoder",
        format_version=1,
        steps=STEPS,
        features=FEATURES,
        parts=PARTS,
        thresholds={1: 0.5, 3: 0.45},
        training=EncoderRecord(sources=(), protocol="none", recipe={}, metrics={}),
        files={
            name: hashlib.sha256(content).hexdigest()  # type: ignore[misc]
            for name, content in contents.items()
        },
    )
    write_card(folder, card)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_encoder(tmp_path / "encoder")
