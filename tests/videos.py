"""Small real video files, written for a test."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.libav import av


def write_video(
    path: Path,
    *,
    frames: int = 30,
    size: tuple[int, int] = (160, 120),
    rate: int = 30,
    grey: bool = False,
    codec: str = "mpeg4",
) -> Path:
    """A square that moves over a plain ground; the file's frame number is its brightness."""
    width, height = size
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=Fraction(rate))
        stream.width, stream.height = width, height
        stream.pix_fmt = "gray" if grey else "yuv420p"
        for i in range(frames):
            image = np.full((height, width, 3), 40 + (i * 5) % 180, np.uint8)
            left = (i * 3) % (width - 20)
            image[10:30, left : left + 20] = (250, 250, 250)
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_pictures(
    path: Path,
    pictures: Sequence[NDArray[np.uint8]],
    *,
    codec: str = "mpeg4",
    pixel_format: str = "yuv420p",
    pixel_shape: Fraction | None = None,
    milliseconds: Sequence[int] | None = None,
    container: str | None = None,
) -> Path:
    """BGR pictures `(H, W, 3)` of one size, 25 a second, or each at its own time."""
    height, width = pictures[0].shape[:2]
    with av.open(str(path), "w", format=container) as output:
        stream = output.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, pixel_format
        if pixel_shape is not None:
            stream.codec_context.sample_aspect_ratio = pixel_shape
        if milliseconds is not None:
            stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        for i, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            if milliseconds is not None:
                frame.pts, frame.time_base = milliseconds[i], Fraction(1, 1000)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def greys(count: int, *, size: tuple[int, int] = (64, 48)) -> list[NDArray[np.uint8]]:
    """Plain pictures, each 5 brighter than the one before, from 20 on to 219 and again."""
    width, height = size
    return [np.full((height, width, 3), 20 + (i * 5) % 200, np.uint8) for i in range(count)]


def set_display_matrix(path: Path, a: int, b: int, c: int, d: int) -> None:
    """Write it into the track header of an MP4 file (ISO 14496-12, 8.3.2)."""
    content = bytearray(path.read_bytes())
    header = content.index(b"tkhd")
    assert content[header + 4] == 0
    matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    content[header + 44 : header + 80] = matrix
    path.write_bytes(content)
