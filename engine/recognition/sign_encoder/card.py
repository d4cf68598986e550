"""What an encoder's card says: its measures, its files, and where it was learnt from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator
from safetensors import SafetensorError
from safetensors.numpy import load as read_tensors

from engine.bundle.card_file import read_card_file, write_card_file
from engine.messages import Message, PlainError
from engine.recognition.sign_encoder.features import FEATURES
from engine.recognition.sign_encoder.views import View

KIND = "sign-encoder"
FORMAT_VERSION = 1
"""Grows too when cleaning or features change: an encoder fits those that it was learnt with."""

CARD = "card.json"
WEIGHTS, LEXICON, WORDS = "encoder.safetensors", "lexicon.safetensors", "words.txt"


class EncoderError(PlainError):
    """A sign encoder is missing, altered, too new or none; one line that names the file."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Part):
    """A set that was learnt from. `licence`: as stated by whoever published it, or that none is."""

    name: str = Field(min_length=1)
    data: str
    licence: str
    signs: int = Field(ge=1)
    use: str


class EncoderRecord(_Part):
    """`metrics` are of sets that were left out of what was learnt, as `protocol` says."""

    sources: tuple[Source, ...]
    protocol: str
    recipe: dict[str, object]
    metrics: dict[str, object]


class MapPart(_Part):
    """A map of what is seen from one side to `dimensions`, and what it counts beside the others."""

    view: View
    dimensions: int = Field(ge=1, le=4096)
    weight: float = Field(gt=0, le=100)


class EncoderCard(_Part):
    """`steps`: moments that are looked at; `features`: how much is told of them. `parts`: the maps
    whose results are set beside one another.
    `thresholds`: by the number of takes, how like them a take must be to pass for the sign asked
    for. `files`: SHA-256 by name."""

    kind: Literal["sign-encoder"]
    format_version: int
    steps: int = Field(ge=4, le=256)
    features: int
    parts: tuple[MapPart, ...] = Field(min_length=1)
    thresholds: dict[Annotated[int, Field(ge=1)], Annotated[float, Field(ge=-1, le=1)]]
    training: EncoderRecord
    files: dict[
        Literal["encoder.safetensors", "lexicon.safetensors", "words.txt"],
        Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")],
    ]

    @model_validator(mode="after")
    def _fits(self) -> EncoderCard:
        if self.features != FEATURES:
            raise ValueError(f"there are {FEATURES} features of a sign")
        if len({part.view for part in self.parts}) < len(self.parts):
            raise ValueError("a view stands twice among the parts")
        if WEIGHTS not in self.files:
            raise ValueError(f"no SHA-256 for {WEIGHTS}")
        if (LEXICON in self.files) != (WORDS in self.files):
            raise ValueError("a lexicon and its words belong together")
        if 1 not in self.thresholds:
            raise ValueError("no threshold for one take")
        return self

    @property
    def dimensions(self) -> int:
        """Of a sign's vector."""
        return sum(part.dimensions for part in self.parts)

    @property
    def weights(self) -> str:
        """SHA-256 of what signs are encoded with: vectors of two encoders cannot be compared."""
        return self.files["encoder.safetensors"]

    @property
    def lexicon(self) -> str | None:
        """SHA-256 of the lexicon's vectors; None where there is no lexicon."""
        return self.files.get("lexicon.safetensors")


def read_card(folder: Path) -> EncoderCard:
    """Raises EncoderError where there is none, or none that this program reads."""
    return read_card_file(folder / CARD, EncoderCard, FORMAT_VERSION, EncoderError, "signs.no-card")


def write_card(folder: Path, card: EncoderCard) -> None:
    """As `card.json` of the folder."""
    write_card_file(folder / CARD, card)


def checked_bytes(folder: Path, card: EncoderCard, name: str) -> bytes:
    """A file's content, once its SHA-256 is the card's. Raises EncoderError naming the file."""
    file = folder / name
    try:
        content = file.read_bytes()
    except OSError as error:
        raise EncoderError(Message("signs.file-missing", file=file)) from error
    # Of what is used, not of what lies there a moment earlier.
    if hashlib.sha256(content).hexdigest() != dict(card.files).get(name):  # type: ignore[call-overload]
        raise EncoderError(Message("signs.file-altered", file=file))
    return content


def checked_arrays(
    folder: Path, card: EncoderCard, name: str, shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, NDArray]:
    """Arrays of one of the card's files, each of its shape (-1: of any length). Raises EncoderError
    naming a file that is missing, altered, or does not fit."""
    content = checked_bytes(folder, card, name)
    try:
        arrays = read_tensors(content)
    except (SafetensorError, ValueError, KeyError) as error:
        raise EncoderError(Message("bundle.weights-unreadable", file=folder / name)) from error
    for key, shape in shapes.items():
        found = arrays.get(key)
        fits = found is not None and len(found.shape) == len(shape)
        fits = fits and all(
            n in (-1, m)
            for n, m in zip(shape, found.shape, strict=True)  # type: ignore[union-attr]
        )
        if not fits or not np.isfinite(found.astype(np.float64)).all():  # type: ignore[union-attr]
            raise EncoderError(Message("bundle.weights-unfit", file=folder / name))
    return arrays
