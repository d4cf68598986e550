"""Films turned, mirrored and squeezed: the window and training see them as they are meant."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.sources.video.uprighting import square_size, turned
from engine.sources.video.video_file import VideoFileSource
from tests.videos import set_display_matrix, write_pictures
from training.readers.files.decoding import evenly_spaced_frames, timed_frames

MATRICES = {
    "upright": (1, 0, 0, 1),
    "clockwise": (0, 1, -1, 0),
    "upside-down": (-1, 0, 0, -1),
    "counter-clockwise": (0, -1, 1, 0),
    "mirrored": (-1, 0, 0, 1),
    "mirrored upside-down": (1, 0, 0, -1),
    "mirrored about the diagonal": (0, 1, 1, 0),
    "mirrored about the other diagonal": (0, -1, -1, 0),
}


def quarters() -> NDArray[np.uint8]:
    """`(96, 160, 3)` BGR: a brightness of its own in each corner."""
    image = np.full((96, 160, 3), 40, np.uint8)
    image[:48, 80:], image[48:, :80], image[48:, 80:] = 100, 160, 220
    return image


def as_the_matrix_says(image: NDArray[np.uint8], matrix: tuple[int, ...]) -> NDArray[np.uint8]:
    """Pixel by pixel: what is stored at (x, y) is shown at (a x + c y, b x + d y)."""
    a, b, c, d = matrix
    y, x = np.mgrid[: image.shape[0], : image.shape[1]]
    across, down = a * x + c * y, b * x + d * y
    across, down = across - across.min(), down - down.min()
    shown = np.empty((down.max() + 1, across.max() + 1, 3), np.uint8)
    shown[down, across] = image
    return shown


def live(path: Path) -> list[NDArray[np.uint8]]:
    source = VideoFileSource(path)
    frames = [frame.image for frame in iter(source.read, None) if frame is not None]
    source.close()
    return frames


@pytest.mark.parametrize("matrix", MATRICES.values(), ids=MATRICES.keys())
def test_all_eight_display_matrices_live_and_in_training(
    tmp_path: Path, matrix: tuple[int, int, int, int]
) -> None:
    path = write_pictures(tmp_path / "clip.mp4", [quarters()] * 3)
    set_display_matrix(path, *matrix)
    shown = live(path)
    assert len(shown) == 3
    wanted = as_the_matrix_says(quarters(), matrix).astype(int)
    for image in shown:
        assert image.shape == wanted.shape
        # Compression blurs the edges between the quarters.
        assert np.median(np.abs(image - wanted)) < 4
        assert np.mean(np.abs(image - wanted)) < 6
    trained = [frame for _, frame in timed_frames(path)]
    np.testing.assert_array_equal(np.stack(trained)[..., ::-1], np.stack(shown))
    np.testing.assert_array_equal(evenly_spaced_frames(path, 3), trained)


def test_a_matrix_between_quarters_is_the_nearest_one_and_nothing_turns_nothing() -> None:
    image = quarters()
    one = 1 << 16
    little_turned = (one, one // 9, 0, -one // 9, one, 0, 0, 0, 1 << 30)
    assert np.array_equal(turned(image, little_turned), image)
    assert np.array_equal(turned(image, (0,) * 9), image)
    assert np.array_equal(turned(image, None), image)


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        (Fraction(1), (160, 96)),
        (Fraction(16, 11), (233, 96)),
        (Fraction(2), (320, 96)),
        (Fraction(1, 2), (160, 192)),
        (Fraction(8, 9), (160, 108)),
        (Fraction(4, 3), (213, 96)),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("name", "codec"),
    [("clip.mp4", "mpeg4"), ("clip.mkv", "mjpeg"), ("clip.ts", "libx264"), ("a.m4v", "mpeg4")],
    ids=["both say it", "the container says it", "the encoding says it", "a bare stream"],
)
def test_pixels_of_any_shape_are_shown_square(
    tmp_path: Path, shape: Fraction, size: tuple[int, int], name: str, codec: str
) -> None:
    container = "m4v" if name == "a.m4v" else None
    path = write_pictures(
        tmp_path / name,
        [quarters()] * 12,
        codec=codec,
        pixel_format="yuvj420p" if codec == "mjpeg" else "yuv420p",
        pixel_shape=shape,
        container=container,
    )
    width, height = size
    shown = live(path)
    assert shown and all(image.shape == (height, width, 3) for image in shown)
    # What was in a corner is in that corner.
    for (down, across), brightness in {(0.2, 0.2): 40, (0.2, 0.8): 100, (0.8, 0.2): 160}.items():
        seen = int(shown[0][round(down * height), round(across * width), 1])
        assert abs(seen - brightness) < 12
    trained = np.stack([frame for _, frame in timed_frames(path)])
    np.testing.assert_array_equal(trained[..., ::-1], np.stack(shown))


def test_nothing_said_about_the_pixels_leaves_them_square(tmp_path: Path) -> None:
    path = write_pictures(tmp_path / "clip.avi", [quarters()] * 2)
    assert live(path)[0].shape == (96, 160, 3)


def test_where_container_and_encoding_differ_the_container_is_right(tmp_path: Path) -> None:
    path = write_pictures(tmp_path / "clip.mp4", [quarters()] * 2, pixel_shape=Fraction(2))
    content = bytearray(path.read_bytes())
    place = content.index(b"pasp") + 4
    content[place : place + 8] = (1).to_bytes(4, "big") + (2).to_bytes(4, "big")
    path.write_bytes(content)
    assert live(path)[0].shape == (192, 160, 3)


@pytest.mark.parametrize("shape", [None, Fraction(0), Fraction(65535), Fraction(1, 4000)])
def test_a_shape_that_no_pixel_has_is_not_believed(shape: Fraction | None) -> None:
    assert square_size(160, 96, shape) == (160, 96)


def test_a_film_that_is_squeezed_and_turned_is_stretched_first(tmp_path: Path) -> None:
    path = write_pictures(tmp_path / "clip.mp4", [quarters()] * 2, pixel_shape=Fraction(2))
    set_display_matrix(path, *MATRICES["clockwise"])
    assert live(path)[0].shape == (320, 96, 3)
