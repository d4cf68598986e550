"""The sides from which a sign is compared: all that is told of it, the hands' shapes alone, their
places alone, and what is told of the sign as a whole. Signs alike from one side differ from
another, and a hand badly seen spoils one of them, not all."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.recognition.sign_encoder.features import (
    HAND_FEATURES,
    MOMENT_FEATURES,
    POOLED_FEATURES,
    POOLED_SHAPES,
    WAVES,
)

View = Literal["all", "shape", "place", "whole"]


def rows_of(view: View) -> NDArray[np.intp]:
    """Which of a sign's features are looked at from this side."""
    pooled = np.arange(POOLED_FEATURES) + WAVES * MOMENT_FEATURES
    if view == "whole":
        return pooled
    moments = np.arange(WAVES * MOMENT_FEATURES).reshape(WAVES, MOMENT_FEATURES)
    hands, parts = 2 * HAND_FEATURES, slice(None)
    if view == "shape":
        moments, parts = moments[:, :hands], slice(None, POOLED_SHAPES)
    elif view == "place":
        moments, parts = moments[:, hands:], slice(POOLED_SHAPES, None)
    return np.concatenate([moments.reshape(-1), pooled[parts]])
