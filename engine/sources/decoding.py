"""PyAV, opened and read with every failure turned into one plain error."""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
from numpy.typing import NDArray

from engine.sources.errors import SourceError

av.logging.set_level(av.logging.PANIC)

Container = av.container.InputContainer


def open_container(
    address: str,
    name: str,
    *,
    options: dict[str, str] | None = None,
    timeout_s: float | None = None,
) -> tuple[Container, av.video.stream.VideoStream]:
    """The container and its first video stream. Raises SourceError."""
    try:
        container = av.open(address, options=options or {}, timeout=timeout_s)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise SourceError(f"{name}: not a video that can be played ({_reason(error)})") from error
    if not container.streams.video:
        container.close()
        raise SourceError(f"{name}: there is no picture in this file")
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    return container, stream


def decode(
    container: Container, stream: av.video.stream.VideoStream
) -> Iterator[tuple[NDArray[np.uint8], float | None]]:
    """BGR pictures, upright, with their time in seconds (None where the file gives none).

    Raises av.FFmpegError where the data is damaged.
    """
    for frame in container.decode(stream):
        image: NDArray[np.uint8] = frame.to_ndarray(format="bgr24")  # type: ignore[assignment]
        turns = round((frame.rotation or 0) / 90) % 4
        if turns:
            image = np.ascontiguousarray(np.rot90(image, turns))
        yield image, None if frame.time is None else float(frame.time)


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.splitlines()[0].lower()
