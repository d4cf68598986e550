"""One captured picture and the landmarks seen in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """What the detector found in one frame; everything in pixels of that frame.

    `pose` is `(33, 4)` float32 in MediaPipe's pose order: x, y, z (same unit as x), visibility in
    0..1. `left_hand` / `right_hand` are `(21, 3)` float32 in MediaPipe's hand order, named after
    the *signer's* hand. None stands for "not seen".
    """

    pose: NDArray[np.float32] | None
    left_hand: NDArray[np.float32] | None = None
    right_hand: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """`image` is `(H, W, 3)` uint8 BGR, not mirrored; `t_s` the source's own clock in seconds.

    `landmarks` is set only by sources that know them without looking (reference motions), and
    `showing` by those that know which sign they show.
    """

    image: NDArray[np.uint8]
    t_s: float
    index: int
    landmarks: Landmarks | None = None
    showing: str | None = None
