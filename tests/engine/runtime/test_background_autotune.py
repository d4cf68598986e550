"""Faster networks are made beside the work: nobody waits, and what fails there is only said."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from engine.bundle import Bundle
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.logs import log_file
from engine.runtime.backend import AUTOMATIC, Choice, can_run
from engine.runtime.background_autotune import AutotuneState, BackgroundAutotune
from engine.runtime.network_cache import CACHE_VARIABLE, NetworkCache
from engine.worker.scheduler import SAVING_RATE_HZ
from tests.bundles import without_converted

pytestmark = pytest.mark.slow

LONGEST_S = 900.0
PLAIN, OPENVINO = "torch-fp32", "openvino-fp32"


def children() -> set[int]:
    """Process numbers of what this process runs next door."""
    found = set()
    for child in psutil.Process().children():
        try:
            if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline()):
                found.add(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found


@contextmanager
def preparing(bundle: str, root: Path) -> Iterator[BackgroundAutotune]:
    preparation = BackgroundAutotune(bundle, root)
    try:
        yield preparation
    finally:
        preparation.close()


def states_of(preparation: BackgroundAutotune) -> list[AutotuneState]:
    """Every state that is seen until it is done."""
    deadline, seen = time.monotonic() + LONGEST_S, [preparation.poll()]
    while not seen[-1].done:
        assert time.monotonic() < deadline, seen[-1]
        time.sleep(0.01)
        if (state := preparation.poll()) != seen[-1]:
            seen.append(state)
    return seen


@pytest.fixture(scope="module")
def ksl13(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """One that brings nothing that OpenVINO reads."""
    return without_converted("ksl13", tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def prepared(
    ksl13: Bundle, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[AutotuneState]]:
    """The cache's folder, and what was told meanwhile."""
    root = tmp_path_factory.mktemp("cache")
    with preparing(str(ksl13.folder), root) as preparation:
        return root, states_of(preparation)


