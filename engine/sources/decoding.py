"""PyAV, opened and read with every failure turned into one plain error."""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
from numpy.typing import NDArray

from engine.sources.errors import SourceError

av.logging.set_level(av.logging.PANIC)

Container = av.container.InputContainer

_DAMAGED_IN_A_ROW = 250
# What libav shows of a text file: its letters, drawn.
_NO_VIDEO = frozenset({"tty"})


def open_container(
    address: str,
    name: str,
    *,
    options: dict[str, str] | None = None,
    timeout_s: float | None = None,
    complaint: str = "not a video that can be played",
) -> tuple[Container, av.video.stream.VideoStream]:
    """The container and its first video stream. Raises SourceError."""
    try:
        container = av.open(address, options=options or {}, timeout=timeout_s)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise SourceError(f"{name}: {complaint} ({_reason(error)})") from error
    if container.format.name in _NO_VIDEO:
        container.close()
        raise SourceError(f"{name}: {complaint} (it holds text)")
    if not container.streams.video:
        container.close()
        raise SourceError(f"{name}: {complaint} (there are no pictures in it)")
    stream = container.streams.video[0]
    if stream.codec_context is None:
        container.close()
        raise SourceError(f"{name}: {complaint} (its encoding is not known here)")
    stream.thread_type = "AUTO"
    return container, stream


def decode(
    container: Container, stream: av.video.stream.VideoStream
) -> Iterator[tuple[NDArray[np.uint8], float | None]]:
    """BGR pictures, upright, with their time in seconds (None where the file gives none).

    Damaged pictures are left out. Raises av.FFmpegError where the file or stream breaks off.
    """
    for frame in _whole_frames(container, stream):
        image: NDArray[np.uint8] = frame.to_ndarray(format="bgr24")  # type: ignore[assignment]
        turns = round((frame.rotation or 0) / 90) % 4
        if turns:
            image = np.ascontiguousarray(np.rot90(image, turns))
        yield image, None if frame.time is None else float(frame.time)


def _whole_frames(
    container: Container, stream: av.video.stream.VideoStream
) -> Iterator[av.VideoFrame]:
    damaged = 0
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.FFmpegError:
            # The decoder's threads still hold pictures from before the break.
            yield from stream.codec_context.decode(None)
            raise
        if packet is None:
            return
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            damaged += 1
            if damaged >= _DAMAGED_IN_A_ROW:
                raise
            continue
        if frames:
            damaged = 0
        yield from frames


def _reason(error: Exception) -> str:
    if isinstance(error, av.error.ExitError):
        return "no answer in time"
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.splitlines()[0].lower()
