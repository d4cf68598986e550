"""A profile says what the steps cost, and changes nothing about them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from typer.testing import CliRunner

from engine.benchmark.matrix_peak import matrix_peak_flops
from tests.conftest import LONGEST_S
from tests.training.recordings import write_set
from training.commands.app import app
from training.trainer.peak_memory import peak_memory_mib
from training.trainer.prefetch import Prefetched
from training.trainer.profiling import Profiler, StageProfile, Window

pytestmark = pytest.mark.slow

CPU = torch.device("cpu")
BATCH, FEATURES, CLASSES = 8, 16, 4
QUICK = ["--recipe", "smoke", "--test-signers", "2", "--validation-signers", "2"]


def profiled(
    window: Window, passes: list[int], *, load_s: float = 0.0, step_s: float = 0.0
) -> StageProfile:
    """A linear layer's steps, so many each pass; `load_s`, `step_s`: how long a batch and a step
    take on purpose."""
    profiler = Profiler(window)
    layer = nn.Linear(FEATURES, CLASSES)

    def batches(count: int) -> Iterator[tuple[Tensor, ...]]:
        for _ in range(count):
            time.sleep(load_s)
            yield (torch.zeros(BATCH, FEATURES, requires_grad=True),)

    for count in passes:
        watch = profiler.watch("linear", CPU, torch.float32, 1)
        with Prefetched(batches(count), CPU) as ready:
            watch.begins()
            for (x,) in ready:
                watch.batch_arrived()
                with watch.counting():
                    layer(x).sum().backward()
                time.sleep(step_s)
                watch.step_ended(len(x))
            watch.ends()
    (profile,) = profiler.profiles(seconds=0.05)
    return profile


def test_figures_are_positive_and_agree_with_each_other() -> None:
    profile = profiled(Window(2, 6), [12], step_s=0.002)
    assert (profile.stage, profile.precision, profile.processes) == ("linear", "fp32", 1)
    assert (profile.warm_up, profile.steps, profile.batch) == (2, 6, BATCH)
    assert profile.clips_per_s * profile.step_ms_mean / 1e3 == pytest.approx(BATCH)
    assert profile.flop_per_s == pytest.approx(profile.clips_per_s * profile.flop_per_clip)
    assert profile.share_of_peak == pytest.approx(
        profile.flop_per_s / profile.matrix_peak_flop_per_s
    )
    assert profile.step_ms_mean >= 2
    assert profile.step_ms_p95 > 0
    assert 0 <= profile.stall <= 1


def test_arithmetic_is_two_a_multiplication_forwards_and_backwards() -> None:
    # Forwards once; backwards the gradients of the weights and of the input.
    assert profiled(Window(1, 2), [4]).flop_per_clip == 3 * 2 * FEATURES * CLASSES


def test_a_slow_loader_shows_and_a_fast_one_does_not() -> None:
    # Long enough for a busy machine to add little.
    assert profiled(Window(1, 6), [8], load_s=0.15).stall > 0.6
    assert profiled(Window(1, 6), [8], step_s=0.15).stall < 0.4


@pytest.mark.parametrize(
    ("passes", "warm_up", "steps"),
    [([1], 0, 1), ([2], 1, 1), ([5], 2, 3), ([3, 3, 3], 4, 5), ([9, 9], 4, 6), ([10], 4, 6)],
)
def test_a_short_stage_is_profiled_with_what_it_has(
    passes: list[int], warm_up: int, steps: int
) -> None:
    profile = profiled(Window(4, 6), passes)
    assert (profile.warm_up, profile.steps) == (warm_up, steps)


def test_time_between_passes_is_nobodys() -> None:
    """Validation stands there, and is no training step."""
    profiler = Profiler(Window(1, 4))
    for _ in range(2):
        watch = profiler.watch("two", CPU, torch.float32, 1)
        watch.begins()
        for _ in range(2):
            watch.batch_arrived()
            watch.step_ended(1)
        watch.ends()
        time.sleep(1.0)
    (profile,) = profiler.profiles(seconds=0.01)
    assert profile.step_ms_mean * profile.steps < 1000


def test_nothing_watched_is_no_profile() -> None:
    profiler = Profiler(Window())
    assert profiler.profiles() == []
    profiler.watch("never begun", CPU, torch.float32, 1)
    assert profiler.profiles(seconds=0.01) == []


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_matrix_peak_is_a_rate_and_draws_nothing(dtype: torch.dtype) -> None:
    before = torch.get_rng_state()
    assert matrix_peak_flops(CPU, dtype, seconds=0.02) > 1e6
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")
def test_peak_memory_never_falls() -> None:
    first = peak_memory_mib(CPU)
    held = torch.ones(16 * 2**20)
    second = peak_memory_mib(CPU)
    assert first is not None and second is not None
    assert 1 < first <= second
    assert second > held.nbytes / 2**20


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("data") / "set.parquet", signers=8, takes=4)


def test_weights_are_the_same_with_and_without(data: Path, tmp_path: Path) -> None:
    def fit(out: Path, *more: str) -> subprocess.CompletedProcess[str]:
        # One thread: sums in another order are other weights in the last digit.
        return subprocess.run(
            [
                *(sys.executable, "-m", "training", "fit", "asl20", "--data", str(data)),
                *("--out", str(out), *QUICK, "--set", "batch_size=8", *more),
            ],
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=LONGEST_S,
            check=True,
        )

    plain = json.loads(fit(tmp_path / "plain").stdout)
    watched = fit(
        tmp_path / "watched", "--profile", "--profile-warm-up", "2", "--profile-steps", "3"
    )
    said = json.loads(watched.stdout)
    profiles = said.pop("profile")
    assert said | {"bundle": ""} == plain | {"bundle": ""}
    for name in ("video", "generator", "sensor"):
        a = load_file(tmp_path / "plain" / f"{name}.safetensors")
        b = load_file(tmp_path / "watched" / f"{name}.safetensors")
        assert a.keys() == b.keys()
        assert all(torch.equal(a[key], b[key]) for key in a), name
    assert [profile["stage"] for profile in profiles] == ["sensor", "video", "generator"]
    for profile in profiles:
        assert profile["batch"] == 8
        assert profile["warm_up"] == 2 and profile["steps"] == 3
        assert 0 < profile["share_of_peak"] < 1.5
        assert 0 <= profile["stall"] <= 1
        assert profile["flop_per_clip"] > 1e5
        assert profile["stage"] in watched.stderr
    assert "clips/s" in watched.stderr


def test_one_stage_alone_says_its_own_profile(data: Path, tmp_path: Path) -> None:
    arguments = ["asl20", "--data", str(data), "--out", str(tmp_path / "run"), *QUICK]
    done = CliRunner().invoke(app, ["sensor", *arguments, "--profile"])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert [profile["stage"] for profile in said["profile"]] == ["sensor"]
    # What was trained before is not trained again: there is nothing to measure.
    again = CliRunner().invoke(app, ["sensor", *arguments, "--resume", "--profile"])
    assert json.loads(again.stdout)["profile"] == []
