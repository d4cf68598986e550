"""A sign is found once, soon after it ends, however long it is and wherever the hands rest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.frame import Landmarks
from engine.segmentation.sign_segmenter import LONGEST_S, Segment, SignSegmenter

Place = tuple[float, float]
LAP: Place = (0.3, 1.3)
DESK: Place = (0.4, 0.8)
CHEST: Place = (0.2, 0.3)
CHEEK: Place = (0.3, -0.5)
RISING_S = 0.4


def pose_with(
    wrist: Place, other: Place = LAP, width: float = 100.0, middle: Place = (256.0, 130.0)
) -> NDArray[np.float32]:
    """`(33, 4)`: the right wrist at `wrist`, outwards and down, in shoulder widths."""
    pose = np.zeros((33, 4), np.float32)
    pose[:, 3] = 0.9
    for index, (x, y) in {11: (0.5, 0.0), 12: (-0.5, 0.0), 15: other}.items():
        pose[index, :2] = middle[0] + width * x, middle[1] + width * y
    pose[16, :2] = middle[0] - width * wrist[0], middle[1] + width * wrist[1]
    return pose


def through(*places: tuple[float, Place]) -> Callable[[float], Place]:
    """Where a hand is that is at each place at its moment, and goes straight in between."""
    moments = [moment for moment, _ in places]

    def at(t_s: float) -> Place:
        x = np.interp(t_s, moments, [place[0] for _, place in places])
        return float(x), float(np.interp(t_s, moments, [place[1] for _, place in places]))

    return at


def sign(start_s: float, end_s: float, place: Place = CHEST, rest: Place = LAP) -> list:
    """Raised from `start_s` on, back at rest by `end_s`."""
    up, down = start_s + RISING_S, end_s - RISING_S
    return [(start_s, rest), (up, place), (down, place), (end_s, rest)]


def run(
    spotter: SignSegmenter,
    at: Callable[[float], Place],
    until_s: float,
    rate_hz: float = 15.0,
    **body: object,
) -> list[tuple[Segment, float]]:
    """Segments, each with the moment of the frame that brought it."""
    found = []
    for step in range(int(until_s * rate_hz)):
        t_s = step / rate_hz
        seen = Landmarks(pose_with(at(t_s), **body))  # type: ignore[arg-type]
        found += [(segment, t_s) for segment in spotter.observe(t_s, seen)]
    return found


@pytest.mark.parametrize("rate_hz", [8.0, 10.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("width", [40.0, 100.0, 400.0])
def test_a_raised_and_lowered_arm_is_one_segment_soon_after_its_end(
    rate_hz: float, width: float
) -> None:
    found = run(SignSegmenter(), through(*sign(1.0, 2.6)), 4.0, rate_hz, width=width)
    assert len(found) == 1
    segment, at_s = found[0]
    assert segment.closed_by == "rest"
    assert abs(segment.start_s - 1.0) < 0.3 and abs(segment.end_s - 2.6) < 0.3
    assert at_s - 2.6 < 0.3


@pytest.mark.parametrize("length_s", [0.9, 1.5, 3.0, 5.0])
def test_the_length_of_a_sign_does_not_matter(length_s: float) -> None:
    end_s = 1.0 + length_s
    places = [(1.0, LAP), (1.3, CHEST)]
    # It moves to and fro, so that it is no hold.
    places += [(t, (0.2 + 0.4 * (i % 2), 0.3)) for i, t in enumerate(np.arange(1.5, end_s, 0.3))]
    places += [(end_s, LAP)]
    (found,) = run(SignSegmenter(), through(*places), end_s + 1.0)
    assert found[0].closed_by == "rest" and found[1] - end_s < 0.3


@pytest.mark.parametrize("rest_s", [0.2, 0.4, 1.0, 3.0])
def test_two_equal_signs_with_a_rest_are_two_segments(rest_s: float) -> None:
    at = through(*sign(1.0, 2.4), *sign(2.4 + rest_s, 3.8 + rest_s))
    found = run(SignSegmenter(), at, 5.0 + rest_s)
    assert [segment.closed_by for segment, _ in found] == ["rest", "rest"]


def test_signs_without_a_rest_are_one_segment_that_may_be_cut_between_them() -> None:
    dip = (0.5, 0.7)
    at = through((1.0, LAP), (1.3, CHEEK), (1.8, CHEEK), (2.1, dip), (2.4, CHEEK), (2.8, CHEEK))
    after = through((2.8, CHEEK), (3.2, LAP))
    (found,) = run(SignSegmenter(), lambda t: at(t) if t < 2.8 else after(t), 4.0)
    assert any(abs(moment - 2.1) < 0.15 for moment in found[0].inner)


def test_a_hand_held_still_in_the_air_for_a_while_does_not_end_its_sign() -> None:
    found = run(SignSegmenter(), through(*sign(1.0, 3.2, CHEEK)), 4.5)
    assert [segment.closed_by for segment, _ in found] == ["rest"]
    assert found[0][0].end_s > 2.7


def test_a_hand_that_stays_in_the_air_has_stopped_signing_and_its_sinking_is_no_sign() -> None:
    found = run(SignSegmenter(), through(*sign(1.0, 7.0, CHEEK)), 9.0)
    assert [segment.closed_by for segment, _ in found] == ["hold"]
    assert found[0][0].end_s < 2.5


@pytest.mark.parametrize("rest", [LAP, DESK, (0.7, 1.9), (0.5, 1.0)])
def test_hands_may_rest_anywhere_once_that_is_known(rest: Place) -> None:
    at = through((0.0, rest), *sign(3.0, 4.4, CHEST, rest), *sign(5.0, 6.4, CHEEK, rest))
    found = run(SignSegmenter(), at, 8.0, other=rest)
    assert [segment.closed_by for segment, _ in found] == ["rest", "rest"]
    assert all(at_s - end_s < 0.5 for (_, at_s), end_s in zip(found, (4.4, 6.4), strict=True))


def test_scratching_is_one_segment_at_most() -> None:
    scratch = [(1.3 + 0.1 * i, (0.3 + 0.1 * (i % 2), -0.6)) for i in range(8)]
    at = through((1.0, LAP), *scratch, (2.4, LAP))
    assert len(run(SignSegmenter(), at, 4.0)) == 1


def test_fidgeting_in_the_lap_is_no_sign() -> None:
    at = through(*((0.3 * i, (0.3 + 0.15 * (i % 2), 1.3)) for i in range(30)))
    assert run(SignSegmenter(), at, 8.0) == []


def test_nothing_moves_nothing_is_found_even_with_a_raised_hand_from_the_start() -> None:
    assert run(SignSegmenter(), lambda _: CHEST, 8.0) == []


def test_a_stream_may_begin_within_a_sign() -> None:
    at = through((0.0, CHEST), (0.5, CHEEK), (1.0, CHEEK), (1.4, LAP))
    (found,) = run(SignSegmenter(), at, 3.0)
    assert found[0].start_s < 0.2 and found[0].closed_by == "rest"


def test_a_person_who_leaves_has_stopped_signing() -> None:
    spotter = SignSegmenter()
    at = through((1.0, LAP), (1.4, CHEST), (2.0, CHEEK))
    assert run(spotter, at, 2.0) == [] and spotter.signing
    found = [s for i in range(15) for s in spotter.observe(2.0 + i / 15, Landmarks(None))]
    assert [segment.closed_by for segment in found] == ["lost"]
    assert found[0].end_s <= 2.0 and not spotter.signing


def test_a_gap_in_the_stream_ends_what_was_before_it() -> None:
    spotter = SignSegmenter()
    run(spotter, through((1.0, LAP), (1.4, CHEST), (2.0, CHEEK)), 2.0)
    (segment,) = spotter.observe(9.0, Landmarks(pose_with(LAP)))
    assert segment.closed_by == "lost" and segment.end_s < 2.0


def test_nobody_was_ever_there() -> None:
    spotter = SignSegmenter()
    assert not [s for i in range(60) for s in spotter.observe(i / 15, Landmarks(None))]
    assert spotter.finish() == () and not spotter.signing and spotter.since_s is None


def test_the_end_of_a_file_ends_the_open_segment_once() -> None:
    spotter = SignSegmenter()
    assert run(spotter, through((1.0, LAP), (1.4, CHEST), (2.0, CHEEK)), 2.0) == []
    assert spotter.since_s is not None and spotter.since_s < 1.3
    assert [segment.closed_by for segment in spotter.finish()] == ["lost"]
    assert spotter.finish() == ()


def test_a_clock_that_jumps_back_starts_anew() -> None:
    spotter = SignSegmenter()
    run(spotter, through((1.0, LAP), (1.4, CHEST), (2.0, CHEEK)), 2.0)
    assert spotter.observe(0.0, Landmarks(pose_with(LAP))) == () and not spotter.signing
    assert len(run(spotter, through(*sign(1.0, 2.4)), 4.0)) == 1


def test_endless_signing_is_cut_and_goes_on() -> None:
    places = [(1.0 + 0.4 * i, (0.2, 0.3 * (i % 3))) for i in range(40)]
    found = [s for s, _ in run(SignSegmenter(), through((0.6, LAP), *places, (17.2, LAP)), 18.0)]
    assert [segment.closed_by for segment in found[:-1]] == ["length"] * (len(found) - 1)
    assert found[-1].closed_by == "rest" and len(found) >= 3
    assert all(one.end_s == other.start_s for one, other in pairwise(found))
    assert all(segment.end_s - segment.start_s <= LONGEST_S + 0.1 for segment in found)


def test_wrists_that_are_not_seen_are_out_of_the_picture_and_rest() -> None:
    spotter, found = SignSegmenter(), list[Segment]()
    at = through(*sign(1.0, 2.4))
    for step in range(60):
        pose = pose_with(at(step / 15))
        pose[15] = np.nan
        if at(step / 15)[1] > 1.0:
            pose[16] = np.nan
        found += spotter.observe(step / 15, Landmarks(pose))
    assert [segment.closed_by for segment in found] == ["rest"]


def test_a_wrist_the_pose_only_guesses_is_no_sign() -> None:
    spotter, found = SignSegmenter(), list[Segment]()
    at = through(*sign(1.0, 2.4))
    for step in range(60):
        pose = pose_with(at(step / 15))
        pose[16, 3] = 0.1
        found += spotter.observe(step / 15, Landmarks(pose))
    assert found == []


def test_badly_seen_frames_and_hands_do_no_harm() -> None:
    spotter, found = SignSegmenter(), list[Segment]()
    at = through(*sign(1.0, 2.6))
    for step in range(60):
        pose = pose_with(at(step / 15))
        hand = np.repeat(pose[16:17, :3], 21, axis=0)
        if step % 11 == 5:
            pose[11:13, :2] *= 3.0
        if step % 13 == 7:
            pose[11] = np.nan
        if step % 3 == 0:
            hand[5:] = np.inf
        if step % 5 == 0:
            hand[:] = np.nan
        found += spotter.observe(step / 15, Landmarks(pose, None, hand))
    assert [segment.closed_by for segment in found] == ["rest"]


_coordinate = st.one_of(st.floats(-2.0, 3.0), st.sampled_from([0.3, 1.3, float("nan")]))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.0, 1.2), st.integers(1, 12), _coordinate, _coordinate, st.booleans()),
        max_size=25,
    )
)
def test_segments_are_in_order_do_not_overlap_and_never_lie_ahead(
    legs: list[tuple[float, int, float, float, bool]],
) -> None:
    spotter = SignSegmenter()
    found: list[Segment] = []
    now = 0.0
    for pause_s, frames, x, y, there in legs:
        now += pause_s
        for _ in range(frames):
            now += 1 / 15
            seen = Landmarks(pose_with((x, y)) if there else None)
            new = spotter.observe(now, seen)
            assert all(segment.end_s <= now for segment in new)
            assert spotter.since_s is None or spotter.since_s <= now
            found += new
    found += spotter.finish()
    for segment in found:
        assert segment.start_s < segment.end_s
        moments = (segment.start_s, *segment.inner, segment.end_s)
        assert list(moments) == sorted(set(moments))
    assert all(one.end_s <= other.start_s for one, other in pairwise(found))
