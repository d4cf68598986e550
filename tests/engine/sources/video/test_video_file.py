"""Video files as people have them: turned, damaged, oddly named, with uneven times."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import psutil
import pytest

from engine.frame import Frame
from engine.libav import av
from engine.sources.errors import SourceError
from engine.sources.opening import open_source
from engine.sources.video.video_file import VideoFileSource
from tests.videos import write_video


def read_all(path: Path) -> list[Frame]:
    source = VideoFileSource(path)
    frames = list(iter(source.read, None))
    source.close()
    return [frame for frame in frames if frame is not None]


def write_turned(path: Path, a: int, b: int, c: int, d: int) -> Path:
    """A clip, bright at the top as stored, with this display matrix in its track header."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=Fraction(30))
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        image = np.full((120, 160, 3), 20, np.uint8)
        image[:30] = 230
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        container.mux(stream.encode(None))
    content = bytearray(path.read_bytes())
    header = content.index(b"tkhd")
    assert content[header + 4] == 0
    matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    content[header + 44 : header + 80] = matrix
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("matrix", "shape", "bright"),
    [
        ((1, 0, 0, 1), (120, 160), (5, 80)),
        ((0, 1, -1, 0), (160, 120), (80, 115)),
        ((-1, 0, 0, -1), (120, 160), (115, 80)),
        ((0, -1, 1, 0), (160, 120), (80, 5)),
    ],
    ids=["upright", "clockwise", "upside-down", "counter-clockwise"],
)
def test_a_clip_from_a_turned_telephone_stands_upright(
    tmp_path: Path,
    matrix: tuple[int, int, int, int],
    shape: tuple[int, int],
    bright: tuple[int, int],
) -> None:
    image = read_all(write_turned(tmp_path / "turned.mp4", *matrix))[0].image
    assert image.shape == (*shape, 3)
    assert image[bright].min() > 180
    height, width = shape
    opposite = (height - 1 - bright[0], width - 1 - bright[1])
    assert image[opposite].max() < 60


def test_uneven_times_are_kept_and_start_at_zero(tmp_path: Path) -> None:
    path = tmp_path / "uneven.mkv"
    milliseconds = [500, 533, 700, 710, 1500]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        for t_ms in milliseconds:
            picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="bgr24")
            picture.pts, picture.time_base = t_ms, Fraction(1, 1000)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    expected = [(t_ms - 500) / 1000 for t_ms in milliseconds]
    assert [frame.t_s for frame in read_all(path)] == pytest.approx(expected, abs=1e-3)
    looped = VideoFileSource(path, loop=True)
    times = [frame.t_s for _ in range(13) if (frame := looped.read()) is not None]
    looped.close()
    assert len(times) == 13
    assert np.all(np.diff(times) > 0)
    assert np.diff(times[5:10]) == pytest.approx(np.diff(expected), abs=1e-3)


def test_damage_in_the_middle_costs_only_the_damaged_pictures(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", frames=60)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200] = np.random.default_rng(2).bytes(200)
    path.write_bytes(content)
    frames = read_all(path)
    assert len(frames) >= 50
    assert frames[-1].t_s > 1.9


@pytest.mark.parametrize("suffix", ["mkv", "avi"])
def test_a_file_that_breaks_off_plays_to_there(tmp_path: Path, suffix: str) -> None:
    path = write_video(tmp_path / f"clip.{suffix}", frames=60)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert 20 <= len(read_all(path)) < 60


def test_a_colon_in_a_name_is_no_protocol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_video(tmp_path / "clip.mp4", frames=3).rename(tmp_path / "01:30 100%d.mp4")
    monkeypatch.chdir(tmp_path)
    assert len(read_all(Path("01:30 100%d.mp4"))) == 3


def write_sound(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        silence = np.zeros((1, 800), np.int16)
        frame = av.AudioFrame.from_ndarray(silence, format="s16", layout="mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def write_text(path: Path) -> None:
    path.write_text("these are words\n" * 50)


def write_playlist(path: Path) -> None:
    path.write_text("#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")


def write_unknown_encoding(path: Path) -> None:
    content = write_video(path, frames=3, codec="ffv1").read_bytes()
    path.write_bytes(content.replace(b"FFV1", b"ZZQQ"))


def write_without_index(path: Path) -> None:
    content = write_video(path, frames=30).read_bytes()
    path.write_bytes(content[: content.index(b"moov")])


def play_one_picture(path: Path) -> None:
    source = open_source(str(path))
    try:
        source.read()
    finally:
        source.close()


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("sound.mkv", write_sound),
        ("words.txt", write_text),
        ("list.mp4", write_playlist),
        ("list.m3u8", write_playlist),
        ("unknown.avi", write_unknown_encoding),
        ("cut.mp4", write_without_index),
        ("folder.mp4", Path.mkdir),
        ("missing.mp4", lambda path: None),
    ],
)
def test_what_cannot_be_played_is_named_in_one_line(
    tmp_path: Path, name: str, write: Callable[[Path], None]
) -> None:
    path = tmp_path / name
    write(path)
    with pytest.raises(SourceError) as caught:
        play_one_picture(path)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_closing_from_another_thread_ends_the_reader_and_frees_the_file(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", frames=30)
    source = VideoFileSource(path, loop=True)
    some = threading.Event()
    errors: list[BaseException] = []

    def read_to_the_end() -> None:
        try:
            while (frame := source.read()) is not None:
                if frame.index == 40:
                    some.set()
        except BaseException as error:
            errors.append(error)

    reader = threading.Thread(target=read_to_the_end)
    reader.start()
    assert some.wait(20)
    source.close()
    reader.join(10)
    source.close()
    assert not reader.is_alive()
    assert not errors
    assert str(path) not in [file.path for file in psutil.Process().open_files()]


def test_real_recordings_give_every_picture(shared_data: Path) -> None:
    paths = sorted((shared_data / "vsl-sample").glob("*.mp4"))[:2]
    if not paths:
        pytest.skip("no sample clips in this folder")
    for path in paths:
        with av.open(str(path)) as container:
            pictures = sum(1 for _ in container.decode(video=0))
        assert len(read_all(path)) == pictures
