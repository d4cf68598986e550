"""The published lists, read exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.errors import DataError
from training.readers.files.listing import Clip, Listing
from training.readers.utd_mhad import UtdMhad
from training.splits.published_splits import apply_split, list_name, read_published_split


@pytest.mark.parametrize(
    ("names", "train", "test"),
    [
        (("UTD-MHAD/train.csv", "UTD-MHAD/test.csv"), 431, 430),
        (("VSL/train.csv", "VSL/test.csv"), 5714, 2215),
        (("VSL/shuf_train.csv", "VSL/shuf_test.csv"), 5714, 2215),
        (("VSL/vsl_train.csv", "VSL/vsl_test.csv"), 660, 220),
        (("MHAD/train.csv", "MHAD/test.csv"), 439, 219),
    ],
)
def test_published_lists_have_their_published_lengths(
    shared_data: Path, names: tuple[str, str], train: int, test: int
) -> None:
    folder = shared_data / "seed-splits"
    split = read_published_split(folder / names[0], folder / names[1])
    assert (len(split.train), len(split.test)) == (train, test)


def test_berkeley_test_subjects_are_the_published_ones(shared_data: Path) -> None:
    folder = shared_data / "seed-splits" / "MHAD"
    split = read_published_split(folder / "train.csv", folder / "test.csv")
    subjects = {clip.file.split("_")[1] for clip in split.test}
    assert subjects == {"s04", "s06", "s08", "s10"}
    assert subjects.isdisjoint({clip.file.split("_")[1] for clip in split.train})


def test_the_utd_lists_fit_the_recordings_on_disk(shared_data: Path) -> None:
    folder = shared_data / "seed-splits" / "UTD-MHAD"
    listing = UtdMhad().list(shared_data / "utd-mhad")
    applied = apply_split(listing, read_published_split(folder / "train.csv", folder / "test.csv"))
    assert (len(applied.train), len(applied.test)) == (431, 430)
    assert applied.problems == ()
    subjects = {key.split("_")[1] for key in applied.test}
    assert subjects == {"s2", "s4", "s6", "s8"}


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_header_or_none_and_vietnamese_glosses(tmp_path: Path) -> None:
    train = write(tmp_path / "a.csv", "\ufeff,file,label\n0,bãi cỏ/N1_1.npy,bãi cỏ\n")
    test = write(tmp_path / "b.csv", "7,khai_bao/N8_khai_bao_0.npy,khai báo\n")
    split = read_published_split(train, test)
    assert split.train[0].gloss == "bãi cỏ"
    assert split.test[0].file == "khai_bao/N8_khai_bao_0.npy"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lists no clip"),
        ("0,a.npy\n", "line 1 has 2 columns"),
        ("0,a.npy,x\n1,a.npy,x\n", "line 2 lists a.npy again"),
        ("0,a.npy,x\none,b.npy,x\n", "line 2 is not"),
    ],
)
def test_a_broken_list_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    good = write(tmp_path / "good.csv", "0,other.npy,x\n")
    bad = write(tmp_path / "bad.csv", text)
    with pytest.raises(DataError, match=rf"bad\.csv: {said}"):
        read_published_split(bad, good)


def test_a_header_shuffled_into_the_list_is_no_clip(tmp_path: Path) -> None:
    train = write(tmp_path / "a.csv", "0,a.npy,x\n,file,label\n1,b.npy,x\n")
    test = write(tmp_path / "b.csv", "0,c.npy,x\n")
    assert [c.file for c in read_published_split(train, test).train] == ["a.npy", "b.npy"]


def test_a_clip_in_both_lists_is_refused(tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", "0,a.npy,x\n1,b.npy,x\n")
    other = write(tmp_path / "other.csv", "5,b.npy,x\n")
    with pytest.raises(DataError, match=r"b\.npy"):
        read_published_split(one, other)


def test_what_is_missing_or_in_no_list_is_named_and_used_nowhere(tmp_path: Path) -> None:
    train = write(tmp_path / "a.csv", "0,a1_s1_t1_color.npy,x\n1,a2_s1_t1_color.npy,x\n")
    test = write(tmp_path / "b.csv", "0,a1_s2_t1_color.npy,x\n")
    keys = ("a01_s1_t1", "a01_s2_t1", "a09_s9_t9")
    listing = Listing("utd-mhad", tuple(Clip(k, "x", "s", Path(f"{k}.mat")) for k in keys))
    applied = apply_split(listing, read_published_split(train, test))
    assert applied.train == {"a01_s1_t1"}
    assert applied.test == {"a01_s2_t1"}
    assert [str(p.path) for p in applied.problems] == ["a2_s1_t1_color.npy", "a09_s9_t9.mat"]


def test_lists_and_keys_meet_in_one_name() -> None:
    assert list_name("a5_s5_t1_color.npy") == list_name("a05_s5_t1") == "a5_s5_t1"
    assert list_name("cam01_s09_a04_r02.npy") == "cam01_s9_a4_r2"
    assert list_name("khai_bao/N8_khai_bao_0.npy") == "N8_khai_bao_0"
