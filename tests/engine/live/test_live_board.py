"""What the engine's threads write for the window: one clock, and nothing that is over."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.frame import Frame, Landmarks
from engine.live.live_state import ANSWER_OLD_S, LiveBoard
from engine.messages import Message
from engine.prediction import Prediction, Timing

IMAGE = np.zeros((4, 4, 3), np.uint8)
LANDMARKS = Landmarks(np.zeros((33, 4), np.float32))


class Clock:
    def __init__(self) -> None:
        self.now = 5000.0

    def __call__(self) -> float:
        return self.now


def answer(t_s: float, sign: str | None = "cat", late_ms: float = 80.0) -> Prediction:
    return Prediction(t_s, sign, 0.9, (), {}, "generated", Timing(20, 50, late_ms))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def board(clock: Clock) -> LiveBoard:
    board = LiveBoard(clock)
    board.source_begins(1)
    return board


def test_signs_so_far_count_from_the_start_whatever_the_sources_clocks_say(
    board: LiveBoard, clock: Clock
) -> None:
    # A recorded motion, a camera whose stamps are the computer's uptime, a file, the camera again.
    for source, first_s in ((1, 0.0), (2, 86_470.0), (3, 0.0), (4, 86_530.0)):
        board.source_begins(source)
        for step in range(3):
            clock.now += 10.0
            stamp = first_s + 10.0 * step
            board.frame_captured(Frame(IMAGE, stamp, step), clock.now)
            board.entered(source, answer(stamp).over(stamp - 1.5, stamp - 0.2))
    moments = [entry.t_s for entry in board.latest().transcript]
    assert moments == pytest.approx([10.0 * (i + 1) - 0.08 for i in range(12)])


def test_the_clock_never_runs_backwards(board: LiveBoard, clock: Clock) -> None:
    for late_ms in (0.0, 900.0, 100.0, 5000.0):
        clock.now += 0.5
        board.entered(1, answer(1.0, late_ms=late_ms).over(0.0, 0.9))
    moments = [entry.t_s for entry in board.latest().transcript]
    assert all(a <= b for a, b in pairwise(moments)) and moments[0] >= 0.0


def test_an_answer_goes_when_it_is_old(board: LiveBoard, clock: Clock) -> None:
    board.looked(1, clock.now, landmarks=LANDMARKS, hint=Message("hint.too-far"))
    board.predicted(1, answer(3.0))
    clock.now += ANSWER_OLD_S - 0.1
    state = board.latest()
    assert state.prediction is not None and state.landmarks is not None and state.hint is not None
    # The stream is dead: its last frame, and with it every time stamp, stays as it was.
    clock.now += 0.2
    state = board.latest()
    assert (state.prediction, state.landmarks, state.hint) == (None, None, None)
    board.predicted(1, answer(11.0))
    assert board.latest().prediction is not None


def test_what_was_said_of_another_source_is_not_taken(board: LiveBoard, clock: Clock) -> None:
    board.looked(1, clock.now, landmarks=LANDMARKS)
    assert board.predicted(1, answer(3.0))
    board.source_begins(2)
    state = board.latest()
    assert (state.prediction, state.landmarks) == (None, None)
    assert not board.predicted(1, answer(3.1))
    assert not board.entered(1, answer(3.1).over(1.0, 2.9))
    board.looked(1, clock.now, landmarks=LANDMARKS)
    state = board.latest()
    assert (state.prediction, state.landmarks, state.transcript) == (None, None, ())
    assert board.predicted(2, answer(0.2, "day"))
    assert board.latest().prediction is not None


def test_a_source_that_fails_takes_its_answers_with_it(board: LiveBoard, clock: Clock) -> None:
    board.predicted(1, answer(3.0))
    board.forget_answers()
    assert board.latest().prediction is None


def test_a_motion_says_what_it_shows_and_what_it_was_taken_for(
    board: LiveBoard, clock: Clock
) -> None:
    def show(t_s: float, gloss: str) -> None:
        board.frame_captured(Frame(IMAGE, t_s, 0, showing=gloss), clock.now)

    show(0.0, "father")
    state = board.latest()
    assert (state.showing, state.recognised) == ("father", None)
    show(3.0, "father")
    board.entered(1, answer(3.0, "father").over(0.4, 2.4))
    assert board.latest().recognised == "father"
    show(4.0, "day")
    assert (board.latest().showing, board.latest().recognised) == ("day", None)
    # Named late: it was made while the motion before was shown.
    board.entered(1, answer(4.5, "cat").over(2.4, 3.9))
    assert board.latest().recognised is None
    # Held and never over: what is said of it in passing counts.
    for step in range(5):
        show(6.0 + step / 10, "day")
        board.predicted(1, answer(6.0 + step / 10, "day"))
    assert board.latest().recognised == "day"
    board.source_begins(2)
    assert (board.latest().showing, board.latest().recognised) == (None, None)
