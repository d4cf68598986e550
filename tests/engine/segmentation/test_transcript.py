"""A sign is entered once, when it is over."""

from __future__ import annotations

import time

from engine.live.live_state import LiveBoard
from engine.prediction import Prediction, Timing
from engine.segmentation.transcript import MOST_ENTRIES, Transcript


def prediction(t_s: float, sign: str | None, confidence: float = 0.9) -> Prediction:
    timing = Timing(1.0, 1.0, 1.0)
    return Prediction(t_s, sign, confidence, (), {}, "generated", timing)


def test_a_sign_that_is_over_is_entered_with_the_moment_it_was_named() -> None:
    transcript = Transcript()
    entry = transcript.add(prediction(3.0, "cat").over(1.0, 2.6))
    assert entry is not None
    assert (entry.sign, entry.t_s, entry.confidence) == ("cat", 3.0, 0.9)
    assert list(transcript.entries) == [entry]


def test_what_the_window_shows_in_passing_is_not_entered() -> None:
    transcript = Transcript()
    for step in range(30):
        transcript.add(prediction(step / 8, "cat"))
    assert not transcript.entries


def test_a_movement_that_is_no_sign_is_not_entered() -> None:
    transcript = Transcript()
    assert transcript.add(prediction(3.0, None).over(1.0, 2.6)) is None
    assert not transcript.entries


def test_two_of_the_same_in_a_row_are_two() -> None:
    transcript = Transcript()
    transcript.add(prediction(3.0, "cat").over(1.0, 2.6))
    transcript.add(prediction(5.0, "cat").over(3.2, 4.6))
    assert [entry.sign for entry in transcript.entries] == ["cat", "cat"]


def test_clearing_forgets_all_entries() -> None:
    transcript = Transcript()
    transcript.add(prediction(3.0, "cat").over(1.0, 2.6))
    transcript.clear()
    assert not transcript.entries


def signed(board: LiveBoard, *signs: str) -> None:
    for sign in signs:
        board.entered(0, prediction(3.0, sign).over(1.0, 2.6))


def signs(board: LiveBoard) -> list[str]:
    return [entry.sign for entry in board.latest().transcript]


def test_what_was_cleared_comes_back_before_what_followed() -> None:
    board = LiveBoard()
    signed(board, "cat", "day")
    before = board.latest().transcript
    board.clear_transcript()
    assert signs(board) == []
    signed(board, "father")
    board.restore_transcript()
    assert signs(board) == ["cat", "day", "father"]
    assert board.latest().transcript[:2] == before
    board.restore_transcript()
    assert signs(board) == ["cat", "day", "father"]
    # Clearing nothing forgets nothing.
    board.clear_transcript()
    board.clear_transcript()
    board.restore_transcript()
    assert signs(board) == ["cat", "day", "father"]


def test_what_is_forgotten_does_not_come_back() -> None:
    board = LiveBoard()
    signed(board, "cat")
    board.clear_transcript()
    board.forget_cleared()
    board.restore_transcript()
    assert signs(board) == []


def test_the_oldest_go_when_there_are_too_many_and_it_stays_quick() -> None:
    board = LiveBoard()
    signed(board, "first")
    signed(board, *["cat"] * (MOST_ENTRIES - 1))
    assert signs(board)[0] == "first"
    signed(board, "last")
    assert len(signs(board)) == MOST_ENTRIES == 5_000
    assert (signs(board)[0], signs(board)[-1]) == ("cat", "last")
    started = time.process_time()
    signed(board, *["day"] * 500)
    # Some 50 microseconds each here; a signer makes two signs a second at most.
    assert time.process_time() - started < 2.5
    board.clear_transcript()
    signed(board, "new")
    board.restore_transcript()
    assert len(signs(board)) == MOST_ENTRIES
    assert signs(board)[-2:] == ["day", "new"]


def test_without_a_window_every_sign_is_kept() -> None:
    transcript = Transcript()
    for _ in range(MOST_ENTRIES + 1):
        transcript.add(prediction(3.0, "cat").over(1.0, 2.6))
    assert len(transcript.entries) == MOST_ENTRIES + 1
