"""Optical flow of a clip, for the baselines that take flow as input."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.opencv import cv2
from training.errors import DataError

FlowMethod = Literal["dis", "tvl1"]

BOUND_PX = 20.0
"""Two-Stream I3D clips flow to +-20 pixels (Carreira and Zisserman, 2017)."""


def clip_flow(frames: NDArray[np.uint8], method: FlowMethod = "dis") -> NDArray[np.float32]:
    """`(T, H, W, 3)` RGB to `(T, H, W, 2)`: x and y of each frame's movement to the next, in parts
    of 20 pixels, clipped to [-1, 1]. The last pair is repeated, so that T stays T.

    'dis': Dense Inverse Search (Kroeger et al., 2016), a millisecond a pair; 'tvl1': TV-L1 (Zach et
    al., 2007), the papers' choice, twenty times slower. Raises DataError when this OpenCV build has
    no TV-L1.
    """
    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in frames]
    estimate = _Estimator(method)
    flow = np.zeros((*frames.shape[:3], 2), np.float32)
    for t in range(len(frames) - 1):
        flow[t] = estimate(grey[t], grey[t + 1])
    if len(frames) > 1:
        flow[-1] = flow[-2]
    return (flow / BOUND_PX).clip(-1, 1)


class _Estimator:
    """One flow algorithm, set up once for all pairs of a clip."""

    def __init__(self, method: FlowMethod) -> None:
        if method == "dis":
            self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
            # At 64 pixels the preset's finest scale, a quarter, would see nothing of a hand.
            self._flow.setFinestScale(0)
        else:
            module = getattr(cv2, "optflow", None)
            if module is None:
                raise DataError("this OpenCV build has no TV-L1 flow; choose dis")
            self._flow = module.DualTVL1OpticalFlow.create()

    def __call__(self, first: NDArray[np.uint8], second: NDArray[np.uint8]) -> NDArray[np.float32]:
        flow = np.zeros((*first.shape, 2), np.float32)
        return np.asarray(self._flow.calc(first, second, flow), np.float32)
