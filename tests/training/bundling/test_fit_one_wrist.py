"""A set with a glove on one wrist makes a bundle as one with both does."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from typer.testing import CliRunner

from engine.bundle import load_bundle
from engine.recognition.sensor_stream import SensorStream
from engine.runtime.bundle_networks import BundleNetworks
from tests.training.prepared_folder import write_prepared
from tests.videos import write_video
from training.commands.app import app
from training.preparation.manifest import read_manifest
from training.preparation.prepare import IMU_FILE, read_arrays

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Using padding='same'"),
]

SMALL = ["--recipe", "smoke", "--set", "batch_size=8", "--set", "frame_size=16"]
ONE, BOTH = ("g",) * 3 + ("deg/s",) * 3, ("g",) * 6 + ("deg/s",) * 6


def call(*arguments: str, status: int = 0) -> dict:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == status, done.output
    return json.loads(done.stdout) if done.stdout else {"said": done.stderr}


@pytest.mark.parametrize(
    ("units", "wrists"), [(ONE, ("right",)), (BOTH, ("left", "right"))], ids=["one", "both"]
)
def test_it_is_trained_measured_and_asked(
    tmp_path: Path, units: tuple[str, ...], wrists: tuple[str, ...]
) -> None:
    data = write_prepared(tmp_path / "set", units=units, imu_from="measured", signers=3, takes=2)
    out = tmp_path / "bundle"
    call("fit", "arsl10", "--data", str(data), "--out", str(out), *SMALL)
    bundle = load_bundle(out)
    sensor = bundle.card.sensor
    assert sensor is not None
    assert (sensor.wrists, sensor.channels, len(sensor.mean)) == (wrists, len(units), len(units))
    said = call("evaluate", str(out), "--data", str(data), "--signers", "all", "--json")
    assert said["n_measured"] == 18
    assert 0 <= said["top1"]["sensor_measured"] <= 1 and 0 <= said["top1"]["fused_measured"] <= 1
    assert (said["top1"]["fused_left"] is None) == (len(units) == 6)
    assert said["trace_r"]["acc"] is not None and said["trace_r"]["gyro"] is not None
    samples = torch.randn(2, len(units), sensor.n_steps)
    video = BundleNetworks(bundle, torch.device("cpu")).video
    assert video is not None
    torch.testing.assert_close(
        torch.from_numpy(SensorStream(bundle).logits(samples.numpy())),
        video.measured(samples)["sensor_measured"],
        atol=1e-3,
        rtol=1e-3,
    )


@pytest.mark.parametrize("side", ["left", ""])
def test_prepare_keeps_on_which_wrist_a_glove_was_worn(tmp_path: Path, side: str) -> None:
    names = ",".join(f"{side}_{n}".strip("_") for n in ("ax", "ay", "az", "gx", "gy", "gz"))
    rows = np.tile([0.1, 0.2, 1.0, 5.0, -3.0, 2.0], (30, 1))
    for gloss in ("hi", "eat"):
        folder = tmp_path / "raw" / gloss
        folder.mkdir(parents=True)
        write_video(folder / "mai_1.mp4")
        lines = [",".join(f"{value:.3f}" for value in row) for row in rows]
        (folder / "mai_1.csv").write_text("\n".join([names, *lines]) + "\n", "utf-8")
    out = tmp_path / "prepared"
    call(
        "prepare", "folder", "--data", str(tmp_path / "raw"), "--out", str(out), "--crop", "centre"
    )
    manifest = read_manifest(out)
    assert manifest.units == ONE
    assert manifest.wrists == ((side,) if side else ())
    for steps in read_arrays(out / IMU_FILE, "steps").values():
        np.testing.assert_allclose(steps.mean(axis=1), rows[0], atol=1e-3)
