"""One sign, or several that were signed without a rest: the parts that are most certain."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.prediction import Prediction, Timing
from engine.segmentation.segment_naming import MARGIN_S, name_segment, spans_of
from engine.segmentation.sign_segmenter import Segment

TIMING = Timing(0.0, 0.0, 0.0)


def answers(*signs: tuple[float, float, str], blur: float = 0.3):  # type: ignore[no-untyped-def]
    """As a network would: sure of a span that is one sign's, unsure of others."""

    def answer(start_s: float, end_s: float) -> Prediction:
        for start, end, gloss in signs:
            if abs(start - start_s) <= blur and abs(end - end_s) <= blur:
                return Prediction(end_s, gloss, 0.95, (), {}, "generated", TIMING)
        return Prediction(end_s, None, 0.3, (), {}, "generated", TIMING)

    return answer


def test_a_segment_without_turns_is_one_sign_with_rest_around_it() -> None:
    asked = []

    def answer(start_s: float, end_s: float) -> Prediction:
        asked.append((start_s, end_s))
        return Prediction(end_s, "cat", 0.9, (), {}, "generated", TIMING)

    (named,) = name_segment(Segment(1.0, 2.5, "rest"), answer, answer)
    assert asked == [(1.0 - MARGIN_S, 2.5 + MARGIN_S)]
    assert named.sign == "cat"
    assert named.sign_span_s == (1.0, 2.5)


def test_two_signs_without_a_rest_are_cut_where_they_meet() -> None:
    segment = Segment(1.0, 4.0, "rest", inner=(1.8, 2.5, 3.2))
    answer = answers((0.75, 2.5, "cat"), (2.5, 4.25, "day"))
    named = name_segment(segment, answer, answer)
    assert [(one.sign, one.sign_span_s) for one in named] == [
        ("cat", (1.0, 2.5)),
        ("day", (2.5, 4.0)),
    ]


def test_two_of_the_same_without_a_rest_are_two() -> None:
    segment = Segment(0.0, 4.0, "rest", inner=(2.0,))
    answer = answers((-0.25, 2.0, "cat"), (2.0, 4.25, "cat"))
    assert [one.sign for one in name_segment(segment, answer, answer)] == ["cat", "cat"]


def test_a_sure_sign_with_turns_in_it_stays_whole() -> None:
    segment = Segment(0.0, 2.0, "rest", inner=(0.7, 1.3))
    answer = answers((-0.25, 2.25, "go out"), (0.0, 0.7, "if"), (0.7, 1.3, "if"))
    assert [one.sign for one in name_segment(segment, answer, answer)] == ["go out"]


def test_a_movement_that_is_no_sign_in_any_part_is_one_unnamed_segment() -> None:
    segment = Segment(0.0, 3.0, "rest", inner=(1.0, 2.0))
    assert spans_of(segment, answers()) == ((0.0, 3.0),)
    (named,) = name_segment(segment, answers(), answers())
    assert named.sign is None


def test_without_a_quick_network_a_segment_is_one_sign() -> None:
    assert spans_of(Segment(0.0, 5.0, "rest", inner=(2.5,)), None) == ((0.0, 5.0),)


@pytest.mark.parametrize("count", [1, 4, 12])
def test_parts_follow_each_other(count: int) -> None:
    inner = tuple(0.45 * (i + 1) for i in range(count))
    segment = Segment(0.0, inner[-1] + 0.5, "length", inner=inner)
    spans = spans_of(segment, answers((0.9, 1.8, "cat"), blur=0.1))
    assert all(segment.start_s <= a < b <= segment.end_s for a, b in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
