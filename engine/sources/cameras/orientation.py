"""Cameras that hang sideways or upside down: their pictures are turned before anything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from engine.frame import Frame

Turn = Literal[0, 90, 180, 270]
"""Degrees clockwise, as one turns what is seen."""
TURNS: tuple[Turn, ...] = (0, 90, 180, 270)


def read_turn(text: str) -> Turn:
    """One of `TURNS`; 0 for any other text."""
    return next((turn for turn in TURNS if str(turn) == text), 0)


def turned(frame: Frame, turn: Turn) -> Frame:
    """`frame` turned clockwise. One whose landmarks are known beforehand, as of a recorded motion,
    hangs upright already and stays as it is."""
    if turn == 0 or frame.landmarks is not None:
        return frame
    return replace(frame, image=np.ascontiguousarray(np.rot90(frame.image, k=-turn // 90)))
