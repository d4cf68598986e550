"""VSL-50 as published and as people rearrange it: pairs stay pairs, nothing is lost silently."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.videos import write_video
from training.errors import DataError
from training.readers.files.decoding import open_array
from training.readers.files.listing import Clip
from training.readers.vsl50 import Vsl50
from training.splits.published_splits import apply_split, read_published_split

NAMES = ("khai_bao/N8_khai_bao_0", "khai_bao/N10_khai_bao_3", "bieu_tang/N2_bieu_15")


def frames_array(frames: int = 6) -> np.ndarray:
    """Frame i is red, of brightness 10 i."""
    pictures = np.zeros((frames, 8, 12, 3), np.uint8)
    pictures[..., 0] = 10 * np.arange(frames)[:, None, None]
    return pictures


def save(file: Path, array: np.ndarray) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, array)
    return file


def write_published(root: Path, names: tuple[str, ...] = NAMES) -> None:
    for i, name in enumerate(names):
        save(root / "video" / f"{name}.npy", frames_array())
        save(root / "sensor" / f"{name}.npy", np.full((20, 12), i, np.float32))


def test_video_and_series_of_the_same_name_in_two_folders(tmp_path: Path) -> None:
    write_published(tmp_path)
    reader = Vsl50()
    listing = reader.list(tmp_path)
    assert listing.problems == ()
    assert [clip.key for clip in listing.clips] == sorted(NAMES)
    # The folder names the sign: the file's own name is misspelt.
    assert listing.glosses == ("bieu_tang", "khai_bao")
    assert listing.signers == ("N10", "N2", "N8")
    clip = next(clip for clip in listing.clips if clip.signer == "N10")
    frames = reader.frames(clip, 3)
    assert frames.shape == (3, 8, 12, 3)
    assert frames[:, 0, 0].tolist() == [[0, 0, 0], [20, 0, 0], [50, 0, 0]]
    assert Vsl50(bgr=True).frames(clip, 3)[2, 0, 0].tolist() == [0, 0, 50]
    assert reader.imu(clip).samples.shape == (20, 6)
    assert (reader.imu(clip).samples == 1).all()


def test_both_in_one_folder_with_endings(tmp_path: Path) -> None:
    folder = tmp_path / "khai_bao"
    save(folder / "N8_khai_bao_0_color.npy", frames_array())
    rows = "ax,ay,az,gx,gy,gz\n" + "\n".join(f"0,0,1,{i},0,0" for i in range(5))
    (folder / "N8_khai_bao_0_imu.csv").write_text(rows, encoding="utf-8")
    write_video(folder / "N9_khai_bao_1.mp4", frames=4)
    save(folder / "N9_khai_bao_1.npy", np.ones((9, 6), np.float32))
    reader = Vsl50()
    listing = reader.list(tmp_path)
    assert listing.problems == ()
    assert [clip.key for clip in listing.clips] == [
        "khai_bao/N8_khai_bao_0",
        "khai_bao/N9_khai_bao_1",
    ]
    assert reader.imu(listing.clips[0]).samples[:, 3].tolist() == [0, 1, 2, 3, 4]
    assert reader.frames(listing.clips[1], 24).shape == (24, 120, 160, 3)


def test_whatever_cannot_be_used_is_named_and_counted(tmp_path: Path) -> None:
    write_published(tmp_path)
    video, sensor = tmp_path / "video" / "khai_bao", tmp_path / "sensor" / "khai_bao"
    save(video / "N1_khai_bao_1.npy", frames_array())
    save(sensor / "N1_khai_bao_2.npy", np.ones((9, 6)))
    save(video / "holiday.npy", frames_array())
    (video / "N1_khai_bao_3.npy").write_bytes(b"")
    (video / "N1_khai_bao_4.npy").write_text("no array")
    cut = save(video / "N1_khai_bao_5.npy", frames_array())
    cut.write_bytes(cut.read_bytes()[:-50])
    save(video / "N1_khai_bao_6.npy", np.zeros((3, 4, 5)))
    save(video / "N1_khai_bao_7_imu.npy", frames_array())
    save(video / "N3_virus_0.npy", frames_array())
    save(tmp_path / "copy" / "khai_bao" / "N8_khai_bao_0.npy", frames_array())
    (video / "notes.txt").write_text("rain")
    listing = Vsl50().list(tmp_path)
    assert [clip.key for clip in listing.clips] == sorted(NAMES)
    named = {problem.path.name: problem.what for problem in listing.problems}
    assert named.keys() == {
        "N1_khai_bao_1.npy",
        "N1_khai_bao_2.npy",
        "holiday.npy",
        "N1_khai_bao_3.npy",
        "N1_khai_bao_4.npy",
        "N1_khai_bao_5.npy",
        "N1_khai_bao_6.npy",
        "N1_khai_bao_7_imu.npy",
        "N3_virus_0.npy",
        "N8_khai_bao_0.npy",
        "notes.txt",
    }
    assert "no IMU file" in named["N1_khai_bao_1.npy"]
    assert "no film" in named["N1_khai_bao_2.npy"]
    assert "empty" in named["N1_khai_bao_3.npy"]
    assert "folder of the sign" in named["N3_virus_0.npy"]
    assert "a second film" in named["N8_khai_bao_0.npy"]
    files = sum(1 for file in tmp_path.rglob("*") if file.is_file())
    assert files == 2 * len(listing.clips) + len(listing.problems)


def test_the_order_on_the_disk_decides_nothing(tmp_path: Path) -> None:
    names = [f"sot/N{i}_sot_{j}" for i in (1, 2, 10) for j in (0, 1, 10)]
    listings = []
    for seed in range(2):
        root = tmp_path / "set"
        shuffled = random.Random(seed).sample(names, len(names))
        write_published(root, tuple(shuffled))
        listings.append(Vsl50().list(root))
        shutil.rmtree(root)
    assert listings[0] == listings[1]


@pytest.mark.parametrize(
    ("array", "said"),
    [
        (np.zeros((1, 6), np.float32), "at least 2 rows"),
        (np.zeros((9, 5), np.float32), "at least 2 rows"),
        (np.full((9, 6), np.nan, np.float32), "no numbers"),
    ],
)
def test_a_broken_series_is_named_when_it_is_read(
    tmp_path: Path, array: np.ndarray, said: str
) -> None:
    file = save(tmp_path / "N1_a_0.npy", array)
    with pytest.raises(DataError, match=rf"N1_a_0\.npy.*{said}"):
        Vsl50().imu(Clip("a/N1_a_0", "a", "N1", file, file))


@pytest.mark.parametrize(
    ("array", "value"),
    [
        (np.full((4, 2, 2, 3), 51.2), 51),
        (np.full((4, 2, 2, 3), 0.2, np.float32), 51),
        (np.full((4, 2, 2, 3), 51, np.uint16), 51),
        (np.full((4, 2, 2, 3), -1.0), None),
        (np.full((4, 2, 2, 3), 256), None),
        (np.full((4, 2, 2, 3), np.nan), None),
        (np.zeros((0, 2, 2, 3), np.uint8), None),
        (np.zeros((4, 2, 2, 4), np.uint8), None),
    ],
)
def test_video_of_other_number_types(tmp_path: Path, array: np.ndarray, value: int | None) -> None:
    clip = Clip("a/N1_a_0", "a", "N1", save(tmp_path / "N1_a_0.npy", array))
    if value is None:
        with pytest.raises(DataError, match=r"N1_a_0\.npy"):
            Vsl50().frames(clip, 2)
    else:
        frames = Vsl50().frames(clip, 2)
        assert frames.dtype == np.uint8
        assert (frames == value).all()


def test_an_array_of_objects_is_never_unpickled(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    np.savez(tmp_path / "zip", a=np.ones(3), b=np.ones(3))
    (tmp_path / "zip.npz").rename(tmp_path / "zip.npy")
    for name in ("x", "zip"):
        with pytest.raises(DataError, match=rf"{name}\.npy"):
            open_array(tmp_path / f"{name}.npy")


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_as_npy_are_numbers_or_a_plain_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, magic: bool
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.npy"
    file.write_bytes(b"\x93NUMPY\x01\x00" * magic + content)
    try:
        assert open_array(file).dtype.kind in "uif"
    except DataError as error:
        assert "any.npy" in str(error)  # noqa: PT017


def test_the_published_lists_name_what_this_reader_finds(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "seed-splits" / "VSL"
    split = read_published_split(folder / "train.csv", folder / "test.csv")
    # One clip of each sign and signer: 50 signs, and every one of the misspelt names.
    some: dict[tuple[str, str], str] = {}
    for entry in (*split.train, *split.test):
        some.setdefault((entry.gloss, entry.file.rsplit("_", 1)[0]), entry.file)
    names = tuple(file.removesuffix(".npy") for file in some.values())
    write_published(tmp_path, names)
    listing = Vsl50().list(tmp_path)
    assert listing.problems == ()
    assert len(listing.glosses) == 50
    applied = apply_split(listing, split)
    assert len(applied.train) + len(applied.test) == len(names)
    assert not applied.train & applied.test
    assert {key.split("/")[1].split("_")[0] for key in applied.test} == {"N6", "N7", "N8", "N9"}
    assert len(applied.problems) == 5714 + 2215 - len(names)
