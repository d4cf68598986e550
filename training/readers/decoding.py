"""Frames of a video file, evenly spaced, decoded in sequence: seeking is slower and less exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from training.errors import DataError

# Decoded pictures kept at a time, a worker process: about 10 s of 720p, or a minute of less.
_HELD_PICTURES, _HELD_BYTES = 1500, 512 * 2**20
_UNTIMED_STEP_S = 1 / 30


def evenly_spaced_frames(path: Path, count: int) -> NDArray[np.uint8]:
    """`(count, H, W, 3)` RGB from the first picture to the last; short clips repeat pictures.

    A file that is damaged after some pictures gives those it has. Raises DataError naming the file
    when it is missing, empty, no video or without a picture.
    """
    if not path.is_file():
        raise DataError(f"{path}: there is no such file")
    if path.stat().st_size == 0:
        raise DataError(f"{path}: the file is empty")
    total, held, size = 0, [], 0
    for picture in _pictures(path):
        total += 1
        if total <= _HELD_PICTURES and size <= _HELD_BYTES:
            held.append(picture)
            size += 2 * picture.width * picture.height
    if total == 0:
        raise DataError(f"{path}: not one picture in this file can be decoded")
    wanted = np.linspace(0, total - 1, count).round().astype(int)
    needed = set(map(int, wanted))
    # What did not fit in memory is decoded once more.
    again = held if len(held) == total else _pictures(path)
    kept = {
        i: _rgb(picture) for i, picture in zip(range(total), again, strict=False) if i in needed
    }
    shapes = {frame.shape for frame in kept.values()}
    if len(shapes) != 1 or len(kept) != len(needed):
        raise DataError(f"{path}: its pictures change size or cannot be decoded twice alike")
    return np.stack([kept[int(i)] for i in wanted])


def timed_frames(path: Path) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """Every picture `(H, W, 3)` RGB with its second in the film, from 0 on and only growing.

    A file that is damaged after some pictures gives those it has. Raises DataError naming a file
    that is missing, empty, no video or without a picture.
    """
    if not path.is_file():
        raise DataError(f"{path}: there is no such file")
    if path.stat().st_size == 0:
        raise DataError(f"{path}: the file is empty")
    first: float | None = None
    newest = -1.0
    for picture in _pictures(path):
        t_s = picture.time if picture.time is not None else newest + _UNTIMED_STEP_S
        first = t_s if first is None else first
        if t_s - first > newest:
            newest = t_s - first
            yield newest, _rgb(picture)
    if first is None:
        raise DataError(f"{path}: not one picture in this file can be decoded")


def array_frames(path: Path, count: int, *, bgr: bool = False) -> NDArray[np.uint8]:
    """`(count, H, W, 3)` RGB out of an `.npy` film: uint8, or real numbers from 0 to 1 or to 255.

    Only the pictures asked for are read from the disk. Raises DataError naming the file.
    """
    film = open_array(path)
    if film.ndim != 4 or film.shape[-1] != 3 or 0 in film.shape:
        raise DataError(f"{path}: an array {film.shape} is no film (T, H, W, 3)")
    frames = np.asarray(film[np.linspace(0, len(film) - 1, count).round().astype(int)])
    if frames.dtype != np.uint8:
        # Also false where there are NaNs.
        if not (frames.min() >= 0 and frames.max() <= 255):
            raise DataError(f"{path}: brightness is neither from 0 to 1 nor from 0 to 255")
        scale = 255 if frames.dtype.kind == "f" and frames.max() <= 1 else 1
        frames = (frames * scale).round().astype(np.uint8)
    return np.ascontiguousarray(frames[..., ::-1] if bgr else frames)


def open_array(path: Path) -> NDArray[Any]:
    """The numbers of an `.npy` file, its header read and its length checked, the rest still on the
    disk. Raises DataError naming a file that is missing, cut short, pickled or no such file."""
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file") from error
    except Exception as error:  # a header can be wrong in many ways, each with its own exception
        raise DataError(f"{path}: not a readable array of numbers") from error
    if not isinstance(array, np.ndarray):
        array.close()
        raise DataError(f"{path}: holds several arrays, not one")
    if array.dtype.kind not in "uif":
        raise DataError(f"{path}: an array of {array.dtype}, not of numbers")
    return array


def _rgb(picture: av.VideoFrame) -> NDArray[np.uint8]:
    """Upright, as the live window shows a clip that was filmed with the phone turned."""
    image: NDArray[np.uint8] = picture.to_ndarray(format="rgb24")  # type: ignore[assignment]
    turns = round((picture.rotation or 0) / 90) % 4
    return np.ascontiguousarray(np.rot90(image, turns)) if turns else image


def _pictures(path: Path):  # type: ignore[no-untyped-def]
    """Decoded pictures until the end or the first damage."""
    try:
        # A playlist that calls itself a clip shall not reach out to the network.
        container = av.open(str(path.absolute()), options={"protocol_whitelist": "file"})
    except (av.FFmpegError, OSError, ValueError) as error:
        raise DataError(f"{path}: not a video that can be read") from error
    with container:
        if not container.streams.video or container.format.name == "tty":
            raise DataError(f"{path}: there are no pictures in this file")
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        frames = container.decode(stream)
        while True:
            try:
                picture = next(frames, None)
            except (av.FFmpegError, ValueError):
                return
            if picture is None:
                return
            yield picture
