"""The recognizer next door: same answers, and nothing that happens there ends anything here."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.bundle import BundleError, load_bundle
from engine.clips.frame_sampler import FrameSampler
from engine.frame import Frame
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.logs import log_file
from engine.paths import BUNDLES
from engine.prediction import Prediction
from engine.recognition.recognizer import Recognizer
from engine.sources.opening import open_source
from engine.teaching.taught_store import TaughtSignError, TaughtStore
from engine.worker.client import InferenceEndedError, WorkerClient
from tests.landmark_recordings import recording

pytestmark = pytest.mark.slow

STARTUP_S = 600.0


PLAIN = "torch-fp32"


class Heard:
    """What a process has told of its own accord, and the process."""

    def __init__(self) -> None:
        self.told: list[tuple[int, Prediction]] = []
        self.process = WorkerClient(lambda source, one: self.told.append((source, one)))

    def show(self, spec: str, seconds: float, *, source: int = 1) -> list[Prediction]:
        """Predictions of a source, as fast as they come."""
        frames, pace = open_source(spec), FrameSampler()
        while (frame := frames.read()) is not None and frame.t_s <= seconds:
            if pace.is_due(frame.t_s):
                # As the camera's side chooses them; next door, each is looked at.
                pace.take(frame.t_s)
                self.process.observe(frame, captured=time.perf_counter(), source=source)
                # Slower than any machine is: so that every moment gets its answer.
                time.sleep(0.07)
        frames.close()
        named = self.process.finish()
        return [one for number, one in self.told if number == source] + list(named)


@pytest.fixture
def heard() -> Iterator[Heard]:
    heard = Heard()
    yield heard
    heard.process.close()


def test_it_answers_as_the_recognizer_itself_does(heard: Heard) -> None:
    loaded = heard.process.load("asl20", PLAIN)
    assert (loaded.card.name, loaded.runtime, loaded.note) == ("asl20", "PyTorch fp32", None)
    told = heard.show("reference:father", 4.0)
    assert [one.sign for one in told if one.sign_span_s] == ["father"]
    next_door = {one.t_s: one for one in told if not one.sign_span_s}
    recognizer, here = Recognizer(load_bundle("asl20"), runtime=PLAIN), {}
    source = open_source("reference:father")
    while (frame := source.read()) is not None and frame.t_s <= 4.0:
        if recognizer.observe(frame) is not None and recognizer.can_predict:
            prediction = recognizer.predict()
            assert prediction is not None
            here[prediction.t_s] = prediction
    assert len(next_door) > 10 and next_door.keys() <= here.keys()
    for t_s, a in next_door.items():
        b = here[t_s]
        assert (a.t_s, a.sign, [sign for sign, _ in a.top]) == (
            b.t_s,
            b.sign,
            [sign for sign, _ in b.top],
        )
        assert a.confidence == pytest.approx(b.confidence, abs=1e-4)
    last = next_door[max(next_door)]
    assert last.sign == "father"
    assert last.trace is not None


def test_a_refused_bundle_is_named_and_the_one_before_goes_on(heard: Heard, tmp_path: Path) -> None:
    process = heard.process
    process.load("asl20", PLAIN)
    altered = tmp_path / "altered"
    shutil.copytree(BUNDLES / "asl20", altered)
    weights = altered / "video.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    with pytest.raises(BundleError, match=r"video\.safetensors"):
        process.load(str(altered))
    assert heard.show("reference:cat", 4.0)[-1].sign == "cat"


def test_closing_interrupts_a_call_that_waits() -> None:
    process = WorkerClient(lambda *_: None)
    raised = threading.Event()

    def wait() -> None:
        with pytest.raises(InferenceEndedError):
            process.load("asl20")
        raised.set()

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.3)
    process.close()
    thread.join(60)
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
    engine = LiveEngine("reference:father", "asl20", runtime=PLAIN)
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
    assert str(log_file()) in str(state.bundle_error)
    frames = state.frames
    wait_until(engine, lambda state: state.frames > frames)
    engine.set_bundle("asl20")
    wait_until(engine, lambda state: state.ready and state.bundle_error is None)


def test_stopping_while_loading_does_not_wait_for_it() -> None:
    engine = LiveEngine("reference:father", "asl20", runtime=PLAIN)
    engine.start()
    time.sleep(0.5)
    started = time.monotonic()
    assert engine.stop()
    assert not engine.latest().ready
    assert time.monotonic() - started < 20.0


def test_what_was_seen_of_another_source_is_forgotten(heard: Heard) -> None:
    heard.process.load("asl20", PLAIN)
    assert heard.show("reference:father", 4.0, source=1)
    # Too short to be named by itself.
    assert heard.show("reference:cat", 0.5, source=2) == []


def test_a_sign_taught_from_a_folder_is_named_next_door(heard: Heard, tmp_path: Path) -> None:
    process = heard.process
    taught = TaughtStore(tmp_path / "taught")
    for seed in (1, 2, 3):
        taught.add_take("mưa rào", recording("wave", seed=seed))
    process.load("ksl13", PLAIN)
    (info,) = process.teach(tmp_path / "taught")
    assert (info.gloss, info.takes) == ("mưa rào", 3)
    shown = recording("wave", seed=77)
    for step, t_s in enumerate(shown.t_s):
        frame = Frame(np.zeros((8, 8, 3), np.uint8), float(t_s), step, shown.at(step))
        process.observe(frame, captured=0.0, predict=False)
    ended = process.finish()
    named = [*(one for _, one in heard.told), *ended]
    assert [one.sign for one in named] == ["mưa rào"]
    assert process.teach(None) == ()


def test_an_own_version_of_a_sign_counts_as_that_sign(heard: Heard, tmp_path: Path) -> None:
    process = heard.process
    taught = TaughtStore(tmp_path / "taught")
    for seed in (1, 2, 3):
        # As somebody may have written it before this bundle came.
        taught.add_take("Sorry", recording("wave", seed=seed))
    process.load("ksl13", PLAIN)
    (info,) = process.teach(tmp_path / "taught")
    assert (info.gloss, info.takes) == ("Sorry", 3)
    assert info.similar_to != "sorry"
    shown = recording("wave", seed=77)
    for step, t_s in enumerate(shown.t_s):
        frame = Frame(np.zeros((8, 8, 3), np.uint8), float(t_s), step, shown.at(step))
        process.observe(frame, captured=0.0, predict=False)
    ended = process.finish()
    named = [*(one for _, one in heard.told), *ended]
    assert [one.sign for one in named] == ["sorry"]
    assert [gloss for gloss, _ in named[0].top].count("sorry") == 1
    assert "Sorry" not in dict(named[0].top)


def test_a_damaged_folder_of_taught_signs_is_named(heard: Heard, tmp_path: Path) -> None:
    process = heard.process
    (tmp_path / "taught.json").write_text("{", "utf-8")
    process.load("ksl13", PLAIN)
    with pytest.raises(TaughtSignError, match=r"taught\.json"):
        process.teach(tmp_path)


def test_what_fails_next_door_leaves_its_traceback(heard: Heard) -> None:
    """Joints that no network can take."""
    process = heard.process
    process.load("ksl13", PLAIN)
    bad = recording("wave", seed=1).at(0)
    broken = replace(bad, pose=np.zeros((2, 1), np.float32))
    frame = Frame(np.zeros((8, 8, 3), np.uint8), 0.0, 0, broken)

    def show_it() -> None:
        for step in range(200):
            process.observe(replace(frame, t_s=step / 15, index=step), captured=0.0)

    with pytest.raises(InferenceEndedError):
        show_it()
    text = log_file().read_text("utf-8")
    assert "Traceback (most recent call last)" in text and "signmirror-networks" in text


@pytest.mark.skipif(sys.platform != "linux", reason="reads another process's environment")
def test_numpy_next_door_takes_no_cores_from_the_networks() -> None:
    # Two threads for a matrix of 32 x 480 made every prediction with a glove wait for the other.
    before = dict(os.environ)
    known = set(networks_here())
    process = WorkerClient(lambda source, one: None)
    try:
        (mine,) = set(networks_here()) - known
        told = psutil.Process(mine).environ()
        assert told["OPENBLAS_NUM_THREADS"] == before.get("OPENBLAS_NUM_THREADS", "1")
        assert dict(os.environ) == before
    finally:
        process.close()
