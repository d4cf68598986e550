"""An encoder is verified, and what is wrong with it is said in one line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save

from engine.bundle import list_bundles
from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import EncoderError, Lexicon, SignEncoder, read_card


def refused(folder: Path) -> str:
    with pytest.raises(EncoderError) as caught:
        Lexicon.load(folder), SignEncoder.load(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def change_card(folder: Path, **changes: object) -> None:
    card = json.loads((folder / "card.json").read_text("utf-8"))
    (folder / "card.json").write_text(json.dumps(card | changes), "utf-8")


@pytest.mark.parametrize("name", ["encoder.safetensors", "lexicon.safetensors", "words.txt"])
def test_one_changed_byte_and_a_missing_file_are_named(folder: Path, name: str) -> None:
    file = folder / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert name in refused(folder) and "altered" in refused(folder)
    file.unlink()
    assert name in refused(folder) and "missing" in refused(folder)


def test_a_newer_format_is_refused(folder: Path) -> None:
    change_card(folder, format_version=2)
    assert "newer" in refused(folder) and "card.json" in refused(folder)


@pytest.mark.parametrize("content", ["", "[]", "{", "3", '{"format_version": 1}', "\ufeff"])
def test_a_card_that_is_none_is_refused(folder: Path, content: str) -> None:
    (folder / "card.json").write_text(content, "utf-8")
    assert "card.json" in refused(folder)


def test_a_folder_without_a_card_is_no_encoder(tmp_path: Path) -> None:
    assert "card.json" in refused(tmp_path) and "card.json" in refused(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {"../encoder.safetensors": "0" * 64}},
        {"files": {}},
        {"features": 291},
        {"kind": "bundle"},
        {"thresholds": {"2": 0.5}},
        {"parts": []},
    ],
)
def test_a_card_that_does_not_fit_is_refused(folder: Path, changes: dict[str, object]) -> None:
    change_card(folder, **changes)
    assert "card.json" in refused(folder)


@pytest.mark.parametrize("fault", ["shape", "missing", "nan", "no tensors"])
def test_weights_that_do_not_fit_are_named(folder: Path, fault: str) -> None:
    """Even where their SHA-256 is right."""
    file = folder / "encoder.safetensors"
    held = load_file(file)
    if fault == "shape":
        held["all"] = held["all"][:, :-1].copy()
    elif fault == "missing":
        del held["place"]
    elif fault == "nan":
        held["mean"][0] = np.nan
    content = b"{}" if fault == "no tensors" else save(held)
    file.write_bytes(content)
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["files"]["encoder.safetensors"] = hashlib.sha256(content).hexdigest()
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(EncoderError, match=r"encoder\.safetensors"):
        SignEncoder.load(folder)


def test_words_that_are_too_few_are_named(folder: Path) -> None:
    content = b"home\nrain\n"
    (folder / "words.txt").write_bytes(content)
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["files"]["words.txt"] = hashlib.sha256(content).hexdigest()
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(EncoderError, match="lexicon"):
        Lexicon.load(folder)


def test_the_shipped_encoder_says_where_it_comes_from() -> None:
    card = read_card(SIGN_ENCODER)
    assert {source.name for source in card.training.sources} >= {"vsl-lexicon", "ksl13", "arsl10"}
    assert all(source.licence for source in card.training.sources)
    assert card.training.metrics["ksl13"] and card.training.metrics["arsl10"]


def test_no_vocabulary_is_called_so() -> None:
    assert SIGN_ENCODER.is_dir()
    assert "sign-encoder" not in {entry.name for entry in list_bundles()}
