"""Reference motions as a source: the figure, its joints, its rests."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.array_files import read_arrays
from engine.frame import Frame
from engine.landmarks.skeletons import UPPER_BODY, upper_body_from
from engine.sources.errors import SourceError
from engine.sources.motion import references
from engine.sources.motion.figure import HEIGHT, WIDTH, backdrop, to_pixels
from engine.sources.motion.references import list_references, load_reference, save_reference
from engine.sources.opening import open_source

REST = np.array(
    [[0.5, 0], [-0.5, 0], [0.7, 0.9], [-0.7, 0.9], [0.5, 1.7], [-0.5, 1.7], [0, -0.7]], np.float32
)


def write_motion(folder: Path, gloss: str, *, raise_to: tuple[float, float]) -> Path:
    """Two seconds at 15 Hz: the right hand goes from rest to `raise_to` and stays there."""
    joints = np.repeat(REST[None], 31, axis=0)
    part = np.linspace(0, 1, 31, dtype=np.float32)[:, None]
    hand = UPPER_BODY.index("right_hand")
    joints[:, hand] = REST[hand] * (1 - part) + np.array(raise_to, np.float32) * part
    path = folder / f"{gloss.replace(' ', '_')}.npz"
    np.savez(path, joints=joints, rate_hz=np.float64(15.0), gloss=np.str_(gloss))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_motion(tmp_path, "good night", raise_to=(-1.0, -0.6))
    write_motion(tmp_path, "cat", raise_to=(0.4, 0.2))
    return tmp_path


def read(spec: str, folder: Path, count: int, *, loop: bool = False) -> list[Frame]:
    source = open_source(spec, loop=loop, references=folder)
    assert not source.is_live
    assert source.fps == 30
    frames = [frame for _ in range(count) if (frame := source.read()) is not None]
    source.close()
    assert source.read() is None
    return frames


def joints_of(frame: Frame) -> NDArray[np.float32]:
    assert frame.landmarks is not None
    return upper_body_from(frame.landmarks)


def test_the_joints_are_the_motion_in_pixels(folder: Path) -> None:
    frames = read("reference:good night", folder, 61)
    first = joints_of(frames[0])
    assert first == pytest.approx(to_pixels(REST), abs=0.01)
    width = first[0, 0] - first[1, 0]
    middle = (first[0] + first[1]) / 2
    hand = (joints_of(frames[60])[UPPER_BODY.index("right_hand")] - middle) / width
    assert hand == pytest.approx([-1.0, -0.6], abs=1e-3)
    halfway = (joints_of(frames[30])[UPPER_BODY.index("right_hand")] - middle) / width
    assert halfway == pytest.approx([-0.75, 0.55], abs=1e-3)
    landmarks = frames[0].landmarks
    assert landmarks is not None and landmarks.pose is not None
    seen = set(np.flatnonzero(landmarks.pose[:, 3]).tolist())
    assert seen == {0, 7, 8, *range(11, 23)}


def test_the_figure_stands_where_its_joints_are(folder: Path) -> None:
    frame = read("reference:cat", folder, 1)[0]
    assert frame.image.shape == (HEIGHT, WIDTH, 3)
    room = backdrop().astype(int)
    for x, y in np.round(joints_of(frame)).astype(int):
        assert np.abs(frame.image[y, x] - room[y, x]).max() > 40
    assert np.array_equal(frame.image[:, 0], room[:, 0])


def test_the_whole_signing_space_is_in_view() -> None:
    corners = to_pixels(np.array([[-2.4, -1.6], [2.4, 2.6]], np.float32))
    assert np.all(corners >= 0)
    assert np.all(corners < [WIDTH, HEIGHT])


def test_a_looped_motion_rests_between_and_never_jumps(folder: Path) -> None:
    frames = read("reference:good night", folder, 200, loop=True)
    assert len(frames) == 200
    assert all(b.t_s - a.t_s == pytest.approx(1 / 30) for a, b in pairwise(frames))
    assert [frame.index for frame in frames] == list(range(200))
    steps = [np.abs(joints_of(b) - joints_of(a)).max() for a, b in pairwise(frames)]
    assert max(steps) < 25
    starts = [i for i, frame in enumerate(frames) if np.allclose(joints_of(frame), to_pixels(REST))]
    repeats = [b - a for a, b in pairwise(starts) if b - a > 1]
    assert repeats and repeats[0] >= 61 + round(0.7 * 30)


def test_a_star_shows_every_motion_once(folder: Path) -> None:
    source = open_source("reference:*", references=folder)
    frames = list(iter(source.read, None))
    hands = np.array([joints_of(f)[UPPER_BODY.index("right_hand")] for f in frames if f])
    for target in ((-1.0, -0.6), (0.4, 0.2)):
        goal = to_pixels(np.array(target, np.float32))
        assert np.linalg.norm(hands - goal, axis=1).min() < 1


@pytest.mark.parametrize(
    "spec", ["reference:", "reference: ", "reference:dog", f"reference:{'a' * 400}"]
)
def test_a_sign_that_is_not_there_is_answered_with_those_that_are(folder: Path, spec: str) -> None:
    with pytest.raises(SourceError, match=r"there are: cat, good night"):
        open_source(spec, references=folder)


@pytest.mark.parametrize("content", [b"", b"words"])
def test_a_damaged_motion_is_named(folder: Path, content: bytes) -> None:
    (folder / "cat.npz").write_bytes(content)
    with pytest.raises(SourceError, match=r"cat"):
        open_source("reference:cat", references=folder)
    assert read("reference:*", folder, 1)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no reference motions"):
        open_source("reference:*", references=tmp_path)


def test_motions_are_read_once_for_their_names_and_again_when_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    motion = load_reference("cat")
    save_reference(motion, tmp_path)
    read: list[Path] = []

    def reading(file: Path) -> dict[str, np.ndarray]:
        read.append(file)
        return read_arrays(file)

    monkeypatch.setattr(references, "read_arrays", reading)
    assert [list_references(tmp_path) for _ in range(3)] == [["cat"]] * 3
    assert len(read) == 1
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"no motion any more")
    assert list_references(tmp_path) == []
