"""The square around the signer that the `rgb` view is cut from."""

from __future__ import annotations

import numpy as np
import pytest

from engine.landmarks.person_crop import crop_clip, person_box, shrink_for_crop


def poses_of(left: tuple[float, float], right: tuple[float, float], count: int = 5) -> np.ndarray:
    poses = np.zeros((count, 33, 4), np.float32)
    poses[:, 11, :2], poses[:, 12, :2] = left, right
    return poses


def test_shoulder_indices_against_mediapipes_own_names() -> None:
    from mediapipe.tasks.python.vision import PoseLandmark

    poses = np.zeros((1, 33, 4), np.float32)
    poses[0, PoseLandmark.LEFT_SHOULDER, :2] = (300, 90)
    poses[0, PoseLandmark.RIGHT_SHOULDER, :2] = (200, 90)
    assert person_box(poses, 640, 480)[0] == 250


def test_the_box_grows_with_the_signer_and_one_bad_frame_is_outvoted() -> None:
    x, y, side = person_box(poses_of((70, 50), (50, 50)), 640, 480)
    assert (x, y, side) == pytest.approx((60, 57, 60))
    assert person_box(poses_of((140, 100), (100, 100)), 640, 480)[2] == pytest.approx(2 * side)
    poses = poses_of((70, 50), (50, 50))
    poses[2, 11:13, :2] += (400, -300)
    poses[2, 11, 0] += 90
    assert person_box(poses, 640, 480) == (x, y, side)


@pytest.mark.parametrize(
    ("shoulders", "wanted"),
    [
        (((70, 50), (50, 50)), (60, 57, 60)),
        (((70, 90), (50, 90)), (60, 70, 60)),
        (((25, 50), (5, 50)), (30, 57, 60)),
        (((70, 9), (50, 9)), (60, 30, 60)),
        # Nearly out of the picture: the square stays with the signer.
        (((70, 180), (50, 180)), (60, 187, 60)),
        # Nearer than the picture is high: nothing to choose there.
        (((85, 50), (45, 50)), (65, 64, 120)),
    ],
)
def test_the_box_stays_in_the_picture_where_it_can(
    shoulders: tuple[tuple[float, float], tuple[float, float]], wanted: tuple[float, float, float]
) -> None:
    assert person_box(poses_of(*shoulders), 130, 100) == pytest.approx(wanted)


def test_a_signer_seen_from_the_side_still_gets_a_box() -> None:
    assert person_box(poses_of((60, 50), (60, 50)), 640, 480)[2] > 0


def test_the_clip_is_rgb_between_minus_one_and_one_and_repeats_the_edge() -> None:
    frame = np.zeros((100, 80, 3), np.uint8)
    frame[:, :, 2] = 255
    clip = crop_clip([frame] * 3, (60, 60, 76), 32)
    assert clip.shape == (3, 3, 32, 32)
    assert clip.dtype == np.float32
    assert clip[0].min() == 1.0
    assert clip[1:].max() == -1.0


@pytest.mark.parametrize("factor", [1, 2, 3])
def test_the_box_is_cut_to_the_pixel(factor: int) -> None:
    """Whole pixels averaged `factor` by `factor`, none of the neighbours' mixed in."""
    small = np.random.default_rng(0).integers(0, 256, (12, 12, 3), np.uint8)
    frame = np.zeros((90, 70, 3), np.uint8)
    side = 12 * factor
    frame[20 : 20 + side, 30 : 30 + side] = small.repeat(factor, 0).repeat(factor, 1)
    clip = crop_clip([frame], (30 + side / 2, 20 + side / 2, side), 12)
    wanted = small[:, :, ::-1].transpose(2, 0, 1) / np.float32(127.5) - 1
    assert abs(clip[:, 0] - wanted).max() < 1e-6


def test_fine_stripes_shrink_to_grey_and_do_not_flicker() -> None:
    frame = np.zeros((128, 128, 3), np.uint8)
    frame[:, ::2] = 255
    assert abs(crop_clip([frame], (64, 64, 128), 32)).max() < 0.01


def test_without_a_person_the_centred_square_is_taken() -> None:
    frame = np.zeros((60, 100, 3), np.uint8)
    frame[:, 20:80] = 255
    assert crop_clip([frame], None, 20).min() == 1.0
    assert crop_clip([], None, 20).shape == (3, 0, 20, 20)


@pytest.mark.parametrize("box", [(-500.0, -500.0, 40.0), (50.0, 50.0, 1e5), (3.0, 2.0, 8.0)])
def test_a_box_beyond_the_picture_is_taken(box: tuple[float, float, float]) -> None:
    clip = crop_clip([np.full((60, 100, 3), 90, np.uint8)], box, 16)
    assert clip == pytest.approx(np.float32(90 / 127.5 - 1))


def test_what_is_kept_of_a_large_picture_is_small_and_the_pose_goes_with_it() -> None:
    pose = np.tile(np.array([1920, 1080, 8, 0.9], np.float32), (33, 1))
    image, scaled = shrink_for_crop(np.zeros((2160, 3840, 3), np.uint8), pose)
    assert image.shape == (288, 512, 3)
    assert scaled is not None
    assert scaled[0].tolist() == pytest.approx([256, 144, 8 * 512 / 3840, 0.9])
    grey, nobody = shrink_for_crop(np.zeros((30, 40), np.uint8), None)
    assert grey.shape == (30, 40, 3)
    assert nobody is None
