"""The process next door stops answering, or whoever listens to it fails: nobody waits for ever."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from engine.frame import Frame, Landmarks
from engine.live.live_engine import LiveEngine
from engine.messages import Message
from engine.prediction import Prediction
from engine.sources.opening import open_source
from engine.worker.client import InferenceHangsError, WorkerClient
from engine.worker.request_watch import TimeLimits
from tests.engine.worker.test_client import PLAIN, networks_here, wait_until

pytestmark = pytest.mark.slow

stopping = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process")


def frames(number: int) -> Iterator[Frame]:
    source = open_source("reference:father")
    for _ in range(number):
        frame = source.read()
        assert frame is not None
        yield frame
    source.close()


@stopping
@pytest.mark.parametrize("side", [8, 2000])
def test_a_process_that_hangs_is_ended(side: int) -> None:
    """Whether it has taken what was asked, or not even that: 12 MB fit into no pipe."""
    process = WorkerClient(lambda *_: None, TimeLimits(observe_s=1.0))
    try:
        process.load("ksl13", PLAIN)
        picture = Frame(np.zeros((side, side, 3), np.uint8), 0.0, 0, Landmarks(None))
        process.observe(picture, captured=0.0)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
        with pytest.raises(InferenceHangsError):
            process.observe(picture, captured=0.0)
        with pytest.raises(InferenceHangsError):
            process.finish()
        assert process.pid not in networks_here()
    finally:
        process.close()


@stopping
def test_a_process_that_hangs_while_it_loads_is_ended() -> None:
    process = WorkerClient(lambda *_: None, TimeLimits(load_s=1.0))
    try:
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
        with pytest.raises(InferenceHangsError):
            process.load("ksl13", PLAIN)
    finally:
        process.close()


@stopping
def test_recognition_that_hangs_is_told_and_started_again() -> None:
    engine = LiveEngine(
        "reference:father", "ksl13", runtime=PLAIN, limits=TimeLimits(observe_s=4.0)
    )
    engine.start()
    try:
        wait_until(engine, lambda state: state.ready and state.landmarks is not None)
        (victim,) = networks_here()
        os.kill(victim, signal.SIGSTOP)
        state = wait_until(engine, lambda state: state.restarting is not None)
        assert isinstance(state.restarting, Message)
        assert state.restarting.code == "live.not-answering"
        assert not state.ready and state.landmarks is None
        frames = state.frames
        state = wait_until(engine, lambda state: state.ready and state.landmarks is not None)
        assert state.frames > frames
        assert state.restarting is None and state.bundle_error is None
        assert victim not in networks_here()
    finally:
        assert engine.stop()


def test_what_a_callback_raises_is_raised_to_whoever_waits() -> None:
    def fail(*_: object) -> None:
        raise BrokenPipeError("the listener has failed")

    process = WorkerClient(fail)
    try:
        process.load("ksl13", PLAIN)

        def show() -> None:
            for frame in frames(120):
                process.observe(frame, captured=time.perf_counter(), source=1)
                time.sleep(0.02)

        with pytest.raises(BrokenPipeError, match="the listener"):
            show()
        # And the process goes on, once what was under way has been told of too.
        while True:
            try:
                assert process.load("ksl13", PLAIN).card.name == "ksl13"
                break
            except BrokenPipeError:
                continue
    finally:
        process.close()


def test_a_callback_that_takes_its_time_is_no_hanging_process() -> None:
    going_on, called = threading.Event(), threading.Event()

    def wait(*_: object) -> None:
        called.set()
        going_on.wait(60.0)

    process = WorkerClient(wait, TimeLimits(observe_s=2.0))
    timer = threading.Timer(8.0, going_on.set)
    try:
        process.load("ksl13", PLAIN)
        for frame in frames(120):
            if called.is_set() and not timer.is_alive() and not going_on.is_set():
                timer.start()
            process.observe(frame, captured=time.perf_counter(), source=1)
            time.sleep(0.02)
            if going_on.is_set():
                break
        assert called.is_set() and going_on.is_set()
    finally:
        going_on.set()
        timer.cancel()
        process.close()


def test_an_engine_survives_whoever_listens_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)

    def fail(prediction: Prediction, _: object) -> None:
        raise OSError(f"nobody wants {prediction.sign}")

    engine = LiveEngine("reference:father", "ksl13", runtime=PLAIN, on_prediction=fail)
    engine.start()
    try:
        wait_until(engine, lambda _: bool(networks_here()))
        (number,) = networks_here()
        wait_until(engine, lambda state: state.prediction_count > 3)
        assert networks_here() == [number]
        assert "nobody wants" in str(told[0].exc_value)
    finally:
        assert engine.stop()
