"""A clip as one picture: its frames side by side, six to a row.

Neighbouring frames of a clip look alike and one file a clip is quick to copy and to check. WebP,
because a set has to fit through a 64 MiB pipe to a machine that trains.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.opencv import cv2
from training.errors import DataError

_ACROSS = 6


def encode_sheet(frames: NDArray[np.uint8], quality: int) -> bytes:
    """`(T, S, S, 3)` RGB to WebP; `quality` 1..100."""
    count, size = frames.shape[:2]
    rows = -(-count // _ACROSS)
    sheet = np.zeros((rows * size, _ACROSS * size, 3), np.uint8)
    for t, frame in enumerate(frames):
        y, x = (t // _ACROSS) * size, (t % _ACROSS) * size
        sheet[y : y + size, x : x + size] = frame[:, :, ::-1]
    done, data = cv2.imencode(".webp", sheet, [cv2.IMWRITE_WEBP_QUALITY, quality])
    if not done:
        raise DataError("a contact sheet could not be encoded as WebP")
    return bytes(data)


def decode_sheet(data: bytes, count: int, size: int, name: str) -> NDArray[np.uint8]:
    """Back to `(count, size, size, 3)` RGB. Raises DataError naming `name`."""
    sheet = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    rows = -(-count // _ACROSS)
    if sheet is None or sheet.shape != (rows * size, _ACROSS * size, 3):
        raise DataError(f"{name}: not the contact sheet of {count} frames of {size} x {size}")
    frames = np.empty((count, size, size, 3), np.uint8)
    for t in range(count):
        y, x = (t // _ACROSS) * size, (t % _ACROSS) * size
        frames[t] = sheet[y : y + size, x : x + size, ::-1]
    return frames
