"""Training itself: learns, resumes exactly, keeps its data straight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from typer.testing import CliRunner

from engine.bundle import load_bundle
from tests.conftest import LONGEST_S
from tests.training.recordings import write_set
from training.commands.app import app
from training.datasets.augmentation import TimeWindow, random_window, rest_window, sample_in_time
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.evaluation.metrics import calibration_error, correlation, trace_r
from training.motion.mean_motions import align, mean_motion
from training.readers.asl20 import read_asl20

pytestmark = pytest.mark.slow

QUICK = ["--recipe", "smoke", "--test-signers", "2", "--validation-signers", "2"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("data") / "set.parquet", signers=8, takes=4)


def fit(data: Path, out: Path, *more: str) -> dict:
    done = CliRunner().invoke(
        app, ["fit", "asl20", "--data", str(data), "--out", str(out), *QUICK, *more]
    )
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_fit_writes_a_bundle_that_evaluate_measures(data: Path, tmp_path: Path) -> None:
    fit(data, tmp_path / "bundle")
    bundle = load_bundle(tmp_path / "bundle")
    assert bundle.card.glosses == ("aside", "up")
    seen = {*bundle.card.training.train_signers, *bundle.card.training.validation_signers}
    done = CliRunner().invoke(
        app, ["evaluate", str(tmp_path / "bundle"), "--data", str(data), "--json"]
    )
    assert done.exit_code == 0, done.output
    result = json.loads(done.stdout)
    assert not seen & set(result["signers"])
    assert result["n"] == 16
    assert list(result["top1"]) == [
        "video",
        "sensor_generated",
        "landmarks",
        "sensor_measured",
        "fused_generated",
        "fused_measured",
        "fused_left",
        "fused_right",
    ]
    assert set(result["trace_r"]) == {"acc", "gyro"}
    assert result.pop("latency_ms")["video"] > 0
    assert result == bundle.card.training.metrics | {"dataset": "set"}


def test_a_stopped_run_resumed_ends_with_the_same_weights(data: Path, tmp_path: Path) -> None:
    more = ["--set", "video_epochs=2", "--set", "sensor_epochs=2"]
    fit(data, tmp_path / "whole", *more)
    fit(data, tmp_path / "stopped", *more)
    checkpoints = tmp_path / "stopped" / "checkpoints"
    # As a kill after the first stage leaves it: later checkpoints do not exist, one is half done.
    (checkpoints / "generator.safetensors").unlink()
    (checkpoints / "sensor.safetensors").unlink()
    (checkpoints / "sensor.safetensors.unfinished").write_bytes(b"half a file")
    fit(data, tmp_path / "stopped", *more, "--resume")
    for name in ("video", "generator", "sensor"):
        a = load_file(tmp_path / "whole" / f"{name}.safetensors")
        b = load_file(tmp_path / "stopped" / f"{name}.safetensors")
        assert all(torch.equal(a[key], b[key]) for key in a), name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_run_killed_twice_ends_with_the_same_weights(data: Path, tmp_path: Path) -> None:
    """In the video stage and in a later cycle of the generator's, resumed each time."""

    def start(out: Path, *more: str) -> subprocess.Popen[bytes]:
        # One thread: sums in another order are other weights in the last digit.
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "training", "fit", "asl20", "--data", str(data)),
                *("--out", str(out), *QUICK, "--set", "video_epochs=3"),
                *("--set", "generator_cycles=3", *more),
            ],
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert start(whole).wait(240) == 0
    log = killed / "checkpoints" / "log.jsonl"
    for stage, more in (("video", ()), ("generator", ("--resume",))):
        run = start(killed, *more)
        deadline = time.monotonic() + LONGEST_S
        while not log.exists() or f'"stage": "{stage}", "epoch": 2' not in log.read_text():
            assert time.monotonic() < deadline
            assert run.poll() is None
            time.sleep(0.01)
        run.kill()
        run.wait()
        assert not (killed / "card.json").exists()
    assert start(killed, "--resume").wait(240) == 0
    for name in ("video", "generator", "sensor"):
        a = load_file(whole / f"{name}.safetensors")
        b = load_file(killed / f"{name}.safetensors")
        assert all(torch.equal(a[key], b[key]) for key in a), name


