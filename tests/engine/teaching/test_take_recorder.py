"""One take: what it holds, and how it fails."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from engine.frame import Frame, Landmarks
from engine.teaching.take_recorder import PICTURE_WIDTH, TakeRecorder

IMAGE = np.zeros((360, 640, 3), np.uint8)


def person(visible: float = 1.0, x: float = 300.0) -> Landmarks:
    pose = np.full((33, 4), x, np.float32)
    pose[:, 3] = visible
    return Landmarks(pose)


NOBODY = Landmarks(None)
HAND = Landmarks(person(0.0).pose, None, np.ones((21, 3), np.float32))


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recorder(clock: Clock) -> TakeRecorder:
    return TakeRecorder(clock)


def feed(recorder: TakeRecorder, seen: list[Landmarks], start_s: float = 5.0) -> None:
    for i, landmarks in enumerate(seen):
        recorder.add(Frame(IMAGE, start_s + i / 10, i), landmarks)


def test_a_take_from_start_to_end(recorder: TakeRecorder) -> None:
    feed(recorder, [person()] * 3, start_s=1.0)
    assert recorder.state().phase == "idle"
    recorder.start(2.0)
    assert (recorder.state().phase, recorder.state().progress) == ("recording", 0.0)
    feed(recorder, [person()] * 11)
    assert recorder.state().progress == pytest.approx(0.5)
    feed(recorder, [person()] * 15, start_s=6.1)
    state = recorder.state()
    assert (state.phase, state.progress) == ("done", 1.0)
    assert state.recording is not None
    np.testing.assert_allclose(state.recording.t_s, 5 + np.arange(21) / 10)
    assert state.pictures[0].image.shape == (180, PICTURE_WIDTH, 3)
    assert state.pictures[0].scale == 0.5
    assert len(state.pictures) >= 10
    recorder.cancel()
    assert recorder.state().pictures == ()
    assert recorder.state().phase == "idle"


@pytest.mark.parametrize(
    ("seen", "fault"),
    [
        ([NOBODY] * 30, "nobody"),
        ([NOBODY] * 15 + [person()] * 10, "nobody"),
        ([person(0.1)] * 30, "hands"),
        ([person(1.0, x=-5.0)] * 30, "hands"),
        ([person(0.1)] * 12 + [person()] * 9, ""),
        ([HAND] * 30, ""),
    ],
    ids=["nobody", "somebody late", "hidden", "outside", "rests", "a hand alone"],
)
def test_what_must_be_seen(recorder: TakeRecorder, seen: list[Landmarks], fault: str) -> None:
    recorder.start(2.0)
    feed(recorder, seen)
    state = recorder.state()
    assert (state.phase, state.fault) == ("failed" if fault else "done", fault)
    assert bool(state.message) is bool(fault)
    assert state.pictures == () or not fault


def test_too_few_pictures(recorder: TakeRecorder) -> None:
    recorder.start(2.0)
    for i in range(4):
        recorder.add(Frame(IMAGE, float(i), i), person())
    assert recorder.state().fault == "few"


def test_pictures_that_stop(recorder: TakeRecorder, clock: Clock) -> None:
    recorder.start(2.0)
    feed(recorder, [person()] * 5)
    clock.now += 2.9
    assert recorder.state().phase == "recording"
    clock.now += 0.2
    assert recorder.state().fault == "stopped"
    feed(recorder, [person()] * 30)
    assert recorder.state().phase == "failed"
    recorder.start(2.0)
    clock.now += 4
    feed(recorder, [person()] * 30)
    assert recorder.state().fault == "stopped"


def test_a_clock_that_runs_backwards(recorder: TakeRecorder) -> None:
    recorder.start(2.0)
    feed(recorder, [person()] * 5)
    recorder.add(Frame(IMAGE, 5.4, 5), person())
    assert recorder.state().phase == "recording"
    recorder.add(Frame(IMAGE, 0.0, 6), person())
    assert recorder.state().fault == "restarted"


def test_pictures_are_copies_of_any_kind(recorder: TakeRecorder) -> None:
    for image in (np.zeros((40, 30, 3), np.uint8), np.zeros((9, 900), np.uint8)):
        recorder.start(0.4)
        for i in range(6):
            recorder.add(Frame(image, i / 10, i), person(x=5.0))
        state = recorder.state()
        assert state.phase == "done"
        assert state.pictures[0].image.ndim == 3
        assert not np.shares_memory(state.pictures[0].image, image)


def test_many_threads_at_once() -> None:
    recorder = TakeRecorder()
    stop = threading.Event()

    def work() -> None:
        t_s = 0.0
        while not stop.is_set():
            t_s += 0.01
            recorder.add(Frame(IMAGE[:20, :20], t_s, 0), person(x=5.0))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(50):
            recorder.start(0.3)
            while recorder.state().phase == "recording":
                pass
            state = recorder.state()
            assert state.phase == "done"
            assert state.recording is not None and (np.diff(state.recording.t_s) > 0).all()
            recorder.cancel()
    finally:
        stop.set()
        thread.join()
