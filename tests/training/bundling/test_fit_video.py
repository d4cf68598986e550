"""`fit`, its stages and `evaluate` on sets of videos."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from typer.testing import CliRunner

from engine.bundle import BundleError, load_bundle
from engine.recognition.recognizer import Recognizer
from tests.training.prepared_folder import GLOSSES, write_prepared
from training.commands.app import app

pytestmark = pytest.mark.slow

SMALL = [
    "--recipe", "smoke", "--set", "batch_size=8", "--set", "frame_size=24", "--set",
    "video_epochs=2", "--set", "sensor_epochs=2", "--set", "video_rate=1e-4", "--set",
    "generator_rate=1e-4",
]  # fmt: skip


def call(*arguments: str, status: int = 0) -> dict:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == status, done.output
    return json.loads(done.stdout) if done.stdout else {"said": done.stderr}


def train(command: str, data: Path, out: Path, *more: str) -> dict:
    return call(command, "arsl10", "--data", str(data), "--out", str(out), *SMALL, *more)


def same_run(one: Path, other: Path) -> bool:
    """The same losses and the same encoder, but for the order of sums within one process (that runs
    are the same to the last bit is tested elsewhere, each in a process of its own): half a step of
    the encoder's at most."""
    first, second = (
        {
            (line["stage"], line["epoch"]): line["loss"]
            for line in map(
                json.loads, (out / "checkpoints" / "log.jsonl").read_text().splitlines()
            )
        }
        for out in (one, other)
    )
    a, b = load_file(one / "sensor.safetensors"), load_file(other / "sensor.safetensors")
    return first == pytest.approx(second, rel=0.05) and all(
        torch.allclose(a[key].float(), b[key].float(), atol=1e-3) for key in a
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_prepared(tmp_path_factory.mktemp("set") / "prepared")


@pytest.fixture(scope="module")
def bundle(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("fit") / "bundle"
    said = train("fit", prepared, out, "--fold", "1")
    assert said["signers"] == ["user02"]
    return out


def test_a_video_set_gives_a_bundle_the_engine_runs(bundle: Path) -> None:
    card = load_bundle(bundle).card
    assert (card.name, card.clip.view, card.clip.size) == ("arsl10", "rgb", 24)
    assert card.training.test_signers == ("user02",)
    assert not {"user02"} & {*card.training.train_signers, *card.training.validation_signers}
    assert card.vocabulary[1].text("vi") == "ăn"
    assert "simulated" in card.training.protocol
    recognizer = Recognizer(load_bundle(bundle))
    probabilities = recognizer.probabilities(np.zeros((2, 3, 24, 24, 24), np.float32))
    recognizer.close()
    assert probabilities.shape == (2, len(GLOSSES) + 1)


def test_nothing_that_was_not_worn_is_called_measured(bundle: Path, prepared: Path) -> None:
    said = call("evaluate", str(bundle), "--data", str(prepared), "--json")
    assert said["signers"] == ["user02"]
    assert said["n"] == 9
    assert said["top1"]["fused_generated"] is not None
    assert said["top1"]["sensor_measured"] is None
    assert said["top1"]["fused_measured"] is None
    assert said["trace_r"] == {"acc": None, "gyro": None}
    assert sum(map(sum, said["confusion"])) == 9
    assert set(said["per_class"]) == set(GLOSSES)
    assert call("evaluate", str(bundle), "--data", str(prepared), "--signers", "all")["n"] == 36
    refused = call(
        "evaluate", str(bundle), "--data", str(prepared), "--signers", "user77", status=2
    )
    assert "user77" in refused["said"]


def test_a_glove_on_one_wrist_does_not_stop_the_measuring(bundle: Path, tmp_path: Path) -> None:
    one = write_prepared(
        tmp_path / "one", units=("g",) * 3 + ("deg/s",) * 3, imu_from="measured", signers=2
    )
    said = call("evaluate", str(bundle), "--data", str(one), "--json")
    assert said["n"] == 9
    assert said["top1"]["sensor_measured"] is None


def test_the_label_order_survives_a_shuffled_list(bundle: Path, tmp_path: Path) -> None:
    shuffled = write_prepared(tmp_path / "shuffled", reverse=True)
    train("fit", shuffled, tmp_path / "bundle", "--fold", "1")
    assert load_bundle(tmp_path / "bundle").card.glosses == load_bundle(bundle).card.glosses
    assert load_bundle(bundle).card.glosses == tuple(sorted(GLOSSES))


def test_stage_by_stage_is_the_same_run(bundle: Path, prepared: Path, tmp_path: Path) -> None:
    out = tmp_path / "stages"
    said = train("video", prepared, out, "--fold", "1")
    assert said["stage"] == "video"
    assert not (out / "card.json").exists()
    assert not (out / "checkpoints" / "sensor.safetensors").exists()
    for stage in ("sensor", "generator", "fusion"):
        train(stage, prepared, out, "--fold", "1", "--resume")
    assert same_run(out, bundle)
    logged = (out / "checkpoints" / "log.jsonl").read_text().splitlines()
    assert len(logged) == 2 + 2 + 1
    assert list((out / "checkpoints" / "tensorboard").glob("events.*"))


@pytest.mark.parametrize("method", ["late", "feature"])
def test_trained_streams_can_be_fused_otherwise(
    bundle: Path, prepared: Path, tmp_path: Path, method: str
) -> None:
    out = tmp_path / "bundle"
    shutil.copytree(bundle / "checkpoints", out / "checkpoints")
    logged = (out / "checkpoints" / "log.jsonl").read_text()
    said = train("fusion", prepared, out, "--fold", "1", "--resume", "--set", f"fusion={method}")
    assert (out / "checkpoints" / "log.jsonl").read_text() == logged
    card = load_bundle(out).card
    assert card.fusion.method == method
    assert said["top1"]["video"] == load_bundle(bundle).card.training.metrics["top1"]["video"]
    recognizer = Recognizer(load_bundle(out))
    probabilities = recognizer.probabilities(np.zeros((2, 3, 24, 24, 24), np.float32))
    recognizer.close()
    assert np.allclose(probabilities.sum(axis=1), 1.0, atol=1e-5)
    if method == "late":
        assert set(card.fusion.weights.values()) == {1.0}
        return
    (out / "fusion.safetensors").unlink()
    with pytest.raises(BundleError, match=r"fusion\.safetensors"):
        load_bundle(out)


def test_a_config_file_says_what_options_say(bundle: Path, prepared: Path, tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text(
        "batch_size = 8\nframe_size = 24\nvideo_epochs = 9\nsensor_epochs = 2\n"
        "video_rate = 1e-4\ngenerator_rate = 1e-4\n",
        encoding="utf-8",
    )
    call(
        "fit", "arsl10", "--data", str(prepared), "--out", str(tmp_path / "bundle"), "--recipe",
        "smoke", "--config", str(config), "--set", "video_epochs=2", "--fold", "1",
    )  # fmt: skip
    assert same_run(tmp_path / "bundle", bundle)
    config.write_text("no toml at all", encoding="utf-8")
    refused = call(
        "fit", "arsl10", "--data", str(prepared), "--out", str(tmp_path / "x"), "--config",
        str(config), status=2,
    )  # fmt: skip
    assert "own.toml" in refused["said"]
    config.write_text("video_epoch = 3", encoding="utf-8")
    refused = call(
        "fit", "arsl10", "--data", str(prepared), "--out", str(tmp_path / "x"), "--config",
        str(config), status=2,
    )  # fmt: skip
    assert "own.toml: video_epoch" in refused["said"]


def test_weights_of_another_set_are_where_it_starts(
    bundle: Path, prepared: Path, tmp_path: Path
) -> None:
    frozen = ["--set", "video_rate=0", "--set", "video_epochs=1"]
    for source in (bundle, bundle / "checkpoints"):
        out = tmp_path / source.name
        train("video", prepared, out, *frozen, "--init", str(source), "--fold", "1")
        started = load_file(out / "checkpoints" / "video.safetensors")
        learnt = load_file(bundle / "video.safetensors")
        key = "backbone.stem.conv_1a.conv.weight"
        # A bundle keeps them in half precision, a checkpoint whole.
        assert learnt[key].dtype == torch.float16
        assert torch.equal(started[f"network/{key}"].half(), learnt[key])
    more = ("--fold", "1", "--init")
    narrow = train_refused(prepared, tmp_path / "n", *more, str(bundle), "--set", "width=0.25")
    assert "another width" in narrow
    empty = train_refused(prepared, tmp_path / "e", *more, str(tmp_path))
    assert "weights to start from" in empty


def test_nobody_is_tested_whom_the_first_weights_have_seen(
    bundle: Path, prepared: Path, tmp_path: Path
) -> None:
    """The bundle learnt from users 1 and 4, and watched user 3. A fold that tests user 1 may not
    start from it, nor from a run that itself started from it."""
    for source in (bundle, bundle / "checkpoints"):
        said = train_refused(prepared, tmp_path / "leak", "--init", str(source), "--fold", "0")
        assert "user01" in said
    second = tmp_path / "second"
    train("video", prepared, second, "--fold", "1", "--init", str(bundle))
    said = train_refused(prepared, tmp_path / "leak", "--init", str(second), "--fold", "0")
    assert "user01" in said
    assert not (tmp_path / "leak").exists()


def test_a_run_goes_on_with_the_same_split_alone(
    bundle: Path, prepared: Path, tmp_path: Path
) -> None:
    out = tmp_path / "again"
    shutil.copytree(bundle, out)
    said = call(
        "fusion", "arsl10", "--data", str(prepared), "--out", str(out), *SMALL, "--resume",
        "--fold", "0", status=2,
    )  # fmt: skip
    assert "another protocol" in said["said"]
    said = call(
        "fit", "arsl10", "--data", str(prepared), "--out", str(out), *SMALL, "--fold", "4",
        status=2,
    )  # fmt: skip
    assert "--fold 4" in said["said"]


def train_refused(data: Path, out: Path, *more: str) -> str:
    return call("video", "arsl10", "--data", str(data), "--out", str(out), *SMALL, *more, status=2)[
        "said"
    ]


def test_sets_no_bundle_can_be_made_of_are_refused(tmp_path: Path) -> None:
    bare = write_prepared(tmp_path / "bare", units=())
    assert "simulate" in train_refused(bare, tmp_path / "a")
    angles = write_prepared(tmp_path / "angles", units=("deg/s",) * 6)
    assert "--no-imu" in train_refused(angles, tmp_path / "b")
    assert "frames=16" in train_refused(
        write_prepared(tmp_path / "whole"), tmp_path / "f", "--set", "frames=16"
    )
    said = call(
        "fit", "folder", "--data", str(bare), "--out", str(tmp_path / "c"), *SMALL, status=2
    )
    assert "holds arsl10, not folder" in said["said"]


def test_a_bundle_is_measured_on_a_folder_of_clips(
    bundle: Path, shared_data: Path, tmp_path: Path
) -> None:
    for user in ("user02", "user03"):
        for sign in ("G01", "G07"):
            (tmp_path / user / sign).mkdir(parents=True)
            clip = min((shared_data / "arsl10" / user / sign).glob("*.mp4"))
            shutil.copy(clip, tmp_path / user / sign / clip.name)
    (tmp_path / "user02" / "G01" / "broken.mp4").write_bytes(b"no film")
    said = call("evaluate", str(bundle), "--data", str(tmp_path), "--json")
    # user03 was trained on; the broken file is named and left out.
    assert (said["signers"], said["n"], said["dataset"]) == (["user02"], 2, "arsl10")
    assert said["n_left_out"] == 1