def test_an_earlier_run_is_not_overwritten(data: Path, tmp_path: Path) -> None:
    fit(data, tmp_path / "bundle")
    done = CliRunner().invoke(
        app,
        ["fit", "asl20", "--data", str(data), "--out", str(tmp_path / "bundle"), *QUICK],
    )
    assert done.exit_code == 2
    assert "--resume" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["fit", "asl20", "--data", "nowhere", "--out", "x"], "nowhere"),
        (["fit", "other", "--data", "nowhere", "--out", "x"], "other"),
        (["evaluate", "nothing", "--data", "nowhere"], "nothing"),
        (["evaluate", "asl20", "--data", "nowhere"], "nowhere"),
        (["fit", "asl20", "--data", "x", "--out", "x", "--recipe", "grand"], "grand"),
        (["fit", "asl20", "--data", "x", "--out", "x", "--set", "seeed=1"], "seeed"),
    ],
)
def test_a_wrong_word_is_one_line_and_status_2(arguments: list[str], named: str) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_rest_at_the_edges_is_held_and_does_not_turn(data: Path) -> None:
    recordings = read_asl20(data)
    clips = PoseImuDataset(
        recordings, ("aside", "up"), frames=24, n_steps=48, device=torch.device("cpu")
    )
    for batch in clips.rest_batches():
        assert (batch.labels == clips.no_sign).all()
        # Most of the window lies outside the recording: there the gyroscopes are silent.
        silent = (batch.samples[:, 6:].abs().sum(dim=1) == 0).float().mean(dim=1)
        assert float(silent.min()) > 0.8


def test_statistics_come_from_live_armbands_alone(data: Path) -> None:
    recordings = read_asl20(data)
    statistics = SensorStatistics.of(recordings)
    live = recordings.subset(recordings.live.all(axis=1))
    assert torch.allclose(statistics.mean, SensorStatistics.of(live).mean)
    assert len(live) < len(recordings)


def test_time_windows_hold_the_edges_and_keep_the_order() -> None:
    series = torch.linspace(0, 1, 11)[None, :, None].repeat(4, 1, 1)
    window = TimeWindow(torch.tensor([-0.5, 0.0, 0.5, 0.2]), torch.tensor([1.0, 1.0, 1.0, 0.5]))
    sampled = sample_in_time(series, window.times(5))[..., 0]
    expected = torch.tensor(
        [
            [0, 0, 0, 0.25, 0.5],
            [0, 0.25, 0.5, 0.75, 1],
            [0.5, 0.75, 1, 1, 1],
            [0.2, 0.325, 0.45, 0.575, 0.7],
        ]
    )
    assert torch.allclose(sampled, expected, atol=1e-6)
    rng = torch.Generator().manual_seed(0)
    for drawn in (random_window(64, rng, speed=0.3, shift=0.2), rest_window(64, rng)):
        assert (drawn.times(24).diff(dim=1) > 0).all()


def test_correlation_is_pearsons() -> None:
    rng = np.random.default_rng(0)
    a = rng.normal(size=(3, 6, 40)).astype(np.float32)
    assert np.allclose(correlation(a, 3 * a + 1), 1.0)
    assert np.allclose(correlation(a, -a), -1.0)
    assert np.allclose(correlation(a, np.ones_like(a)), 0.0)
    r = correlation(a[0, 0], a[0, 1])
    assert r == pytest.approx(np.corrcoef(a[0, 0], a[0, 1])[0, 1], abs=1e-6)


def test_trace_r_leaves_frozen_armbands_out() -> None:
    rng = np.random.default_rng(0)
    measured = rng.normal(size=(5, 6, 48)).astype(np.float32)
    generated = measured.copy()
    generated[:, :3] = rng.normal(size=(5, 3, 48))
    live = np.array([[False, True]] * 5)
    assert trace_r(generated, measured, live) == pytest.approx(1.0)
    assert trace_r(generated, measured, ~live) < 0.5
    assert np.isnan(trace_r(generated, measured, np.zeros((5, 2), bool)))


def test_calibration_error_of_an_honest_and_a_boastful_guesser() -> None:
    labels = torch.tensor([0, 1] * 50)
    boastful = torch.tensor([[1.0, 0.0]] * 100)
    honest = torch.tensor([[0.5001, 0.4999]] * 100)
    assert calibration_error(boastful, labels) == pytest.approx(0.5)
    assert calibration_error(honest, labels) < 0.01


def test_a_mean_motion_is_nobodys_own(data: Path) -> None:
    recordings = read_asl20(data)
    motion = mean_motion(recordings, "up")
    assert motion.joints.shape == (72, 7, 2)
    assert motion.joints[36, 5, 1] < motion.joints[0, 5, 1] - 1.0
    path = np.linspace(0, 1, 20)[:, None].astype(np.float32)
    assert np.allclose(align(path[::2], path)[:, 0], path[:, 0], atol=0.08)
