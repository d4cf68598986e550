"""A sign is entered once, when it is over."""

from __future__ import annotations

from engine.prediction import Prediction, Timing
from engine.spotting import Transcript


def prediction(t_s: float, sign: str | None, confidence: float = 0.9) -> Prediction:
    timing = Timing(1.0, 1.0, 1.0)
    return Prediction(t_s, sign, confidence, (), {}, "generated", timing)


def test_a_sign_that_is_over_is_entered_with_the_moment_it_was_named() -> None:
    transcript = Transcript()
    entry = transcript.add(prediction(3.0, "cat").over(1.0, 2.6))
    assert entry is not None
    assert (entry.sign, entry.t_s, entry.confidence) == ("cat", 3.0, 0.9)
    assert transcript.entries == [entry]


def test_what_the_window_shows_in_passing_is_not_entered() -> None:
    transcript = Transcript()
    for step in range(30):
        transcript.add(prediction(step / 8, "cat"))
    assert transcript.entries == []


def test_a_movement_that_is_no_sign_is_not_entered() -> None:
    transcript = Transcript()
    assert transcript.add(prediction(3.0, None).over(1.0, 2.6)) is None
    assert transcript.entries == []


def test_two_of_the_same_in_a_row_are_two() -> None:
    transcript = Transcript()
    transcript.add(prediction(3.0, "cat").over(1.0, 2.6))
    transcript.add(prediction(5.0, "cat").over(3.2, 4.6))
    assert [entry.sign for entry in transcript.entries] == ["cat", "cat"]


def test_clearing_forgets_all_entries() -> None:
    transcript = Transcript()
    transcript.add(prediction(3.0, "cat").over(1.0, 2.6))
    transcript.clear()
    assert transcript.entries == []
