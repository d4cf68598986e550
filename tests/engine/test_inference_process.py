"""The recognizer next door: same answers, and nothing that happens there ends anything here."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.bundle import BundleError, load_bundle
from engine.frame import Frame
from engine.inference_process import InferenceEndedError, InferenceProcess
from engine.live import LiveEngine, LiveState
from engine.paths import BUNDLES
from engine.prediction import Prediction
from engine.recognizer import Recognizer
from engine.sources.opening import open_source
from engine.taught_signs import TaughtSignError, TaughtSigns
from tests.landmark_recordings import recording

STARTUP_S = 90.0


@pytest.fixture
def process() -> Iterator[InferenceProcess]:
    process = InferenceProcess()
    yield process
    process.close()


def answers(process: InferenceProcess, spec: str, seconds: float) -> list[Prediction]:
    source, predictions = open_source(spec), []
    while (frame := source.read()) is not None and frame.t_s <= seconds:
        answer = process.observe(frame, captured=time.perf_counter(), predict=True)
        if answer.prediction is not None:
            predictions.append(answer.prediction)
    source.close()
    return predictions


def test_it_answers_as_the_recognizer_itself_does(process: InferenceProcess) -> None:
    card, device = process.load("asl20")
    assert (card.name, bool(device)) == ("asl20", True)
    next_door = answers(process, "reference:father", 4.0)
    recognizer, here = Recognizer(load_bundle("asl20")), []
    source = open_source("reference:father")
    while (frame := source.read()) is not None and frame.t_s <= 4.0:
        if recognizer.observe(frame) is not None and recognizer.can_predict:
            prediction = recognizer.predict()
            assert prediction is not None
            here.append(prediction)
    assert len(next_door) == len(here) > 10
    for a, b in zip(next_door, here, strict=True):
        assert (a.t_s, a.sign, [sign for sign, _ in a.top]) == (
            b.t_s,
            b.sign,
            [sign for sign, _ in b.top],
        )
        assert a.confidence == pytest.approx(b.confidence, abs=1e-4)
    assert next_door[-1].sign == "father"
    assert next_door[-1].trace is not None


def test_a_refused_bundle_is_named_and_the_one_before_goes_on(
    process: InferenceProcess, tmp_path: Path
) -> None:
    process.load("asl20")
    altered = tmp_path / "altered"
    shutil.copytree(BUNDLES / "asl20", altered)
    weights = altered / "video.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    with pytest.raises(BundleError, match=r"video\.safetensors"):
        process.load(str(altered))
    assert answers(process, "reference:cat", 4.0)[-1].sign == "cat"


def test_closing_interrupts_a_call_that_waits() -> None:
    process = InferenceProcess()
    raised = threading.Event()

    def wait() -> None:
        with pytest.raises(InferenceEndedError):
            process.load("asl20")
        raised.set()

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.3)
    process.close()
    thread.join(5)
    assert raised.is_set()


def wait_until(engine: LiveEngine, condition: Callable[[LiveState], bool]) -> LiveState:
    deadline = time.monotonic() + STARTUP_S
    while not condition(state := engine.latest()):
        assert time.monotonic() < deadline, state
        time.sleep(0.02)
    return state


def networks_here() -> list[int]:
    """Process numbers of the recognizers that this process runs next door."""
    found = []
    for child in psutil.Process().children():
        try:
            alive = child.status() != psutil.STATUS_ZOMBIE
            if alive and "spawn_main" in " ".join(child.cmdline()):
                found.append(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.fixture
def engine() -> Iterator[LiveEngine]:
    engine = LiveEngine("reference:father", "asl20")
    engine.start()
    yield engine
    assert engine.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to end it with")
def test_a_crash_next_door_is_survived(engine: LiveEngine) -> None:
    wait_until(engine, lambda state: state.prediction_count > 2)
    (victim,) = networks_here()
    os.kill(victim, signal.SIGSEGV)
    wait_until(engine, lambda state: not state.ready)
    frames = engine.latest().frames
    state = wait_until(engine, lambda state: state.ready and state.prediction is not None)
    assert state.frames > frames
    assert state.bundle_error is None
    assert networks_here() != [victim]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to end it with")
def test_crash_after_crash_is_said_plainly(engine: LiveEngine) -> None:
    for _ in range(4):
        wait_until(engine, lambda _: bool(networks_here()))
        (pid,) = networks_here()
        os.kill(pid, signal.SIGKILL)
        wait_until(engine, lambda _, pid=pid: pid not in networks_here())  # type: ignore[misc]
    state = wait_until(engine, lambda state: state.bundle_error is not None)
    assert "several times" in str(state.bundle_error)
    frames = state.frames
    wait_until(engine, lambda state: state.frames > frames)
    engine.set_bundle("asl20")
    wait_until(engine, lambda state: state.ready and state.bundle_error is None)


def test_stopping_while_loading_does_not_wait_for_it() -> None:
    engine = LiveEngine("reference:father", "asl20")
    engine.start()
    time.sleep(0.5)
    started = time.monotonic()
    assert engine.stop()
    assert time.monotonic() - started < 3.0


def test_a_sign_taught_from_a_folder_is_named_next_door(
    process: InferenceProcess, tmp_path: Path
) -> None:
    taught = TaughtSigns(tmp_path / "taught")
    for seed in (1, 2, 3):
        taught.add_take("mưa rào", recording("wave", seed=seed))
    process.load("ksl13")
    (info,) = process.teach(tmp_path / "taught")
    assert (info.gloss, info.takes) == ("mưa rào", 3)
    shown = recording("wave", seed=77)
    named = []
    for step, t_s in enumerate(shown.t_s):
        frame = Frame(np.zeros((8, 8, 3), np.uint8), float(t_s), step, shown.at(step))
        named.extend(process.observe(frame, captured=0.0, predict=False).spotted)
    named.extend(process.finish())
    assert [one.sign for one in named] == ["mưa rào"]
    assert process.teach(None) == ()


def test_a_damaged_folder_of_taught_signs_is_named(
    process: InferenceProcess, tmp_path: Path
) -> None:
    (tmp_path / "taught.json").write_text("{", "utf-8")
    process.load("ksl13")
    with pytest.raises(TaughtSignError, match=r"taught\.json"):
        process.teach(tmp_path)
