"""Each picture is cut once for a square, and the square follows whoever moves."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.bundle import ClipSpecification
from engine.clips import clip_views
from engine.clips.clip_views import RgbView
from engine.frame import Frame, Landmarks
from engine.landmarks.person_crop import crop_clip, crop_frame, person_box

CLIP = ClipSpecification(view="rgb", frames=24, span_s=3.0, size=32)
WIDTH, HEIGHT, RATE_HZ = 320, 240, 15.0


def picture(number: int) -> NDArray[np.uint8]:
    return np.random.default_rng(number).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)


def pose_at(x: float, *, across: float = 60.0) -> NDArray[np.float32]:
    pose = np.ones((33, 4), np.float32)
    pose[11, :2], pose[12, :2] = (x + across / 2, 100), (x - across / 2, 100)
    return pose


def show(view: RgbView, numbers: range, x: float, *, jitter: float = 0.0) -> None:
    for number in numbers:
        pose = pose_at(x + jitter * (-1) ** number)
        view.observe(Frame(picture(number), number / RATE_HZ, number), Landmarks(pose))


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """A note of every picture that is cut."""
    noted: list[tuple[int, ...]] = []

    def noting(frame: NDArray[np.uint8], *rest: object) -> NDArray[np.uint8]:
        noted.append(frame.shape)
        return crop_frame(frame, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(clip_views, "crop_frame", noting)
    return noted


def test_it_is_what_cutting_the_clip_in_one_go_gives() -> None:
    view = RgbView(CLIP, left_handed=False)
    show(view, range(60), 150.0)
    seen = view._window.nearest()
    box = person_box(np.stack([pose_at(150.0)] * 24), WIDTH, HEIGHT)
    wanted = crop_clip([kept.image for kept in seen], box, CLIP.size)[None]
    assert np.array_equal(view.clip(), wanted)
    assert view.clip().dtype == np.float32 and view.clip().shape == (1, 3, 24, 32, 32)


def test_between_two_clips_only_new_pictures_are_cut(cut: list[tuple[int, ...]]) -> None:
    view = RgbView(CLIP, left_handed=False)
    show(view, range(60), 150.0, jitter=0.4)
    view.clip()
    assert len(cut) == 24
    view.clip()
    assert len(cut) == 24
    for number in range(60, 90):
        show(view, range(number, number + 1), 150.0, jitter=0.4)
        view.clip()
    # Of 90 pictures none twice, although a clip a picture was made.
    assert len(cut) <= 90


def test_the_square_follows_whoever_moves() -> None:
    view = RgbView(CLIP, left_handed=False)
    show(view, range(60), 120.0)
    view.clip()
    for number in range(60, 160):
        show(view, range(number, number + 1), 120.0 + (number - 60) * 0.8)
        view.clip()
        poses = np.stack([kept.pose for kept in view._window.nearest() if kept.pose is not None])
        x, y, side = person_box(poses, WIDTH, HEIGHT)
        assert view._box is not None
        assert abs(view._box[0] - x) <= 0.01 * side and abs(view._box[1] - y) <= 0.01 * side


def test_another_size_is_another_square(cut: list[tuple[int, ...]]) -> None:
    view = RgbView(CLIP, left_handed=False)
    show(view, range(60), 150.0)
    view.clip()
    for number in range(60, 120):
        pose = pose_at(150.0, across=66.0)
        view.observe(Frame(picture(number), number / RATE_HZ, number), Landmarks(pose))
    view.clip()
    assert len(cut) == 48


def test_a_left_handed_signer_is_mirrored() -> None:
    right, left = (RgbView(CLIP, left_handed=handed) for handed in (False, True))
    for view in (right, left):
        show(view, range(50), 150.0)
    assert np.array_equal(left.clip(), right.clip()[..., ::-1])


def test_after_clearing_nothing_of_the_square_is_left() -> None:
    view = RgbView(CLIP, left_handed=False)
    show(view, range(50), 150.0)
    view.clip()
    view.clear()
    assert view.is_empty and view._box is None
