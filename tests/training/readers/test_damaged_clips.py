"""Clips that are damaged: what comes after is used, as in the live window, or the clip is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from engine.libav import av
from engine.sources.video.video_file import VideoFileSource
from tests.videos import greys, write_pictures
from training.commands.app import app
from training.errors import DataError
from training.readers.files.decoding import evenly_spaced_frames, timed_frames

pytestmark = pytest.mark.slow


def video_file(path: Path, count: int = 100, codec: str = "mpeg4") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_pictures(path, greys(count, size=(160, 120)), codec=codec)


def overwrite(path: Path, first: int, last: int) -> None:
    """The packets from `first` to before `last`, with bytes that are no picture."""
    with av.open(str(path)) as container:
        packets = [(p.pos, p.size) for p in container.demux(video=0) if p.size]
    content = bytearray(path.read_bytes())
    for place, size in packets[first:last]:
        assert place is not None
        content[place : place + size] = b"\xff" * size
    path.write_bytes(content)


def cut(path: Path, part: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: round(part * len(content))])


def live_times(path: Path) -> list[float]:
    source = VideoFileSource(path)
    times = [frame.t_s for frame in iter(source.read, None) if frame is not None]
    source.close()
    return times


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "mpeg4"), ("a.mov", "libx264"), ("a.avi", "mpeg4")]
)
def test_what_comes_after_the_damage_is_used_as_live(tmp_path: Path, name: str, codec: str) -> None:
    path = video_file(tmp_path / name, codec=codec)
    overwrite(path, 24, 26)
    times = [t_s for t_s, _ in timed_frames(path)]
    assert times == live_times(path)
    assert len(times) >= 90
    assert times[-1] == pytest.approx(99 / 25, abs=0.05)
    frames = evenly_spaced_frames(path, 24)
    # The last of them is the clip's last picture, not the last before the damage.
    _, last = list(timed_frames(path))[-1]
    np.testing.assert_array_equal(frames[-1], last)


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda path: overwrite(path, 10, 60), id="half is noise"),
        pytest.param(lambda path: overwrite(path, 30, 100), id="the end is noise"),
    ],
)
def test_a_clip_of_which_much_is_gone_is_named(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = video_file(tmp_path / "a.mp4")
    harm(path)
    # The live window shows what there is.
    assert live_times(path)
    with pytest.raises(DataError, match=r"a\.mp4: damaged"):
        list(timed_frames(path))
    with pytest.raises(DataError, match=r"a\.mp4: damaged"):
        evenly_spaced_frames(path, 24)


@pytest.mark.parametrize("name", ["a.mkv", "a.avi"])
def test_a_clip_that_breaks_off_is_named(tmp_path: Path, name: str) -> None:
    path = video_file(tmp_path / name)
    cut(path, 0.5)
    assert 20 <= len(live_times(path)) < 80
    with pytest.raises(DataError, match=r"damaged: \d\.\d of its 4\.0 seconds"):
        list(timed_frames(path))


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.avi", "a.ts", "a.mov", "a.webm", "a.mpg"])
@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_a_whole_clip_is_never_called_damaged(tmp_path: Path, name: str, count: int) -> None:
    codec = {"a.webm": "libvpx", "a.mpg": "mpeg2video", "a.ts": "libx264"}.get(name, "mpeg4")
    path = video_file(tmp_path / name, count if name != "a.ts" else max(count, 12), codec)
    assert list(timed_frames(path))
    assert len(evenly_spaced_frames(path, 24)) == 24


def test_a_last_picture_that_stands_long_is_no_damage(tmp_path: Path) -> None:
    path = write_pictures(
        tmp_path / "a.mp4", greys(4), codec="mpeg4", milliseconds=[0, 100, 200, 1900]
    )
    assert len(list(timed_frames(path))) == 4


def test_landmarks_and_prepare_name_it(tmp_path: Path) -> None:
    root = tmp_path / "set"
    overwrite(video_file(root / "father" / "an_1.mp4"), 10, 70)
    video_file(root / "father" / "an_2.mp4")
    told = ["--data", str(root), "--workers", "1", "--out"]
    prepared = ["prepare", "folder", *told, str(tmp_path / "p"), "--crop", "centre"]
    for command in (prepared, ["landmarks", "folder", *told, str(tmp_path / "l")]):
        result = CliRunner().invoke(app, command)
        assert "an_1.mp4: damaged" in result.stderr
        if command is prepared:
            assert result.exit_code == 0, result.output
            assert json.loads(result.stdout)["left_out"] == 1
