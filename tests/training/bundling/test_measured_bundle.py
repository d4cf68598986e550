"""`measured` gives a bundle an encoder for one glove or two and leaves its others alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from typer.testing import CliRunner

from engine.bundle import load_bundle
from engine.models.stored_weights import from_stored
from engine.recognition.sensor_stream import SensorStream
from engine.runtime.bundle_networks import BundleNetworks
from tests.training.recordings import write_set
from training.commands.app import app
from training.readers.asl20 import NO_SIGN, read_asl20

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Using padding='same'"),
]

CPU = torch.device("cpu")


def call(*arguments: str, status: int = 0) -> dict:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == status, done.output
    return json.loads(done.stdout) if done.stdout else {"said": done.stderr}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("data") / "set.parquet", signers=8, takes=4)


@pytest.fixture(scope="module")
def base(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("base") / "bundle"
    held = ["--test-signers", "2", "--validation-signers", "2"]
    call("fit", "asl20", "--data", str(data), "--out", str(out), "--recipe", "smoke", *held)
    return out


@pytest.fixture(scope="module")
def made(base: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "bundle"
    told = ["--recipe", "smoke", "--set", "measured_epochs=2", "--set", "batch_size=8"]
    call("measured", str(base), "--data", str(data), "--out", str(out), *told)
    return out


def test_the_others_stay_as_they_are(base: Path, made: Path) -> None:
    before, after = load_bundle(base), load_bundle(made)
    for name, digest in before.card.files.items():
        assert after.card.files[name] == digest
    assert after.card.networks.measured is not None
    own, new = (
        from_stored(load_file(after.file(name)))
        for name in ("sensor.safetensors", "measured.safetensors")
    )
    assert own.keys() == new.keys()
    assert not torch.equal(own["classifier.weight"], new["classifier.weight"])
    old = before.card.training.metrics["top1"]
    now = after.card.training.metrics["top1"]
    for stream in ("video", "sensor_generated", "fused_generated"):
        assert now[stream] == old[stream]  # type: ignore[index]


def test_torch_and_the_live_engine_ask_the_new_network(base: Path, made: Path) -> None:
    samples = torch.randn(3, 12, 48) + 0.2
    answers = []
    for folder in (base, made):
        bundle = load_bundle(folder)
        video = BundleNetworks(bundle, CPU).video
        assert video is not None
        answers.append(video.measured(samples)["sensor_measured"])
        live = torch.from_numpy(SensorStream(bundle).logits(samples.numpy()))
        torch.testing.assert_close(live, answers[-1], atol=1e-3, rtol=1e-3)
    assert not torch.allclose(answers[0], answers[1])


def test_the_card_weighs_measured_and_mixed_and_says_what_one_wrist_is_worth(made: Path) -> None:
    card = load_bundle(made).card
    assert {"sensor_measured", "sensor_mixed"} <= card.fusion.weights.keys()
    assert {"sensor_measured", "sensor_mixed"} <= card.fusion.temperatures.keys()
    told = card.training.metrics["measured"]
    for side in ("validation", "test"):
        kinds = told["top1_by_worn"][side]  # type: ignore[index]
        assert len(kinds) == 4
        for shares in kinds.values():
            assert set(shares) == {"both", "left", "right"}


def test_evaluate_tells_what_one_glove_adds(made: Path, data: Path) -> None:
    said = call("evaluate", str(made), "--data", str(data), "--json")
    top1 = load_bundle(made).card.training.metrics["top1"]
    assert said["top1"] == top1
    assert 0 <= said["top1"]["fused_left"] <= 1 and 0 <= said["top1"]["fused_right"] <= 1


def test_a_bundle_without_sensors_is_refused(data: Path, tmp_path: Path) -> None:
    said = call("measured", "ksl13", "--data", str(data), "--out", str(tmp_path / "out"), status=2)
    assert "\n" not in said["said"].strip()


def test_folds_by_signer_say_what_one_wrist_is_worth(data: Path, tmp_path: Path) -> None:
    told = ["--recipe", "smoke", "--folds", "2", "--set", "batch_size=8"]
    said = call("measured-folds", "--data", str(data), "--out", str(tmp_path / "folds"), *told)
    assert said["folds"] == 2 and len(said["single"]) == 2
    held = [set(one["held_out"]) for one in said["single"]]
    assert not held[0] & held[1] and len(held[0] | held[1]) == 8
    assert set(said["top1"]) == {"both", "left", "right"}
    recordings = read_asl20(data)
    worn = recordings.live.all(axis=1) & (recordings.words != NO_SIGN)
    assert sum(one["n"] for one in said["single"]) == int(worn.sum()) > 50
    again = call("measured-folds", "--data", str(data), "--out", str(tmp_path / "folds"), *told)
    assert again == said
