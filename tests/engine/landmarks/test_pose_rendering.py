"""The pose view: the same signer anywhere in the picture gives the same film."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.landmarks.gap_filling import fill_gaps
from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.landmarks.pose_rendering import LEFT_EDGE, TOP_EDGE, VIEW_WIDTH, render_pose
from engine.landmarks.skeletons import UPPER_BODY, mirror_signer

STANDING = np.array(
    [[0.5, 0], [-0.5, 0], [0.6, 0.8], [-0.6, 0.8], [0.6, 1.5], [-0.6, 1.5], [0, -0.8]], np.float32
)


def film(joints: np.ndarray, size: int = 32) -> np.ndarray:
    return render_pose(normalise_by_shoulders(joints[None]), size)


@given(
    scale=st.floats(20, 800),
    x=st.floats(-2000, 2000),
    y=st.floats(-2000, 2000),
)
def test_place_and_size_of_the_signer_do_not_matter(scale: float, x: float, y: float) -> None:
    joints = np.repeat(STANDING[None], 24, axis=0)
    moved = (joints * scale + np.array([x, y])).astype(np.float32)
    assert np.allclose(film(joints), film(moved), atol=0.02)


def test_range_shape_and_background() -> None:
    drawn = film(np.repeat(STANDING[None], 24, axis=0))
    assert drawn.shape == (1, 3, 24, 32, 32)
    assert float(drawn.min()) == -1.0 and float(drawn.max()) <= 1.0
    assert float(drawn[0, :, 0, 0, 0].max()) == -1.0


def test_each_hand_is_drawn_where_it_is_in_its_own_channel() -> None:
    size = 64
    joints = np.repeat(STANDING[None], 24, axis=0)
    drawn = film(joints, size)[0, :, 0]
    for channel, hand in ((0, "right_hand"), (2, "left_hand")):
        x, y = STANDING[UPPER_BODY.index(hand)]
        row, column = divmod(int(drawn[channel].argmax()), size)
        assert abs((column + 0.5) * VIEW_WIDTH / size + LEFT_EDGE - x) < 0.08
        assert abs((row + 0.5) * VIEW_WIDTH / size + TOP_EDGE - y) < 0.08


def test_unseen_joints_leave_no_mark() -> None:
    joints = np.repeat(STANDING[None], 24, axis=0)
    joints[:, UPPER_BODY.index("left_hand")] = np.nan
    drawn = film(joints)
    assert not np.isnan(drawn).any()
    assert float(drawn[0, 2].max()) < float(film(np.repeat(STANDING[None], 24, axis=0))[0, 2].max())


def test_nobody_gives_an_empty_film() -> None:
    assert float(film(np.full((24, 7, 2), np.nan, np.float32)).max()) == -1.0


def test_mirroring_twice_changes_nothing() -> None:
    assert np.array_equal(mirror_signer(mirror_signer(STANDING)), STANDING)


def test_a_left_handed_signer_is_drawn_as_a_right_handed_one() -> None:
    right = np.repeat(STANDING[None], 24, axis=0).copy()
    right[:, UPPER_BODY.index("right_hand")] = (-0.2, -0.5)
    left = np.repeat(STANDING[None], 24, axis=0).copy()
    left[:, UPPER_BODY.index("left_hand")] = (0.2, -0.5)
    assert np.allclose(film(right), film(mirror_signer(left)), atol=1e-4)


def test_gaps_are_filled_between_and_held_at_the_edges() -> None:
    joints = np.repeat(STANDING[None], 5, axis=0).copy()
    joints[:, 4] = [[np.nan, np.nan], [1, 1], [np.nan, np.nan], [3, 5], [np.nan, np.nan]]
    filled = fill_gaps(joints)
    assert filled[:, 4].tolist() == [[1, 1], [1, 1], [2, 3], [3, 5], [3, 5]]
