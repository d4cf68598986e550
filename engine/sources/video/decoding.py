"""PyAV, opened and read with every failure turned into one plain error."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.libav import av
from engine.messages import Message, reason_of
from engine.sources.errors import SourceError
from engine.sources.video.uprighting import upright

Container = av.container.InputContainer
VideoStream = av.video.stream.VideoStream

_DAMAGED_IN_A_ROW = 250
# What libav shows of a text file: its letters, drawn.
_TEXT = frozenset({"tty"})
_COVER = av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails
# A picture beside a film is in one of these, marked as a cover or not.
_STILL = frozenset({"bmp", "gif", "jpeg2000", "mjpeg", "png", "tiff", "webp"})


def open_container(
    address: str,
    name: str,
    *,
    options: dict[str, str] | None = None,
    timeout_s: float | None = None,
    kind: Literal["file", "stream"] = "file",
) -> tuple[Container, VideoStream]:
    """The container and its film: libav's best stream of those that are no cover picture.

    `kind` chooses the words of the SourceError that is raised where it cannot be opened.
    """
    try:
        container = av.open(address, options=options or {}, timeout=timeout_s)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise SourceError(_refusal(kind, name, error)) from error
    try:
        return container, _film(container, name)
    except SourceError:
        container.close()
        raise


def decode(
    container: Container, stream: VideoStream
) -> Iterator[tuple[NDArray[np.uint8], float | None]]:
    """BGR pictures, upright in square pixels, with their own time stamp in seconds (None where the
    file gives none).

    Damaged pictures are left out. Raises av.FFmpegError where the file or stream breaks off.
    """
    for picture in pictures(container, stream):
        image = upright(picture, pixel_shape(stream))
        yield image, time_of(picture)


def pictures(
    container: Container, stream: VideoStream, harm: Harm | None = None
) -> Iterator[av.VideoFrame]:
    """What the decoder makes of the stream, in the order in which it is shown, without the damaged
    pictures, which are counted in `harm`. Raises av.FFmpegError where it breaks off."""
    harm = harm or Harm()
    damaged = 0
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.FFmpegError:
            yield from _rest(stream)
            raise
        except IndexError:
            # PyAV, at the end of a film in whose middle libav took damage for another stream.
            yield from _rest(stream)
            return
        if packet is None:
            return
        harm.packets += 1
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            harm.damaged += 1
            damaged += 1
            if damaged >= _DAMAGED_IN_A_ROW:
                raise
            continue
        if frames:
            damaged = 0
        yield from frames


def _rest(stream: VideoStream) -> list[av.VideoFrame]:
    """What the decoder's threads still hold from before a break."""
    try:
        frames = stream.codec_context.decode(None)
    except av.FFmpegError:
        return []
    for frame in frames:
        # Without a packet of the stream's, a picture does not know what its stamp counts.
        frame.time_base = stream.time_base or frame.time_base
    return frames


class Harm:
    """How much of a stream could not be decoded."""

    def __init__(self) -> None:
        self.packets, self.damaged = 0, 0

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.damaged / max(1, self.packets)


def time_of(picture: av.VideoFrame) -> float | None:
    """Its own stamp in seconds; None where it has none that is a number."""
    t_s = picture.time
    return float(t_s) if t_s is not None and math.isfinite(t_s) else None


def pixel_shape(stream: VideoStream) -> Fraction | None:
    """Width over height of a stored pixel: as the file says, else as the encoding says, which may
    be known from its first picture on; None where neither does."""
    return stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio


def _refusal(kind: str, name: str, error: Exception) -> Message:
    if isinstance(error, av.error.InvalidDataError | av.error.EOFError):
        return Message(f"source.{kind}-no-video", name=name)
    if isinstance(error, av.error.ExitError):
        return Message("source.stream-no-answer", name=name)
    reason = reason_of(error)
    reason = reason if isinstance(reason, Message) else reason.lower()
    return Message(f"source.{kind}-fails", name=name, reason=reason)


def _film(container: Container, name: str) -> VideoStream:
    if container.format.name in _TEXT:
        raise SourceError(Message("source.only-text", name=name))
    streams = container.streams.video
    if not streams:
        raise SourceError(Message("source.no-pictures", name=name))
    films = [stream for stream in streams if not stream.disposition & _COVER]
    if not films:
        raise SourceError(Message("source.only-cover", name=name))
    known = [stream for stream in films if stream.codec_context is not None]
    if not known:
        raise SourceError(Message("source.unknown-encoding", name=name))
    moving = [stream for stream in known if stream.codec_context.name not in _STILL] or known
    try:
        best = container.streams.best("video")
    except IndexError:
        # Of a broken file libav may find a stream later, which PyAV does not know.
        best = None
    stream = next((stream for stream in moving if stream is best), None) or max(moving, key=_area)
    stream.thread_type = "AUTO"
    return stream


def _area(stream: VideoStream) -> int:
    return stream.codec_context.width * stream.codec_context.height
