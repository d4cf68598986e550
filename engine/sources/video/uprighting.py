"""Pictures as they are to be seen: pixels square, upright, not mirrored, as the film's header says.

A display matrix is nine numbers `a b u / c d v / x y w`: what is stored at `(x, y)` is shown at
`(a x + c y, b x + d y)` (ISO 14496-12, 8.2.2). Films are turned by quarters and mirrored; a matrix
in between is taken for the nearest of these eight.
"""

from __future__ import annotations

import struct
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.libav import SideData, av

_MATRIX_BYTES = 36
_WIDEST_PIXEL = 4
"""No recorder's pixels are wider or higher than this; a header that says so is damaged."""


def upright(picture: av.VideoFrame, pixel_shape: Fraction | None) -> NDArray[np.uint8]:
    """`(H, W, 3)` BGR. `pixel_shape`: width over height of a stored pixel, None where nothing says
    it."""
    width, height = square_size(picture.width, picture.height, pixel_shape)
    image: NDArray[np.uint8] = picture.to_ndarray(  # type: ignore[assignment]
        format="bgr24", width=width, height=height
    )
    return np.ascontiguousarray(turned(image, _matrix(picture)))


def square_size(width: int, height: int, pixel_shape: Fraction | None) -> tuple[int, int]:
    """Width and height in square pixels, such that none of the picture's detail is lost."""
    shape = pixel_shape or Fraction(1)
    if shape == 1 or not Fraction(1, _WIDEST_PIXEL) <= shape <= _WIDEST_PIXEL:
        return width, height
    if shape > 1:
        return round(width * shape), height
    return width, round(height / shape)


def turned(image: NDArray[np.uint8], matrix: tuple[int, ...] | None) -> NDArray[np.uint8]:
    """The picture `(H, W, 3)` as a display matrix wants it, a view of the same memory."""
    if matrix is None:
        return image
    a, b, _, c, d = matrix[:5]
    across, down = a, d
    if abs(b) + abs(c) > abs(a) + abs(d):
        image, across, down = image.swapaxes(0, 1), c, b
    if across < 0:
        image = image[:, ::-1]
    return image[::-1] if down < 0 else image


def _matrix(picture: av.VideoFrame) -> tuple[int, ...] | None:
    told = picture.side_data.get("DISPLAYMATRIX")
    if not isinstance(told, SideData) or told.buffer_size < _MATRIX_BYTES:
        return None
    return struct.unpack("=9i", bytes(told)[:_MATRIX_BYTES])
