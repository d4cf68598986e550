"""Long films, films of odd shapes, films that were taken with the phone turned."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from tests.videos import write_video
from training.readers.files import decoding
from training.readers.files.decoding import evenly_spaced_frames


def test_a_video_too_long_to_hold_gives_the_same_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = write_video(tmp_path / "clip.mp4", frames=50)
    held = evenly_spaced_frames(video, 24)
    monkeypatch.setattr(decoding, "_HELD_PICTURES", 20)
    np.testing.assert_array_equal(evenly_spaced_frames(video, 24), held)
    monkeypatch.setattr(decoding, "_HELD_PICTURES", 1500)
    monkeypatch.setattr(decoding, "_HELD_BYTES", 10_000)
    np.testing.assert_array_equal(evenly_spaced_frames(video, 24), held)


@pytest.mark.parametrize(("frames", "count"), [(1, 24), (2, 24), (24, 24), (3, 1)])
def test_any_number_of_pictures_from_any_film(tmp_path: Path, frames: int, count: int) -> None:
    video = write_video(tmp_path / "clip.mp4", frames=frames)
    pictures = evenly_spaced_frames(video, count)
    assert pictures.shape == (count, 120, 160, 3)
    assert pictures.dtype == np.uint8


def turn(video: Path, quarter_turns_clockwise: int) -> None:
    """Write a display matrix into the track header, as phones do (ISO 14496-12, 8.3.2)."""
    cosine, sine = [(1, 0), (0, 1), (-1, 0), (0, -1)][quarter_turns_clockwise]
    one = 0x10000
    matrix = (cosine * one, sine * one, 0, -sine * one, cosine * one, 0, 0, 0, 0x40000000)
    data = bytearray(video.read_bytes())
    start = data.index(b"tkhd") + 44
    data[start : start + 36] = struct.pack(">9i", *matrix)
    video.write_bytes(bytes(data))


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_video_taken_with_the_phone_turned_stands_upright(tmp_path: Path, turns: int) -> None:
    video = write_video(tmp_path / "clip.mp4", frames=4)
    plain = evenly_spaced_frames(video, 4)
    turn(video, turns)
    np.testing.assert_array_equal(
        evenly_spaced_frames(video, 4), np.rot90(plain, -turns, axes=(1, 2))
    )
