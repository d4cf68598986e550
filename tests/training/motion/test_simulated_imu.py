"""Sensors for sets without any: learnt where there were some, and never called measured."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from typer.testing import CliRunner

from engine.sources.motion.references import list_references, load_reference
from tests.training.recordings import write_set
from training.commands.app import app
from training.errors import DataError
from training.evaluation.metrics import trace_r
from training.motion.motion_model import load_motion_model
from training.motion.motion_network import MotionNetwork
from training.preparation.prepared_set import load_prepared
from training.readers.asl20 import read_asl20

pytestmark = pytest.mark.slow


def call(*arguments: str, status: int = 0) -> dict:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == status, done.output
    return json.loads(done.stdout) if done.stdout else {"said": done.stderr}


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("motion")
    data = write_set(folder / "set.parquet", signers=9, takes=12)
    said = call(
        "motion", "--data", str(data), "--out", str(folder / "run"), "--epochs", "20",
        "--recipe", "laptop", "--set", "batch_size=16",
        "--test-signers", "2", "--validation-signers", "2",
    )  # fmt: skip
    assert not set(said["train_signers"]) & set(said["test_signers"])
    # The made-up right armband feels what the hand does: that can be learnt for others. (The
    # left one feels noise alone, so the figure over both says little.)
    recordings = read_asl20(data)
    unseen = np.isin(recordings.signers, said["test_signers"]) & (recordings.words != "gesture")
    chosen = recordings.subset(unseen)
    joints = torch.from_numpy(chosen.joints[:, ::3, :, :2].copy())
    trace = load_motion_model(Path(said["network"])).simulate(joints).numpy()
    measured = chosen.acc_g[:, 3:, np.linspace(0, 71, 48).round().astype(int)]
    right = trace_r(trace[:, 3:6], measured, np.ones((len(chosen), 1), bool))
    assert right > 0.6
    return Path(said["network"])


def test_a_body_far_out_of_the_picture_does_not_explode() -> None:
    network = MotionNetwork(12, 48).eval()
    joints = torch.randn(2, 24, 7, 2)
    joints[0, :, 4] = 1e6
    with torch.no_grad():
        trace = network(joints)
    assert trace.shape == (2, 12, 48)
    assert trace.abs().max() < 1e3


def test_the_network_survives_its_file(network: Path, tmp_path: Path) -> None:
    model = load_motion_model(network)
    motion = load_reference(list_references()[0])
    joints = torch.from_numpy(motion.joints[:24])[None]
    trace = model.simulate(joints)
    assert trace.shape == (1, 12, 48)
    # In pixels or in shoulder widths, near or far: the same body moves the same way.
    assert torch.allclose(trace, model.simulate(joints * 130 + 300), atol=1e-3)
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(network.read_bytes()[:500])
    with pytest.raises(DataError, match=r"broken\.safetensors"):
        load_motion_model(broken)


@pytest.fixture(scope="module")
def video_set(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six real clips of three people, prepared as the live engine sees them."""
    folder = tmp_path_factory.mktemp("arsl10")
    for user in ("user01", "user03", "user04"):
        for sign in ("G01", "G07"):
            (folder / "raw" / user / sign).mkdir(parents=True)
            clip = min((shared_data / "arsl10" / user / sign).glob("*.mp4"))
            shutil.copy(clip, folder / "raw" / user / sign / clip.name)
    said = call(
        "prepare", "arsl10", "--data", str(folder / "raw"), "--out", str(folder / "prepared"),
        "--size", "48", "--workers", "1",
    )  # fmt: skip
    assert (said["clips"], said["with_imu"], said["left_out"]) == (6, 0, 0)
    return folder / "prepared"


def test_people_are_seen_and_stand_in_the_middle(video_set: Path) -> None:
    prepared = load_prepared(video_set)
    assert prepared.joints is not None
    assert prepared.joints.shape == (6, 24, 7, 2)
    assert np.isnan(prepared.joints).mean() < 0.05
    assert prepared.samples.shape[1] == 0
    width = np.linalg.norm(prepared.joints[:, :, 0] - prepared.joints[:, :, 1], axis=-1)
    assert (np.nanmedian(width, axis=1) > 20).all()


def test_simulated_samples_are_marked_and_never_called_measured(
    video_set: Path, network: Path, tmp_path: Path
) -> None:
    out = tmp_path / "simulated"
    said = call("simulate", "--data", str(video_set), "--network", str(network), "--out", str(out))
    assert (said["clips"], said["simulated"]) == (6, 6)
    prepared = load_prepared(out)
    assert prepared.manifest.imu_from == "simulated"
    assert prepared.samples.shape == (6, 12, 48)
    assert np.abs(prepared.samples).max() > 0
    np.testing.assert_array_equal(prepared.frames, load_prepared(video_set).frames)
    refused = call(
        "compare", "--data", str(out), "--out", str(tmp_path / "run"), "--rows", "sensor",
        "--recipe", "smoke", status=2,
    )  # fmt: skip
    assert "simulated" in refused["said"]
    again = call(
        "simulate", "--data", str(out), "--network", str(network), "--out", str(tmp_path / "x"),
        status=2,
    )  # fmt: skip
    assert "of its own" in again["said"]


def test_a_set_without_a_glove_gets_a_full_fusion(
    video_set: Path, network: Path, tmp_path: Path
) -> None:
    out = tmp_path / "simulated"
    call("simulate", "--data", str(video_set), "--network", str(network), "--out", str(out))
    said = call(
        "compare", "--data", str(out), "--out", str(tmp_path / "run"), "--rows", "i3d,ours",
        "--recipe", "smoke", "--seeds", "1", "--set", "frame_size=32", "--set", "batch_size=2",
        "--set", "no_sign_share=0",
    )  # fmt: skip
    assert said["protocol"] == "leave one signer out: user01"
    assert set(said["rows"]) == {"I3D", "self-learning fusion (ours)"}
    assert said["n"] == 2
