"""Time stamps that jump, start again, stand still or are not there."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.frame import Frame
from engine.sources.pacing import Paced
from engine.sources.video.video_clock import LONGEST_PAUSE_S, VideoClock
from engine.sources.video.video_file import VideoFileSource
from tests.videos import greys, write_pictures
from training.readers.files.decoding import evenly_spaced_frames, timed_frames

pytestmark = pytest.mark.slow


def told(stamps: list[float | None], rate_hz: float | None = 30.0) -> list[float]:
    clock = VideoClock(rate_hz)
    return [clock.stamp(t_s) for t_s in stamps]


def steady(count: int, start: float, step: float = 1 / 30) -> list[float | None]:
    return [start + i * step for i in range(count)]


STEADY = [i / 30 for i in range(60)]


@pytest.mark.parametrize(
    "stamps",
    [
        steady(60, 0.0),
        steady(60, 1.4667),
        steady(60, -3.0),
        steady(30, 1.4667) + steady(30, 1.4667),
        steady(30, 5000.0) + steady(30, 0.0),
        steady(30, -5000.0) + steady(30, -9000.0),
        [None] * 60,
        steady(30, 7.0) + [None] * 30,
        [None, *steady(59, 900.0)],
        [*steady(20, 0.0), None, None, *steady(38, 22 / 30)],
    ],
    ids=[
        "plain",
        "late start",
        "negative start",
        "starts again",
        "jumps back",
        "jumps back below 0",
        "no stamps",
        "stamps end",
        "the first has none",
        "some have none",
    ],
)
def test_pictures_follow_each_other_at_the_films_pace(stamps: list[float | None]) -> None:
    assert told(stamps) == pytest.approx(STEADY, abs=1e-6)


def test_a_jump_ahead_is_a_short_pause() -> None:
    times = told(steady(30, 0.0) + steady(30, 5000.0))
    assert np.diff(times).max() == pytest.approx(LONGEST_PAUSE_S)
    assert times[-1] == pytest.approx(58 / 30 + LONGEST_PAUSE_S)


def test_a_real_pause_is_kept() -> None:
    assert told([0.0, 0.1, 1.4, 1.5]) == pytest.approx([0.0, 0.1, 1.4, 1.5])


def test_stamps_that_stand_still_do_not_squeeze_the_film() -> None:
    assert told([3.0] * 60)[-1] == pytest.approx(2.0, abs=0.2)


def test_pairs_of_pictures_with_one_stamp_do_not_stretch_it() -> None:
    pairs: list[float | None] = [i // 2 / 15 for i in range(60)]
    assert told(pairs)[-1] == pytest.approx(29 / 15, abs=0.01)


def test_pictures_out_of_order_do_not_stretch_it() -> None:
    swapped: list[float | None] = [(i ^ 1) / 30 for i in range(60)]
    assert told(swapped)[-1] == pytest.approx(59 / 30, abs=0.1)


@pytest.mark.parametrize("rate_hz", [None, 0.05, 90_000.0])
def test_a_rate_that_no_film_has_is_not_believed(rate_hz: float | None) -> None:
    assert 1.0 < told([None] * 60, rate_hz)[-1] < 4.0


@given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=60), st.none() | st.floats(-1, 1e6))
def test_time_only_grows_and_never_jumps(stamps: list[float | None], rate: float | None) -> None:
    times = told(stamps, rate)
    assert times[:1] in ([], [0.0])
    assert all(0 < b - a <= LONGEST_PAUSE_S + 1e-6 for a, b in pairwise(times))


def joined(folder: Path, *, second_starts_s: float) -> Path:
    """Two halves of 25 pictures as MPEG-TS, one behind the other as `cat` does it."""
    halves = []
    for number, start_s in enumerate((0.0, second_starts_s)):
        milliseconds = [round(start_s * 1000) + 40 * i for i in range(25)]
        half = folder / f"{number}.ts"
        write_pictures(half, greys(25), codec="libx264", milliseconds=milliseconds)
        halves.append(half.read_bytes())
    path = folder / "joined.ts"
    path.write_bytes(b"".join(halves))
    return path


def frames_of(source: VideoFileSource | Paced) -> list[Frame]:
    frames = [frame for frame in iter(source.read, None) if frame is not None]
    source.close()
    return frames


@pytest.mark.parametrize("start_s", [0.0, 5000.0], ids=["starts again", "jumps ahead"])
def test_joined_films_are_shown_and_trained_on_to_the_end(tmp_path: Path, start_s: float) -> None:
    path = joined(tmp_path, second_starts_s=start_s)
    frames = frames_of(VideoFileSource(path))
    times = [frame.t_s for frame in frames]
    assert len(frames) == 50
    assert np.diff(times).max() <= LONGEST_PAUSE_S + 1e-6
    # Both halves take their second: nothing is squeezed.
    assert times[24] == pytest.approx(0.96, abs=0.05)
    assert times[49] - times[25] == pytest.approx(0.96, abs=0.05)
    trained = list(timed_frames(path))
    assert [t_s for t_s, _ in trained] == pytest.approx(times)
    assert evenly_spaced_frames(path, 24).shape == (24, 48, 64, 3)


def test_a_paced_film_goes_on_after_a_jump(tmp_path: Path) -> None:
    source = Paced(VideoFileSource(joined(tmp_path, second_starts_s=5000.0)))
    started = time.monotonic()
    assert len(frames_of(source)) == 50
    # Four seconds of film; the rest is for a busy machine.
    assert time.monotonic() - started < 60


def test_a_looped_film_goes_on_growing(tmp_path: Path) -> None:
    path = write_pictures(tmp_path / "clip.mp4", greys(10))
    source = VideoFileSource(path, loop=True)
    times = [frame.t_s for _ in range(35) if (frame := source.read()) is not None]
    source.close()
    assert times == pytest.approx([i / 25 for i in range(35)], abs=1e-3)


def test_pictures_to_train_on_are_spread_in_time_not_by_number(tmp_path: Path) -> None:
    """A telephone in dim light takes fewer pictures a second; the glove beside it does not."""
    moments = [*np.arange(0, 1.0, 0.04), *np.arange(1.0, 2.01, 0.2)]
    pictures = [np.full((48, 64, 3), round(40 + 80 * t), np.uint8) for t in moments]
    milliseconds = [round(1000 * t) for t in moments]
    path = write_pictures(
        tmp_path / "a.mkv", pictures, codec="ffv1", pixel_format="bgr0", milliseconds=milliseconds
    )
    seen_s = (evenly_spaced_frames(path, 24).mean(axis=(1, 2, 3)) - 40) / 80
    assert np.abs(seen_s - np.linspace(0, 2, 24)).max() < 0.11
