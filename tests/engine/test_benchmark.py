"""`--benchmark`: figures that fit together, and one line where there can be none."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from engine.benchmark.in_own_process import in_own_process
from engine.benchmark.live_figures import (
    LiveFigures,
    LiveMeasurement,
    LiveTask,
    MeasurementError,
    _Processes,
)
from engine.benchmark.without_window import measure_without_window
from engine.live.live_engine import LiveEngine
from engine.runtime.network_cache import CACHE_VARIABLE
from tests.conftest import LONGEST_S, ROOT

pytestmark = pytest.mark.slow

SECONDS = 2
LIVE_FIGURES = (
    "seconds",
    "first_prediction_s",
    "camera_fps",
    "predictions_per_s",
    "frame_to_label_p50_ms",
    "landmarks_ms",
    "networks_ms",
    "cpu_percent",
    "peak_memory_mb",
)


def benchmark(*arguments: str, cache: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--benchmark", "--headless", *arguments],
        env=os.environ | ({CACHE_VARIABLE: str(cache)} if cache else {}),
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict:
    done = benchmark(
        *("--json", "--bundle", "ksl13", "--max-seconds", str(SECONDS)),
        cache=tmp_path_factory.mktemp("cache"),
    )
    assert done.returncode == 0, done.stderr
    told: dict = json.loads(done.stdout)
    return told


def test_it_says_what_was_measured_on_which_machine(figures: dict) -> None:
    assert figures["machine"]["processor"] and figures["machine"]["cores"] >= 1
    assert figures["machine"]["openvino"][0].isdigit() and figures["machine"]["torch"][0].isdigit()
    assert figures["matrix_peak_gflops"]["cpu_fp32"] > 0
    assert figures["engine"].keys() == {"ksl13"}


def test_the_networks_figures_fit_together(figures: dict) -> None:
    rows = figures["networks"]
    by_runtime = {row["runtime"]: row for row in rows}
    assert len(by_runtime) == len(rows) >= 2
    plain = by_runtime["torch-fp32"]
    assert (plain["speedup"], plain["error"]) == (1.0, 0.0)
    assert [row["chosen"] for row in rows].count(True) == 1
    peak = figures["matrix_peak_gflops"]["cpu_fp32"]
    for row in rows:
        assert (row["bundle"], row["network"]) == ("ksl13", "graph network")
        assert row["gflop"] == plain["gflop"] > 0
        assert 0 < row["median_ms"] <= row["p95_ms"]
        assert row["speedup"] == pytest.approx(plain["median_ms"] / row["median_ms"], abs=0.01)
        share = row["gflop"] / (row["median_ms"] / 1e3) / peak
        assert row["share_of_peak"] == pytest.approx(share, rel=0.1, abs=1e-3)
        assert 0 <= row["error"] < 0.03
    # What is not in the table is accounted for.
    for choice in ("openvino-bf16", "cuda-fp32"):
        assert choice in by_runtime or figures["not_run"][f"ksl13: graph network, {choice}"]


def test_the_whole_engine_is_measured_beside_the_naive_loop(figures: dict) -> None:
    live, naive = figures["engine"]["ksl13"]["live"], figures["engine"]["ksl13"]["naive"]
    for name in LIVE_FIGURES:
        assert math.isfinite(live[name]) and live[name] > 0, name
    assert live["seconds"] >= SECONDS
    p50, p95, longest = (live[f"frame_to_label_{name}_ms"] for name in ("p50", "p95", "max"))
    assert p50 <= p95 <= longest
    assert 0 <= live["video_stopped_share"] <= 1 and live["dropped_per_s"] >= 0
    assert live["runtime"] in ("PyTorch fp32", "OpenVINO fp32", "OpenVINO bf16")
    # Two seconds have no minutes, and without a window nothing stalls.
    assert live["minutes"] == [] and live["memory_growth"] is live["longest_stall_ms"] is None
    assert all(math.isfinite(value) and value > 0 for value in naive.values())
    assert naive["frame_to_label_p50_ms"] <= naive["frame_to_label_p95_ms"]
    ratio = live["predictions_per_s"] / naive["predictions_per_s"]
    assert figures["engine"]["ksl13"]["times_naive"] == pytest.approx(ratio, abs=0.01)


def test_an_unknown_bundle_is_one_line_and_status_2() -> None:
    done = benchmark("--json", "--bundle", "no such vocabulary")
    assert done.returncode == 2
    assert done.stdout == ""
    (said,) = [line for line in done.stderr.splitlines() if not line.startswith("benchmark: ")]
    assert "no such vocabulary" in said and "ksl13" in said


# -- the measurement itself ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "bundle", "named"),
    [
        ("reference:*", "no such vocabulary", "no such vocabulary"),
        ("nowhere.mp4", "ksl13", "nowhere.mp4"),
    ],
)
def test_what_cannot_be_measured_is_said_at_once(source: str, bundle: str, named: str) -> None:
    started = time.monotonic()
    with pytest.raises(MeasurementError, match=named):
        measure_without_window(LiveTask(source, bundle, "torch-fp32", 1.0))
    assert time.monotonic() - started < 120


def ends_by_itself(_: LiveTask) -> LiveFigures:
    os._exit(3)


def test_a_measured_program_that_ends_by_itself_is_said() -> None:
    with pytest.raises(MeasurementError, match="ended unexpectedly"):
        in_own_process(ends_by_itself)(LiveTask("reference:*", "ksl13", "torch-fp32", 1.0))


def test_a_running_engine_is_watched_for_as_long_as_wanted() -> None:
    measurement, waited = LiveMeasurement(), []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        time.sleep(seconds)

    engine = LiveEngine(
        *("reference:*", "ksl13"),
        runtime="torch-fp32",
        on_prediction=measurement.on_prediction,
    )
    engine.start()
    try:
        found = measurement.measure(engine, 1.0, wait, longest_stall_ms=lambda: 12.34)
    finally:
        assert engine.stop()
    assert found.seconds >= 1.0 and waited
    assert found.longest_stall_ms == 12.3
    assert found.runtime == "PyTorch fp32"
    assert found.predictions_per_s > 0 and found.camera_fps > 0
    # At least this process, with torch in it, and the one next door.
    assert found.peak_memory_mb > 100


def test_threads_handles_and_processor_time_are_counted() -> None:
    processes = _Processes()
    cpu, before = processes.cpu_s(), processes.usage()
    assert before.memory_mb > 10 and before.threads >= 1 and before.handles >= 1
    over = threading.Event()
    waiting = [threading.Thread(target=over.wait) for _ in range(20)]
    with ExitStack() as files:
        for thread in waiting:
            thread.start()
            files.enter_context(Path(__file__).open("rb"))
        during = processes.usage()
        over.set()
    for thread in waiting:
        thread.join()
    assert during.threads >= before.threads + 10
    assert during.handles >= before.handles + 10
    deadline = time.monotonic() + 300
    while processes.cpu_s() < cpu + 0.1:
        assert time.monotonic() < deadline
        sum(range(100_000))
