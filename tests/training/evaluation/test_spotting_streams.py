"""Streams put together from clips, and the figures taken from them, against cases by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from engine.landmarks.recording import LandmarkRecording
from engine.segmentation.sign_segmenter import Segment
from training.errors import DataError
from training.evaluation.spotting_scores import (
    Errors,
    Spotted,
    align,
    naming_score,
    spot,
    spotting_score,
)
from training.evaluation.spotting_streams import (
    Join,
    SignClip,
    TrueSign,
    at_rate,
    make_stream,
    sign_bounds,
    sign_clip,
)

RATE_HZ = 15.0


def clip_of(gloss: str, frames: int = 40, start: int = 10, end: int = 29) -> SignClip:
    """The right wrist rises from `start` on and is down again at `end`."""
    pose = np.zeros((frames, 33, 4), np.float32)
    pose[..., 3] = 0.9
    pose[:, 11, :2], pose[:, 12, :2] = (300.0, 100.0), (200.0, 100.0)
    pose[:, 15, :2] = (290.0, 230.0)
    height = np.interp(np.arange(frames), (start, start + 5, end - 5, end), (130, 20, 20, 130))
    pose[:, 16, 0], pose[:, 16, 1] = 220.0, 100.0 + height
    unseen = np.full((frames, 21, 3), np.nan, np.float32)
    clip = sign_clip(gloss, LandmarkRecording(np.arange(frames) / RATE_HZ, pose, unseen, unseen))
    assert clip is not None
    return clip


@pytest.mark.parametrize(
    ("truth", "named", "errors"),
    [
        ("", "", Errors(0, 0, 0, 0)),
        ("abc", "abc", Errors(0, 0, 0, 3)),
        ("abc", "", Errors(0, 3, 0, 3)),
        ("", "ab", Errors(2, 0, 0, 0)),
        ("abc", "axc", Errors(0, 0, 1, 3)),
        ("abc", "abbc", Errors(1, 0, 0, 3)),
        ("aab", "ab", Errors(0, 1, 0, 3)),
        # One sign missed and another, far from it, invented: not three mistaken ones.
        ("abcd", "bcde", Errors(1, 1, 0, 4)),
        ("ab", "xyz", Errors(1, 0, 2, 2)),
    ],
)
def test_the_errors_are_those_counted_by_hand(truth: str, named: str, errors: Errors) -> None:
    counted, pairs = align(list(truth), list(named))
    assert counted == errors
    assert [i for i, _ in pairs if i is not None] == list(range(len(truth)))
    assert [j for _, j in pairs if j is not None] == list(range(len(named)))


def test_the_rate_is_errors_a_true_sign_and_adds_up() -> None:
    assert Errors(1, 1, 1, 6).rate == 0.5
    assert Errors(4, 0, 0, 2).rate == 2.0
    assert np.isnan(Errors(1, 0, 0, 0).rate)
    assert Errors(1, 0, 2, 5) + Errors(0, 3, 1, 7) == Errors(1, 3, 3, 12)


def test_what_is_found_merged_missed_and_extra_is_counted_by_hand() -> None:
    truth = [TrueSign("abcde"[i], 3.0 * i, 3.0 * i + 2.0) for i in range(5)]
    spotted = [
        Spotted(Segment(0.1, 2.1, "rest"), 2.3),  # a
        Spotted(Segment(3.0, 8.0, "rest", (5.4, 7.0)), 8.2),  # b and c, with the border in `inner`
        Spotted(Segment(9.0, 9.5, "rest"), 9.7),  # a piece of d
        Spotted(Segment(15.0, 16.0, "rest"), 16.2),  # nothing was signed
    ]
    score = spotting_score(truth, spotted)
    assert (score.signs, score.segments) == (5, 4)
    assert (score.found, score.merged, score.missed, score.extra) == (1, 2, 2, 2)
    assert (score.borders, score.cuts, score.offered) == (1, 1, 2)
    assert score.offsets_s == pytest.approx((0.3,))
    assert (score + score).found == 2 and len((score + score).offsets_s) == 2


def test_a_sign_in_two_pieces_is_not_found() -> None:
    truth = [TrueSign("a", 0.0, 2.0)]
    pieces = [Segment(0.0, 0.6, "rest"), Segment(0.7, 2.0, "rest")]
    score = spotting_score(truth, [Spotted(piece, piece.end_s + 0.2) for piece in pieces])
    assert (score.found, score.merged, score.missed, score.extra) == (0, 0, 1, 1)


def test_nothing_found_is_all_missed() -> None:
    score = spotting_score([TrueSign("a", 0.0, 1.0)], [])
    assert (score.found, score.merged, score.missed, score.extra) == (0, 0, 1, 0)


def test_a_clips_bounds_are_where_the_hand_leaves_and_comes_back() -> None:
    clip = clip_of("a", start=10, end=29)
    assert 10 <= clip.bounds[0] <= 12 and 27 <= clip.bounds[1] <= 29
    assert clip.bounds[0] < clip.halves[0] < clip.halves[1] < clip.bounds[1]


def test_a_clip_in_which_nobody_raises_a_hand_has_no_bounds() -> None:
    still = clip_of("a").recording
    flat = LandmarkRecording(
        still.t_s, np.repeat(still.pose[:1], len(still), 0), still.left_hand, still.right_hand
    )
    assert sign_bounds(flat) is None
    nobody = np.full_like(still.pose, np.nan)
    unseen = LandmarkRecording(still.t_s, nobody, still.left_hand, still.right_hand)
    assert sign_bounds(unseen) is None


@pytest.mark.parametrize(
    ("rest_s", "join"),
    [(1.0, "rest"), (0.3, "rest"), (0.0, "rest"), (0.0, "trim"), (0.0, "raised")],
)
def test_a_stream_is_smooth_and_says_what_is_signed_when(rest_s: float, join: Join) -> None:
    clips = [clip_of("a"), clip_of("b", frames=50, start=12, end=40)]
    rng = np.random.default_rng(1)
    stream = make_stream(clips, 8, rng, rest_s=rest_s, join=join)
    assert len(stream.signs) == 8
    assert all(one.end_s < other.start_s for one, other in pairwise(stream.signs))
    heights = stream.recording.pose[:, 16, 1]
    # No step is longer than the clips' own: 110 pixels in five frames.
    assert np.abs(np.diff(heights)).max() < 45.0
    for sign in stream.signs:
        inside = (stream.recording.t_s >= sign.start_s) & (stream.recording.t_s <= sign.end_s)
        length = {"a": 20, "b": 29}[sign.gloss]
        assert heights[inside].min() == pytest.approx(120.0)
        assert abs(inside.sum() - length) <= (4 if join != "raised" else 8)


def test_rests_are_as_long_as_asked_for() -> None:
    rng = np.random.default_rng(0)
    stream = make_stream([clip_of("a")], 40, rng, rest_s=1.0)
    rests = [other.start_s - one.end_s for one, other in pairwise(stream.signs)]
    assert 0.9 < float(np.mean(rests)) < 1.7 and max(rests) - min(rests) > 0.5


def test_the_same_seed_gives_the_same_stream() -> None:
    clips = [clip_of("a"), clip_of("b")]
    one, other = (make_stream(clips, 5, np.random.default_rng(7), rest_s=0.5) for _ in range(2))
    assert one.signs == other.signs
    assert np.array_equal(one.recording.pose, other.recording.pose)


def test_a_slower_camera_sees_the_same_signs_at_the_same_moments() -> None:
    stream = make_stream([clip_of("a")], 4, np.random.default_rng(0), rest_s=0.5)
    slower = at_rate(stream, 8.0)
    assert slower.signs == stream.signs
    assert len(slower.recording) == pytest.approx(len(stream.recording) * 8 / 15, abs=2)
    assert np.all(np.diff(slower.recording.t_s) > 0)


def test_no_clip_no_stream() -> None:
    with pytest.raises(DataError):
        make_stream([], 3, np.random.default_rng(0), rest_s=0.5)


def test_naming_counts_errors_and_how_late_the_right_names_came() -> None:
    stream = make_stream([clip_of("a")], 3, np.random.default_rng(0), rest_s=1.0, left_handed=True)
    spotted = spot(stream.recording)
    assert len(spotted) == 3
    answers: Iterator[tuple[str, ...]] = iter([("a",), (), ("b",)])
    asked = []

    def name(of: LandmarkRecording, segment: Segment, left_handed: bool) -> tuple[str, ...]:
        asked.append((of is stream.recording, segment.end_s > segment.start_s, left_handed))
        return next(answers)

    score = naming_score(stream, spotted, name)
    assert asked == [(True, True, True)] * 3
    assert score.errors == Errors(0, 1, 1, 3)
    assert score.latencies_s == (spotted[0].at_s - stream.signs[0].end_s,)
    assert 0.0 <= score.latencies_s[0] < 0.5
