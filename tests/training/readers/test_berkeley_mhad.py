"""Berkeley MHAD as published, and as others prepare it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.opencv import cv2
from tests.videos import write_video
from training.errors import DataError
from training.readers.berkeley_mhad import STANDARD_GRAVITY, BerkeleyMhad
from training.readers.files.listing import Clip
from training.splits.published_splits import apply_split, read_published_split

ACC = "\n".join(f"0.0 {i / 1000} 1.0 {1297792600 + i / 30:.6f}" for i in range(60))


def mosaic(brightness: int) -> np.ndarray:
    """What a sensor with the mosaic G R / B G sees of a red picture."""
    picture = np.zeros((16, 24), np.uint8)
    picture[0::2, 1::2] = brightness
    return picture


def write_published(root: Path, s: int, a: int, r: int, pictures: int = 5) -> None:
    folder = root / "Camera" / "Cluster01" / "Cam01" / f"S{s:02d}" / f"A{a:02d}" / f"R{r:02d}"
    folder.mkdir(parents=True)
    tail = f"s{s:02d}_a{a:02d}_r{r:02d}"
    for i in range(pictures):
        cv2.imwrite(str(folder / f"img_l01_c01_{tail}_{i:05d}.pgm"), mosaic(50 + 20 * i))
    acc = root / "Accelerometer" / "Shimmer01"
    acc.mkdir(parents=True, exist_ok=True)
    (acc / f"acc_h01_{tail}.txt").write_text(ACC)


def test_the_published_layout(tmp_path: Path) -> None:
    for s, a, r in [(12, 3, 1), (1, 11, 5), (1, 3, 1)]:
        write_published(tmp_path, s, a, r)
    # The set's other cameras and sensors are there and are no problem.
    other = tmp_path / "Camera" / "Cluster01" / "Cam02" / "S01" / "A03" / "R01"
    other.mkdir(parents=True)
    (tmp_path / "Accelerometer" / "Shimmer02").mkdir()
    (tmp_path / "Accelerometer" / "Shimmer02" / "acc_h02_s01_a03_r01.txt").write_text(ACC)
    reader = BerkeleyMhad()
    listing = reader.list(tmp_path)
    assert listing.problems == ()
    assert [clip.key for clip in listing.clips] == [
        "cam01_s01_a03_r01",
        "cam01_s01_a11_r05",
        "cam01_s12_a03_r01",
    ]
    assert listing.glosses == ("a03", "a11")
    assert listing.signers == ("s01", "s12")
    frames = reader.frames(listing.clips[0], 3)
    assert frames.shape == (3, 16, 24, 3)
    assert frames[:, 8, 12].tolist() == [[50, 0, 0], [90, 0, 0], [130, 0, 0]]
    series = reader.imu(listing.clips[0])
    assert series.samples.shape == (60, 3)
    assert series.rate_hz == pytest.approx(30, rel=1e-3)
    np.testing.assert_allclose(series.samples[:, 1], np.arange(60) / 1000, atol=1e-5)


def test_prepared_files_in_any_folders(tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    (tmp_path / "sensors").mkdir()
    write_video(tmp_path / "films" / "cam01_s01_a01_r01.mp4", frames=3)
    np.save(tmp_path / "films" / "cam01_s02_a01_r01.npy", np.full((4, 8, 8, 3), 9, np.uint8))
    (tmp_path / "sensors" / "acc_h01_s01_a01_r01.txt").write_text(ACC)
    np.save(tmp_path / "sensors" / "acc_h01_s02_a01_r01.npy", np.ones((9, 3)))
    reader = BerkeleyMhad()
    listing = reader.list(tmp_path)
    assert listing.problems == ()
    assert [clip.signer for clip in listing.clips] == ["s01", "s02"]
    assert reader.frames(listing.clips[0], 24).shape == (24, 120, 160, 3)
    assert (reader.frames(listing.clips[1], 24) == 9).all()
    assert reader.imu(listing.clips[1]).rate_hz == 30


def test_whatever_cannot_be_used_is_named(tmp_path: Path) -> None:
    for a in (1, 2, 3):
        write_published(tmp_path, 1, a, 1, pictures=0 if a == 3 else 2)
    shimmer = tmp_path / "Accelerometer" / "Shimmer01"
    (shimmer / "acc_h01_s01_a02_r01.txt").unlink()
    (shimmer / "acc_h01_s02_a01_r01.txt").write_text(ACC)
    (shimmer / "acc_h01_s02_a02_r01.txt").write_bytes(b"")
    (shimmer / "acc_h01_s13_a01_r01.txt").write_text(ACC)
    (shimmer / "acc_h01_s01_a01.txt").write_text(ACC)
    (shimmer / "acc_h01_s01_a01_r02.doc").write_text(ACC)
    (tmp_path / "acc_h01_s01_a01_r01.txt").write_text(ACC)
    listing = BerkeleyMhad().list(tmp_path)
    assert [clip.key for clip in listing.clips] == ["cam01_s01_a01_r01"]
    named = {
        str(problem.path.relative_to(tmp_path)).replace("\\", "/").rsplit("/", 3)[-1]: problem.what
        for problem in listing.problems
    }
    assert len(listing.problems) == 9
    assert "no acc_h01" in " ".join(what for path, what in named.items() if "R01" in path)
    assert "no pictures" in named["acc_h01_s02_a01_r01.txt"]
    assert "empty" in named["acc_h01_s02_a02_r01.txt"]
    assert "subjects 1 to 12" in named["acc_h01_s13_a01_r01.txt"]
    assert "not a name" in named["acc_h01_s01_a01.txt"]
    assert "does not end in" in named["acc_h01_s01_a01_r02.doc"]
    with pytest.raises(DataError, match="no Berkeley MHAD recordings"):
        BerkeleyMhad().list(tmp_path / "nowhere")


def test_a_missing_or_broken_picture_is_named(tmp_path: Path) -> None:
    write_published(tmp_path, 1, 1, 1)
    reader = BerkeleyMhad()
    clip = reader.list(tmp_path).clips[0]
    (clip.video / "img_l01_c01_s01_a01_r01_00004.pgm").write_bytes(b"P5 no picture")
    with pytest.raises(DataError, match=r"00004\.pgm"):
        reader.frames(clip, 3)
    (clip.video / "img_l01_c01_s01_a01_r01_00002.pgm").unlink()
    with pytest.raises(DataError, match=r"R01: pictures are missing.*4 files, numbers 0 to 4"):
        reader.frames(clip, 3)


def clip_of(file: Path) -> Clip:
    return Clip("cam01_s01_a01_r01", "a01", "s01", file, file)


def test_gravity_tells_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "acc.txt"
    file.write_text("\n".join(f"0 0 {STANDARD_GRAVITY}" for _ in range(9)))
    np.testing.assert_allclose(BerkeleyMhad().imu(clip_of(file)).samples[:, 2], 1, rtol=1e-6)
    file.write_text("\n".join("2048 2048 2700" for _ in range(9)))
    with pytest.raises(DataError, match=r"acc\.txt.*neither in g nor in m/s²"):
        BerkeleyMhad().imu(clip_of(file))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "at least 2 rows"),
        ("0 0 1 0\n", "at least 2 rows"),
        ("0 0 1 0\n0 0 1\n", "line 2 has 3 columns, not 4"),
        ("0 0 1 0\n0 0 one 1\n", "line 2 holds"),
        ("0 0 1 0\n0 0 nan 1\n", "no numbers"),
        ("0 0 1 5\n0 0 1 4\n", "backwards"),
    ],
)
def test_a_broken_series_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "acc.txt").write_text(text)
    with pytest.raises(DataError, match=rf"acc\.txt.*{said}"):
        BerkeleyMhad().imu(clip_of(tmp_path / "acc.txt"))


def test_samples_that_came_unevenly_are_spread_by_their_clock(tmp_path: Path) -> None:
    time = np.sort(np.random.default_rng(0).uniform(0, 2, 80))
    rows = np.stack([time / 2, np.zeros(80), np.ones(80), time], axis=1)
    np.savetxt(tmp_path / "acc.txt", rows)
    series = BerkeleyMhad().imu(clip_of(tmp_path / "acc.txt"))
    steps = np.diff(series.samples[:, 0])
    np.testing.assert_allclose(steps, steps.mean(), atol=1e-5)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_series_or_a_plain_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.txt"
    file.write_bytes(content)
    try:
        assert BerkeleyMhad().imu(clip_of(file)).samples.ndim == 2
    except DataError as error:
        assert "any.txt" in str(error)  # noqa: PT017


def test_the_published_lists_name_what_this_reader_finds(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "seed-splits" / "MHAD"
    split = read_published_split(folder / "train.csv", folder / "test.csv")
    assert (len(split.train), len(split.test)) == (439, 219)
    for entry in (*split.train, *split.test):
        (tmp_path / entry.file).write_bytes(b"x")
        acc = entry.file.replace("cam01", "acc_h01").replace(".npy", ".txt")
        (tmp_path / acc).write_text("0 0 1")
    listing = BerkeleyMhad().list(tmp_path)
    assert (len(listing.clips), listing.problems) == (658, ())
    assert all(entry.gloss in listing.glosses for entry in split.train)
    applied = apply_split(listing, split)
    assert (len(applied.train), len(applied.test), applied.problems) == (439, 219, ())
    assert not applied.train & applied.test
