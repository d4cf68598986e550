"""`--benchmark` without PyTorch: what runs is measured, and what is left out is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.benchmark.flops import flops_in, flops_of
from engine.benchmark.numpy_peak import _VARIABLES, numpy_peak_flops
from engine.benchmark.run import BenchmarkOptions, _bundles
from engine.bundle import Bundle, BundleError, load_bundle, write_card
from engine.messages import Message
from engine.runtime.backend import Choice, Part, Precision, can_run
from engine.runtime.machine import this_machine
from engine.runtime.network_cache import CACHE_VARIABLE, NetworkCache
from engine.runtime.openvino.files import file_of
from engine.runtime.openvino.graph_conversion import with_converted_graph
from engine.runtime.parts import example_of, network_of
from tests.bundles import without_converted
from tests.conftest import LONGEST_S, ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        can_run(Choice("openvino", "int8")) is not None, reason="OpenVINO runs no int8 here"
    ),
]

REFUSE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Refuse())
"""
NO_TORCH = Message("runtime.no-torch")
SECONDS = "1"
LEFT_OUT = "plain PyTorch and what is held against it"

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """SignMirror where neither it nor any process that it starts finds torch."""
    folder = tmp_path_factory.mktemp("refusing")
    (folder / "sitecustomize.py").write_text(REFUSE, "utf-8")
    told = {"PYTHONPATH": str(folder), CACHE_VARIABLE: str(tmp_path_factory.mktemp("cache"))}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            cwd=folder,
            env=os.environ | told,
            capture_output=True,
            encoding="utf-8",
            timeout=LONGEST_S,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """Brings nothing that OpenVINO reads."""
    return without_converted("ksl13", tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def packed(bare: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder = Path(shutil.copytree(bare.folder, tmp_path_factory.mktemp("packed") / "ksl13"))
    write_card(folder, with_converted_graph(load_bundle(folder)))
    return load_bundle(folder)


@pytest.fixture(scope="module")
def measured(program: Program, packed: Bundle) -> subprocess.CompletedProcess[str]:
    asked = ("--json", "--bundle", str(packed.folder), "--max-seconds", SECONDS)
    done = program("--benchmark", "--headless", *asked)
    assert done.returncode == 0, done.stderr
    return done


def test_a_landmark_network_is_measured_by_all_that_runs_it(
    measured: subprocess.CompletedProcess[str],
) -> None:
    told = json.loads(measured.stdout)
    assert told["machine"]["torch"] == "none"
    assert told["matrix_peak_by"] == "NumPy"
    peak = told["matrix_peak_gflops"]["cpu_fp32"]
    assert peak > 0
    rows = {row["runtime"]: row for row in told["networks"]}
    assert len(rows) == len(told["networks"])
    for precision in ("fp32", "bf16"):
        choice = f"openvino-{precision}"
        assert choice in rows or told["not_run"][f"ksl13: graph network, {choice}"]
    assert rows["openvino-fp32"]["chosen"]
    assert [row["chosen"] for row in rows.values()].count(True) == 1
    for row in rows.values():
        assert row["error"] is row["speedup"] is None
        assert 0 < row["median_ms"] <= row["p95_ms"]
        share = row["gflop"] / (row["median_ms"] / 1e3) / peak
        assert row["share_of_peak"] == pytest.approx(share, rel=0.1, abs=1e-3)
    for choice in ("torch-fp32", "cuda-fp32", "cuda-bf16"):
        assert told["not_run"][f"ksl13: graph network, {choice}"] == NO_TORCH


def test_the_whole_engine_is_measured_beside_a_loop_that_says_what_runs_it(
    measured: subprocess.CompletedProcess[str],
) -> None:
    figures = json.loads(measured.stdout)["engine"]["ksl13"]
    assert figures["live"]["runtime"] == "OpenVINO fp32"
    assert figures["naive_runtimes"] == {"landmarks": "OpenVINO fp32"}
    for figure in ("first_prediction_s", "predictions_per_s", "peak_memory_mb"):
        assert figures["live"][figure] > 0
    assert all(value > 0 for value in figures["naive"].values())
    ratio = figures["live"]["predictions_per_s"] / figures["naive"]["predictions_per_s"]
    assert figures["times_naive"] == pytest.approx(ratio, abs=0.01)


def test_what_is_left_out_is_said_once(measured: subprocess.CompletedProcess[str]) -> None:
    left_out = json.loads(measured.stdout)["left_out"]
    assert left_out[LEFT_OUT] == NO_TORCH
    for what, reason in left_out.items():
        assert measured.stderr.splitlines().count(f"benchmark: without {what}: {reason}") == 1


def test_the_tables_have_no_columns_for_what_was_not_measured(program: Program) -> None:
    done = program("--benchmark", "--bundle", "asl20", "--max-seconds", SECONDS)
    assert done.returncode == 0, done.stderr
    assert "matrix multiplication, fp32 (NumPy): " in done.stdout
    assert "openvino-int8 ✓" in done.stdout
    assert "naive loop (OpenVINO int8)" in done.stdout
    # With the window open.
    assert "longest_stall_ms" in done.stdout
    (headings,) = [line for line in done.stdout.splitlines() if "median ms" in line]
    assert "of peak" in headings
    assert "error" not in headings and "torch" not in headings


def test_a_vocabulary_that_nothing_runs_is_one_line_and_status_2(
    program: Program, bare: Bundle
) -> None:
    done = program("--benchmark", "--headless", "--json", "--bundle", str(bare.folder))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert NO_TORCH in line
    motion = ("--source", "reference:father", "--max-seconds", "1")
    live = program("--headless", *motion, "--bundle", str(bare.folder))
    assert (live.returncode, live.stderr) == (2, f"{line}\n")


# -- in this process -------------------------------------------------------------------------------


@pytest.fixture
def no_torch_here(monkeypatch: pytest.MonkeyPatch) -> None:
    # Looked at once a process: for other tests, this machine has torch.
    this_machine()
    monkeypatch.setitem(sys.modules, "torch", None)


def test_of_those_that_come_along_what_nothing_runs_is_left_out(
    monkeypatch: pytest.MonkeyPatch, no_torch_here: None, bare: Bundle
) -> None:
    monkeypatch.setattr("engine.benchmark.run.DEFAULT_BUNDLES", ("asl20", str(bare.folder)))
    left_out: dict[str, str] = {}
    named = [bundle.card.name for bundle in _bundles(BenchmarkOptions(), left_out)]
    assert named == ["asl20"]
    assert left_out == {"ksl13": NO_TORCH, "the full size": NO_TORCH}


def test_where_nothing_that_comes_along_runs_that_is_said(
    monkeypatch: pytest.MonkeyPatch, no_torch_here: None, bare: Bundle
) -> None:
    monkeypatch.setattr("engine.benchmark.run.DEFAULT_BUNDLES", (str(bare.folder),))
    with pytest.raises(BundleError, match="not installed"):
        list(_bundles(BenchmarkOptions(), {}))


def test_numpys_peak_is_a_rate_and_changes_nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(_VARIABLES[0], "3")
    before = dict(os.environ)
    assert numpy_peak_flops(1) > 1e6
    assert dict(os.environ) == before


@pytest.mark.parametrize(("part", "precision"), [("landmarks", "fp32"), ("video", "int8")])
def test_arithmetic_is_counted_as_in_torch(
    part: Part, precision: Precision, packed: Bundle, tmp_path: Path
) -> None:
    bundle = packed if part == "landmarks" else load_bundle("asl20")
    file = file_of(bundle, part, precision, NetworkCache(tmp_path))
    assert flops_in(file) == flops_of(network_of(bundle, part), example_of(bundle, part)) > 0