@pytest.fixture
def converted(
    prepared: tuple[Path, list[AutotuneState]],
    ksl13: Bundle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> NetworkCache:
    """The user's cache: converted, which takes longest, and not measured."""
    cache = NetworkCache(tmp_path / "cache")
    shutil.copytree(
        NetworkCache(prepared[0]).folder(ksl13),
        cache.folder(ksl13),
        ignore=shutil.ignore_patterns("measured-*", "compiled-*"),
    )
    monkeypatch.setenv(CACHE_VARIABLE, str(cache.root))
    return cache


def test_it_ends_with_networks_that_are_ready(
    prepared: tuple[Path, list[AutotuneState]], ksl13: Bundle
) -> None:
    root, states = prepared
    assert states[-1] == AutotuneState(1.0, done=True)
    shares = [state.share for state in states]
    assert shares == sorted(shares) and len(set(shares)) > 3
    remembered = NetworkCache(root).recall(ksl13)
    assert remembered is not None and remembered.parts.keys() == {"landmarks"}


def test_what_is_over_can_be_asked_and_closed_again(ksl13: Bundle, tmp_path: Path) -> None:
    with preparing("no such vocabulary", tmp_path) as preparation:
        states = states_of(preparation)
        assert "no such vocabulary" in str(states[-1].problem)
        assert preparation.poll() == states[-1]
        preparation.close()
        assert preparation.poll() == states[-1]


def test_closed_at_once_it_leaves_no_process_and_half_no_network(
    ksl13: Bundle, tmp_path: Path
) -> None:
    before = children()
    with preparing(str(ksl13.folder), tmp_path):
        assert len(children() - before) == 1
        started = time.monotonic()
    # Two seconds to agree and two to be ended, and then some for a busy machine.
    assert time.monotonic() - started < 20.0
    assert children() == before
    assert not NetworkCache(tmp_path).has(ksl13, "landmarks")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to end it with")
def test_a_process_that_is_killed_is_a_problem_that_is_said(ksl13: Bundle, tmp_path: Path) -> None:
    before = children()
    with preparing(str(ksl13.folder), tmp_path) as preparation:
        (pid,) = children() - before
        deadline = time.monotonic() + LONGEST_S
        while not any(tmp_path.iterdir()):
            # It has not begun to convert.
            assert time.monotonic() < deadline and not preparation.poll().done
            time.sleep(0.01)
        os.kill(pid, signal.SIGKILL)
        last = states_of(preparation)[-1]
    assert "ended unexpectedly" in str(last.problem)
    assert str(log_file()) in str(last.problem)
    cache = NetworkCache(tmp_path)
    assert not cache.has(ksl13, "landmarks") and cache.recall(ksl13) is None


def test_a_folder_that_cannot_be_written_is_named(ksl13: Bundle, tmp_path: Path) -> None:
    root = tmp_path / "cache"
    root.write_text("a file where the folder should be", "utf-8")
    with preparing(str(ksl13.folder), root) as preparation:
        problem = str(states_of(preparation)[-1].problem)
    assert str(root) in problem and "cannot be kept" in problem
    assert "\n" not in problem
    assert root.is_file()


# -- the engine meanwhile --------------------------------------------------------------------------


def wait_until(engine: LiveEngine, condition: Callable[[LiveState], bool]) -> LiveState:
    deadline = time.monotonic() + LONGEST_S
    while not condition(state := engine.latest()):
        assert time.monotonic() < deadline, state
        time.sleep(0.01)
    return state


@contextmanager
def running(bundle: Bundle, runtime: str) -> Iterator[LiveEngine]:
    engine = LiveEngine("reference:*", str(bundle.folder), runtime=runtime, budget="full")
    engine.start()
    try:
        yield engine
    finally:
        assert engine.stop()


def test_it_is_usable_at_once_and_quicker_later(converted: NetworkCache, ksl13: Bundle) -> None:
    with running(ksl13, AUTOMATIC) as engine:
        state = wait_until(engine, lambda state: state.ready and state.preparing is not None)
        # What was converted before serves until it is measured.
        assert state.runtime == "OpenVINO fp32"
        during = children()
        state = wait_until(engine, lambda state: state.prediction_count > 2)
        wait_until(engine, lambda state: state.preparing is None)
        remembered = converted.recall(ksl13)
        assert remembered is not None
        quicker = Choice.parse(remembered.parts["landmarks"].chosen).title
        state = wait_until(engine, lambda state: state.runtime == quicker)
        assert (state.ready, state.bundle_error, state.runtime_note) == (True, None, None)
        before = state.prediction_count
        wait_until(engine, lambda state: state.prediction_count > before + 2)
        # The one that recognises is still the one that it was.
        assert len(children()) == 1 and children() < during


def test_the_second_start_has_nothing_to_prepare(
    prepared: tuple[Path, list[AutotuneState]],
    ksl13: Bundle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(prepared[0]))
    remembered = NetworkCache().recall(ksl13)
    assert remembered is not None
    with running(ksl13, AUTOMATIC) as engine:
        state = wait_until(engine, lambda state: state.prediction_count > 0)
        assert state.runtime == Choice.parse(remembered.parts["landmarks"].chosen).title
        assert state.preparing is None
        assert len(children()) == 1


@pytest.mark.skipif(can_run(Choice.parse("cuda-fp32")) is None, reason="there is a CUDA card")
def test_runtime_and_budget_change_while_it_recognises(
    converted: NetworkCache, ksl13: Bundle
) -> None:
    with running(ksl13, PLAIN) as engine:
        wait_until(engine, lambda state: state.prediction_count > 0)
        process = children()
        engine.set_runtime(OPENVINO)
        state = wait_until(engine, lambda state: state.runtime == "OpenVINO fp32")
        assert state.runtime_note is None
        engine.set_runtime("cuda-fp32")
        state = wait_until(engine, lambda state: state.runtime_note is not None)
        assert state.runtime == "PyTorch fp32"
        assert "CUDA" in str(state.runtime_note) and "PyTorch fp32 is used" in str(
            state.runtime_note
        )
        engine.set_runtime(PLAIN)
        wait_until(engine, lambda state: state.runtime_note is None)
        engine.set_budget("saving")
        wait_until(engine, lambda _: engine._inference.landmark_rate_hz <= SAVING_RATE_HZ)
        before = engine.latest().prediction_count
        state = wait_until(engine, lambda state: state.prediction_count > before + 2)
        assert state.ready and state.preparing is None
        # Whatever was changed, nothing was started again.
        assert children() == process


def test_what_cannot_be_prepared_is_said_and_torch_goes_on(
    ksl13: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "cache"
    root.touch()
    monkeypatch.setenv(CACHE_VARIABLE, str(root))
    with running(ksl13, AUTOMATIC) as engine:
        state = wait_until(engine, lambda state: state.runtime_note is not None)
        assert str(root) in str(state.runtime_note)
        before = state.prediction_count
        state = wait_until(engine, lambda state: state.prediction_count > before + 2)
        assert (state.runtime, state.preparing, state.ready) == ("PyTorch fp32", None, True)
        assert str(root) in str(state.runtime_note)
