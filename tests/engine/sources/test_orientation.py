"""Pictures of cameras that hang sideways, turned upright."""

from __future__ import annotations

import numpy as np
import pytest

from engine.frame import Frame, Landmarks
from engine.sources.cameras.orientation import TURNS, Turn, read_turn, turned


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (0, 0)), (90, (0, 3)), (180, (3, 5)), (270, (5, 0))]
)
def test_the_upper_left_corner_goes_clockwise(turn: Turn, corner: tuple[int, int]) -> None:
    image = np.zeros((4, 6, 3), np.uint8)
    image[0, 0] = (1, 2, 3)
    frame = turned(Frame(image, 2.5, 7), turn)
    assert frame.image.shape == ((4, 6, 3) if turn in (0, 180) else (6, 4, 3))
    assert tuple(frame.image[corner]) == (1, 2, 3)
    assert (frame.t_s, frame.index) == (2.5, 7)
    assert frame.image.flags.c_contiguous


def test_a_motion_whose_joints_are_known_stays_upright() -> None:
    frame = Frame(np.zeros((4, 6, 3), np.uint8), 0.0, 0, Landmarks(None))
    assert turned(frame, 90) is frame


def test_only_right_angles_are_read() -> None:
    assert [read_turn(str(turn)) for turn in TURNS] == list(TURNS)
    assert [read_turn(text) for text in ("", "45", "left", "-90")] == [0, 0, 0, 0]
