"""Films broken in every way a disk or a bad line breaks them: one plain line, or pictures."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from engine.messages import Message
from engine.sources.errors import SourceError
from engine.sources.video.video_file import VideoFileSource
from tests.videos import greys, write_pictures
from training.errors import DataError
from training.readers.files.decoding import evenly_spaced_frames

SEEDS = 48
SOAKED = 3000
KINDS = {".mp4": "libx264", ".mkv": "mpeg4", ".avi": "mjpeg", ".ts": "mpeg2video"}


def noise(content: bytearray, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(1, 30))):
        content[int(rng.integers(len(content)))] = int(rng.integers(256))


def noise_in_the_header(content: bytearray, rng: np.random.Generator) -> None:
    """Of an MP4 file it lies behind the pictures."""
    start = max(0, content.find(b"moov"))
    end = min(len(content), start + 600)
    for _ in range(int(rng.integers(1, 8))):
        content[int(rng.integers(start, end))] = int(rng.integers(256))


def cut_short(content: bytearray, rng: np.random.Generator) -> None:
    del content[int(rng.integers(len(content))) :]


def hole(content: bytearray, rng: np.random.Generator) -> None:
    start = int(rng.integers(len(content)))
    end = min(len(content), start + int(rng.integers(1, 3000)))
    content[start:end] = bytes(end - start)


def lost_piece(content: bytearray, rng: np.random.Generator) -> None:
    start = int(rng.integers(len(content)))
    del content[start : start + int(rng.integers(1, 3000))]


MUTATIONS: tuple[Callable[[bytearray, np.random.Generator], None], ...] = (
    noise,
    noise_in_the_header,
    cut_short,
    hole,
    lost_piece,
)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("films")
    made = {}
    for suffix, codec in KINDS.items():
        shown = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        path = write_pictures(folder / f"a{suffix}", greys(40), codec=codec, pixel_format=shown)
        made[suffix] = path.read_bytes()
    return made


def play(path: Path) -> None:
    """To its end, or to one plain line that names it; in training likewise."""
    try:
        source = VideoFileSource(path)
        try:
            frames = [frame for frame in iter(source.read, None) if frame is not None]
        finally:
            source.close()
        assert frames
        assert all(a.t_s < b.t_s for a, b in pairwise(frames))
        assert all(frame.image.dtype == np.uint8 and frame.image.ndim == 3 for frame in frames)
    except SourceError as error:
        said(path, error.message)
    try:
        assert len(evenly_spaced_frames(path, 8)) == 8
    except DataError as error:
        said(path, str(error))


def said(path: Path, message: str) -> None:
    assert not isinstance(message, Message) or message.values["name"] == str(path)
    assert path.name in message
    assert "\n" not in message


def broken(films: dict[str, bytes], seed: int, folder: Path) -> Path:
    rng = np.random.default_rng(seed)
    suffix = list(films)[seed % len(films)]
    content = bytearray(films[suffix])
    MUTATIONS[seed // len(films) % len(MUTATIONS)](content, rng)
    path = folder / f"film {seed}{suffix}"
    path.write_bytes(content)
    return path


# What thousands found: a stream that appears in the middle, and pictures whose stamp is no number.
@pytest.mark.parametrize("seed", [*range(SEEDS), 923, 1075, 1283, 2275])
def test_a_broken_film_is_shown_as_far_as_it_goes_or_named(
    films: dict[str, bytes], seed: int, tmp_path: Path
) -> None:
    play(broken(films, seed, tmp_path))


@pytest.mark.soak
def test_thousands_of_broken_films(films: dict[str, bytes], tmp_path: Path) -> None:
    for seed in range(SEEDS, SEEDS + SOAKED):
        path = broken(films, seed, tmp_path)
        play(path)
        path.unlink()


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 5000, b"these are words\n" * 200, b"\xff" * 5000, b"\x1a\x45\xdf\xa3", b"G"],
    ids=["nothing", "zeros", "words", "ones", "a matroska's first bytes", "one letter"],
)
@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".txt", ""])
def test_what_is_no_film_is_named(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="film"):
        VideoFileSource(path).read()
    play(path)


def test_a_folder_is_no_film_and_called_a_folder(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").mkdir()
    with pytest.raises(SourceError, match=r"film\.mp4: this is a folder") as caught:
        VideoFileSource(tmp_path / "film.mp4")
    assert caught.value.message.code == "source.folder"  # type: ignore[attr-defined]
