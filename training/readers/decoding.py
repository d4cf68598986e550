"""Frames of a video file, evenly spaced, decoded in sequence: seeking is slower and less exact."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from training.errors import DataError


def evenly_spaced_frames(path: Path, count: int) -> NDArray[np.uint8]:
    """`(count, H, W, 3)` RGB from the first picture to the last; short clips repeat pictures.

    A file that is damaged after some pictures gives those it has. Raises DataError naming the file
    when it is missing, empty, no video or without a picture.
    """
    if not path.is_file():
        raise DataError(f"{path}: there is no such file")
    if path.stat().st_size == 0:
        raise DataError(f"{path}: the file is empty")
    total = _count(path)
    if total == 0:
        raise DataError(f"{path}: not one picture in this file can be decoded")
    wanted = np.linspace(0, total - 1, count).round().astype(int)
    needed = set(map(int, wanted))
    kept: dict[int, NDArray[np.uint8]] = {}
    for i, picture in enumerate(_pictures(path)):
        if i in needed:
            kept[i] = picture.to_ndarray(format="rgb24")
        if i >= total - 1:
            break
    shapes = {frame.shape for frame in kept.values()}
    if len(shapes) != 1 or len(kept) != len(needed):
        raise DataError(f"{path}: its pictures change size or cannot be decoded twice alike")
    return np.stack([kept[int(i)] for i in wanted])


def _count(path: Path) -> int:
    return sum(1 for _ in _pictures(path))


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
