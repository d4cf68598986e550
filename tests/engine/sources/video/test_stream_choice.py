"""Which stream of a file is the film: never a cover picture, wherever it lies."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.libav import av
from engine.sources.errors import SourceError
from engine.sources.video.video_file import VideoFileSource
from tests.videos import greys, write_pictures
from training.errors import DataError
from training.readers.files.decoding import timed_frames

COVER, FILM = (32, 24), (64, 48)
ATTACHED = av.stream.Disposition.attached_pic
DEFAULT = av.stream.Disposition.default


def write_streams(path: Path, kinds: list[str], *, cover_marked: bool, first_default: bool) -> None:
    """`cover`, `film`, `small film` or `sound`, in this order, all in one file."""
    with av.open(str(path), "w") as output:
        streams = {}
        for kind in kinds:
            if kind == "sound":
                stream = output.add_stream("pcm_s16le", rate=8000, layout="mono")
            else:
                codec = "mjpeg" if kind == "cover" else "mpeg4"
                stream = output.add_stream(codec, rate=Fraction(25))
                size = FILM if kind == "film" else COVER
                stream.width, stream.height = size
                stream.pix_fmt = "yuvj420p" if kind == "cover" else "yuv420p"
            if kind == "cover" and cover_marked:
                stream.disposition = ATTACHED
            elif first_default:
                stream.disposition = DEFAULT if not streams else av.stream.Disposition(0)
            streams[kind] = stream
        for kind, stream in streams.items():
            if kind == "sound":
                sound = av.AudioFrame.from_ndarray(
                    np.zeros((1, 800), np.int16), format="s16", layout="mono"
                )
                sound.sample_rate = 8000
                output.mux(stream.encode(sound))
            else:
                size = FILM if kind == "film" else COVER
                for picture in greys(1 if kind == "cover" else 10, size=size):
                    output.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
            output.mux(stream.encode(None))


def shapes(path: Path) -> list[tuple[int, ...]]:
    source = VideoFileSource(path)
    live = [frame.image.shape for frame in iter(source.read, None) if frame is not None]
    source.close()
    assert [frame.shape for _, frame in timed_frames(path)] == live
    return live


@pytest.mark.parametrize("cover_marked", [True, False])
@pytest.mark.parametrize("first_default", [True, False])
@pytest.mark.parametrize(
    "kinds",
    [
        ["cover", "film"],
        ["film", "cover"],
        ["sound", "film"],
        ["sound", "cover", "film"],
        ["cover", "sound", "film"],
    ],
    ids=" ".join,
)
def test_the_film_is_played_wherever_it_lies(
    tmp_path: Path, kinds: list[str], cover_marked: bool, first_default: bool
) -> None:
    path = tmp_path / "clip.mkv"
    write_streams(path, kinds, cover_marked=cover_marked, first_default=first_default)
    assert shapes(path) == [(48, 64, 3)] * 10


def test_of_two_films_libavs_best_is_played(tmp_path: Path) -> None:
    path = tmp_path / "clip.mkv"
    write_streams(path, ["small film", "film"], cover_marked=False, first_default=True)
    assert shapes(path) == [(24, 32, 3)] * 10


def test_a_film_of_single_jpegs_is_a_film(tmp_path: Path) -> None:
    path = write_pictures(tmp_path / "a.avi", greys(5), codec="mjpeg", pixel_format="yuvj420p")
    assert shapes(path) == [(48, 64, 3)] * 5


def test_a_song_with_a_cover_is_no_film(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    jpeg = tmp_path / "cover.jpg"
    write_pictures(jpeg, greys(1), codec="mjpeg", pixel_format="yuvj420p", container="image2")
    path.write_bytes(song_with_cover(jpeg.read_bytes()))
    with pytest.raises(SourceError, match=r"song\.mp3.*cover"):
        VideoFileSource(path)
    with pytest.raises(DataError, match=r"song\.mp3.*cover"):
        list(timed_frames(path))


def song_with_cover(jpeg: bytes) -> bytes:
    """Silent MP3 frames behind an ID3 tag that holds a cover (ID3v2.3, APIC), as libav reads it."""
    picture = b"\0image/jpeg\0\x03\0" + jpeg
    frame = b"APIC" + len(picture).to_bytes(4, "big") + b"\0\0" + picture
    size = bytes((len(frame) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    silence = b"\xff\xfb\x90\x64" + b"\0" * 413
    return b"ID3\x03\0\0" + size + frame + silence * 20
