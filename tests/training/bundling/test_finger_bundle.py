"""`letters` makes a bundle of a glove alone, and `evaluate` measures it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.bundle import list_bundles, load_bundle
from engine.models.finger_angles import encode_angles
from engine.recognition.sensor_stream import SensorStream
from tests.training.finger_recordings import LABELS, write_letters
from training.commands.app import app
from training.readers.glove_letters import read_glove_letters

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Using padding='same'"),
]

QUICK = ["--recipe", "smoke", "--set", "finger_epochs=6", "--set", "batch_size=8", "--seeds", "0,1"]


def call(*arguments: str, status: int = 0) -> dict:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == status, done.output
    return json.loads(done.stdout) if done.stdout else {"said": done.stderr}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_letters(tmp_path_factory.mktemp("data"), takes=12)


@pytest.fixture(scope="module")
def bundle(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "vsl-letters"
    call("letters", "--data", str(data), "--out", str(out), *QUICK)
    return out


def test_the_card_says_what_it_is_and_whose_figures_it_gives(bundle: Path) -> None:
    card = load_bundle(bundle).card
    assert card.glosses == LABELS
    assert card.vocabulary[3].display == {"en": "mother", "vi": "mẹ"}
    assert (card.clip.view, card.clip.size, card.clip.span_s) == ("sensor", 0, 3.0)
    assert card.sensor is not None and card.sensor.angles == 12 and card.sensor.n_steps == 32
    assert not card.needs_camera and card.networks.video is None
    assert "not told apart" in card.training.data and "all takes" in card.training.protocol
    metrics = card.training.metrics
    assert metrics["seeds"] == [0, 1] and metrics["n"] == 8
    for part in ("top1", "accepted"):
        for figures in metrics[part].values():  # type: ignore[union-attr]
            assert 0 <= figures["lowest"] <= figures["mean"] <= figures["highest"] <= 1
    (entry,) = list_bundles(bundle.parent)
    assert not entry.needs_camera and not entry.teachable


def test_it_names_what_it_was_shown(bundle: Path, data: Path) -> None:
    """As the live engine asks it: angles of a held sign, by NumPy."""
    loaded, recordings = load_bundle(bundle), read_glove_letters(data)
    held = recordings.degrees[:, 16:].transpose(0, 2, 1)
    logits = SensorStream(loaded).logits(encode_angles(held))
    named = np.array(loaded.card.glosses)[logits[:, :-1].argmax(axis=1)]
    assert float((named == recordings.glosses).mean()) > 0.9


def test_evaluate_measures_it(bundle: Path, data: Path) -> None:
    refused = call("evaluate", str(bundle), "--data", str(data), status=2)
    assert "--signers all" in refused["said"]
    said = call("evaluate", str(bundle), "--data", str(data), "--signers", "all", "--json")
    assert said["n"] == 48 and said["top1"]["recordings"] > 0.9
    assert set(said["accepted"]) == {"true_signs", "between_signs", "rest"}
    assert np.array(said["confusion"]).sum() == 48


def test_a_run_that_is_there_is_not_run_again(bundle: Path, data: Path) -> None:
    weights = (bundle / "sensor.safetensors").read_bytes()
    log = bundle / "checkpoints" / "all" / "log.jsonl"
    lines = log.read_text("utf-8").count("\n")
    call("letters", "--data", str(data), "--out", str(bundle), *QUICK)
    assert log.read_text("utf-8").count("\n") == lines
    assert (bundle / "sensor.safetensors").read_bytes() == weights


def test_data_that_is_none_is_refused_in_one_line(tmp_path: Path) -> None:
    said = call("letters", "--data", str(tmp_path), "--out", str(tmp_path / "out"), status=2)
    assert "vsl36_glove.npz" in said["said"]
