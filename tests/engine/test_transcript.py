"""A sign is entered once when it is stable, and twice when it is signed twice."""

from __future__ import annotations

from engine.prediction import Prediction, Timing
from engine.spotting import Transcript


def feed(transcript: Transcript, signs: list[str | None], step_s: float = 0.25) -> list[str]:
    for i, sign in enumerate(signs):
        transcript.add(
            Prediction(i * step_s, sign, 0.9, (), {}, "generated", Timing(0.0, 0.0, 0.0))
        )
    return [entry.sign for entry in transcript.entries]


def test_a_held_sign_is_entered_once() -> None:
    assert feed(Transcript(), ["father"] * 12) == ["father"]


def test_a_flicker_is_not_a_sign() -> None:
    assert feed(Transcript(), [None, "cat", None, "cop", "cop", "cat", None]) == []


def test_two_signs_in_a_row() -> None:
    assert feed(Transcript(), ["cat"] * 4 + ["father"] * 6) == ["cat", "father"]


def test_the_same_sign_twice_with_a_rest_between() -> None:
    signs = ["cat"] * 4 + [None] * 4 + ["cat"] * 4
    assert feed(Transcript(), signs) == ["cat", "cat"]


def test_what_a_sign_looks_like_while_it_leaves_is_not_a_sign() -> None:
    assert feed(Transcript(), ["cat"] * 6 + ["gold"] * 3 + [None] * 6) == ["cat"]


def test_a_guess_that_is_never_sure_is_not_a_sign() -> None:
    transcript = Transcript()
    for i in range(12):
        transcript.add(
            Prediction(i * 0.25, "cat", 0.45, (), {}, "generated", Timing(0.0, 0.0, 0.0))
        )
    assert transcript.entries == []


def test_a_short_doubt_does_not_double_a_sign() -> None:
    assert feed(Transcript(), ["cat"] * 4 + [None] + ["cat"] * 6) == ["cat"]


def test_clearing_while_a_sign_is_held_does_not_enter_it_again() -> None:
    transcript = Transcript()
    feed(transcript, ["cat"] * 4)
    transcript.clear()
    transcript.add(Prediction(1.0, "cat", 0.9, (), {}, "generated", Timing(0.0, 0.0, 0.0)))
    transcript.add(Prediction(1.5, "cat", 0.9, (), {}, "generated", Timing(0.0, 0.0, 0.0)))
    assert transcript.entries == []
