"""Joints between the moments at which they were seen."""

from __future__ import annotations

import numpy as np

from engine.landmarks.gap_filling import joints_at


def test_before_the_first_frame_the_first_frame_is_held() -> None:
    joints = np.array([[[0.0, 0.0]], [[10.0, 20.0]]], np.float32)
    sampled = joints_at((5.0, 6.0), joints, np.array([0.0, 5.5, 9.0]))
    assert sampled[:, 0].tolist() == [[0, 0], [5, 10], [10, 20]]
