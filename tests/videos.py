"""Small real video files, written for a test."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np


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
