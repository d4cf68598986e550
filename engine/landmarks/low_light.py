"""Dark pictures, made bright enough for landmarks to be found in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.opencv import cv2

TOO_DARK = 24.0
"""Below this light not even a brightened picture shows much."""

DIM = 90.0
"""Below this light a picture is brightened before anybody is looked for in it."""

_WANTED = 150.0
_DARKEST = 6.0
_MOST_GAIN = 16.0
_BRIGHT_PART = 95.0
_SAMPLES = 64


def light_of(image: NDArray[np.uint8]) -> float:
    """How light the lighter parts of a picture `(H, W[, C])` are, 0 to 255.

    Not its mean: a lit person before a dark wall is well seen, and so is one in dark clothes.
    """
    step = max(1, max(image.shape[:2]) // _SAMPLES)
    few = image[::step, ::step]
    grey = few if few.ndim == 2 else few[..., :3].mean(axis=2)
    return float(np.percentile(grey, _BRIGHT_PART))


def brightened(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same picture where there is light enough; a dark one stretched and lifted.

    The darker, the more, from nothing at `DIM`, so that light that wavers about it makes no
    difference.
    """
    light = light_of(image)
    if light >= DIM or light < _DARKEST:
        return image
    share = min(1.0, (DIM - light) / (DIM / 2))
    gain = min(_MOST_GAIN, 1.0 + share * (_WANTED / light - 1.0))
    levels = np.arange(256) * gain
    table = np.clip(np.round(levels), 0, 255).astype(np.uint8)
    return cv2.LUT(image, table)  # type: ignore[return-value]
