"""A sign encoder is trained, measured on what it has not seen, and written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from rich.progress import Progress

from engine.recognition.sign_encoder import Lexicon, SignEncoder, verify
from tests.drawn_signs import drawn_sign, write_archive, write_signers
from training.bundling.signs import trained_encoder
from training.bundling.signs.trained_encoder import TrainedEncoder, train_encoder
from training.errors import DataError
from training.stages.signs.sign_encoder import EncoderRecipe

SMALL = EncoderRecipe(copies=2, components=48, dimensions=(12, 8, 8, 8))


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A dictionary, and other signs by three signers."""
    folder = tmp_path_factory.mktemp("sets")
    many = write_archive(folder / "many.npz", range(60))
    return many, write_signers(folder / "signers", range(100, 106), range(3))


def trained(paths: tuple[Path, ...], out: Path, **more: object) -> TrainedEncoder:
    with Progress(disable=True) as progress:
        return train_encoder(paths, out, SMALL, progress, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(sets: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> TrainedEncoder:
    return trained(sets, tmp_path_factory.mktemp("made") / "encoder")


def test_signs_it_never_saw_are_known_from_one_take(made: TrainedEncoder) -> None:
    encoder = SignEncoder.load(made.written.folder)
    known = encoder.encode_many(drawn_sign(sign) for sign in range(200, 210))
    asked = encoder.encode_many(drawn_sign(sign, signer=4) for sign in range(200, 210))
    assert ((asked @ known.T).argmax(axis=1) == np.arange(10)).mean() >= 0.9
    thresholds = encoder.card.thresholds
    assert set(thresholds) == {1, 2, 3, 5, 10}
    assert verify(asked[0], known[0], thresholds).same
    assert not verify(asked[0], known[1], thresholds).same


def test_the_card_tells_figures_of_sets_left_out(made: TrainedEncoder) -> None:
    card = SignEncoder.load(made.written.folder).card
    figures = card.training.metrics["folder"]
    assert isinstance(figures, dict) and figures["1-shot"]["mean"] > 0.8
    assert {source.name for source in card.training.sources} == {"many", "folder"}
    assert card.training.recipe["copies"] == 2 and card.dimensions == 36


def test_its_lexicon_is_the_dictionary(made: TrainedEncoder) -> None:
    lexicon = Lexicon.load(made.written.folder)
    assert len(lexicon) == made.written.words == 60
    encoder = SignEncoder.load(made.written.folder)
    vector = encoder.encode(drawn_sign(7, signer=4))
    assert "sign 7" in [match.word for match in lexicon.nearest(vector, 3)]


def test_training_again_gives_the_same_files(
    made: TrainedEncoder, sets: tuple[Path, Path], tmp_path: Path
) -> None:
    again = trained(sets, tmp_path / "again", measured=False)
    one = (made.written.folder / "words.txt").read_bytes()
    assert (again.written.folder / "words.txt").read_bytes() == one
    first, second = (SignEncoder.load(one.written.folder) for one in (made, again))
    sign = drawn_sign(5)
    assert float(first.encode(sign) @ second.encode(sign)) > 0.9999


def test_a_lexicon_can_be_chosen_or_left_out(sets: tuple[Path, Path], tmp_path: Path) -> None:
    without = trained(sets, tmp_path / "without", lexicon="", measured=False)
    assert without.written.words == 0
    assert not (without.written.folder / "words.txt").exists()
    chosen = trained(sets, tmp_path / "chosen", lexicon="folder", measured=False)
    assert chosen.written.words == 6
    with pytest.raises(DataError, match="many"):
        trained(sets, tmp_path / "none", lexicon="nothing")
    assert not (tmp_path / "none").exists()


def test_without_several_signers_nothing_is_claimed(
    sets: tuple[Path, Path], tmp_path: Path
) -> None:
    alone = trained(sets[:1], tmp_path / "alone")
    card = SignEncoder.load(alone.written.folder).card
    assert "not measured" in card.training.protocol and set(card.thresholds) == {1}


def test_what_cannot_be_learnt_from_is_said(sets: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(DataError, match="one recording each"):
        trained(sets[1:], tmp_path / "out")
    with pytest.raises(DataError, match="twice"):
        trained((sets[0], sets[0]), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_an_old_encoder_makes_room_and_nothing_else_does(
    sets: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    trained(sets, out, measured=False)
    trained(sets, out, lexicon="", measured=False)
    assert {file.name for file in out.iterdir()} == {"card.json", "encoder.safetensors"}
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    (out / "mine.txt").write_text("mine")
    with pytest.raises(DataError, match=r"mine\.txt"):
        trained(sets, out, measured=False)
    assert (out / "mine.txt").read_text() == "mine"
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="a file"):
        trained(sets, tmp_path / "file", measured=False)


def test_what_is_interrupted_leaves_the_old_encoder(
    sets: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    before = json.loads(
        (trained(sets, out, measured=False).written.folder / "card.json").read_text()
    )

    def stop(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    for place in (
        "training.bundling.signs.encoder_folder.nearness",
        "training.bundling.signs.encoder_folder.save",
    ):
        with monkeypatch.context() as patch:
            patch.setattr(place, stop)
            with pytest.raises(KeyboardInterrupt):
                trained(sets, out, measured=False)
        assert [file.name for file in tmp_path.iterdir()] == ["out"]
        assert json.loads((out / "card.json").read_text()) == before
    monkeypatch.setattr(trained_encoder, "fit_encoder", stop)
    with pytest.raises(KeyboardInterrupt):
        trained(sets, tmp_path / "new")
    assert not (tmp_path / "new").exists()
