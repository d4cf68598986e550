"""One person, however the letters are stored; no file ends a set; lists of any separator."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from tests.training.utd_folder import write_recording
from tests.videos import write_video
from training.errors import DataError
from training.readers.arsl10 import Arsl10
from training.readers.berkeley_mhad import BerkeleyMhad
from training.readers.files.listing import Reader
from training.readers.files.spelling import composed, one_spelling, same
from training.readers.folder import PlainFolder
from training.readers.utd_mhad import UtdMhad
from training.readers.vsl import Vsl
from training.readers.vsl50 import Vsl50
from training.splits.published_splits import apply_split, read_published_split

GLOVE = "ax,ay,az,gx,gy,gz\n" + "0,0,1,0,0,0\n" * 4


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_one_name_one_person() -> None:
    names = ["Mai", "mai", "MAI ", nfd("Hải"), nfc("Hải"), "Lê"]

    assert {same(name) for name in names} == {"mai", "hải", "lê"}
    assert set(one_spelling([*names, "Mai"]).values()) == {"Mai", "Hải", "Lê"}
    assert composed(f"  {nfd('mẹ')}   ơi ") == nfc("mẹ ơi")


def test_a_folder_from_a_mac_and_one_from_windows_are_one_set(tmp_path: Path) -> None:
    for gloss in ("mẹ", "bố"):
        for form, mark in ((nfc, ""), (nfd, "b")):
            for signer in ("Hải", "Lê"):
                folder = tmp_path / form(gloss)
                folder.mkdir(exist_ok=True)
                write_video(folder / f"{form(signer)}_1{mark}.mp4", frames=3)
                # A logger on Windows composes, whatever the film's name.
                (folder / f"{nfc(signer)}_1{mark}.CSV").write_text(GLOVE, encoding="utf-8")
        for number, signer in enumerate(("Mai", "mai", "MAI ")):
            write_video(tmp_path / nfc(gloss) / f"{signer}_{number}.mp4", frames=3)
    listing = PlainFolder().list(tmp_path)

    assert listing.problems == ()
    assert listing.glosses == ("bố", "mẹ")
    assert len(listing.signers) == 3
    assert {same(signer) for signer in listing.signers} == {"mai", "hải", "lê"}
    assert len(listing.clips) == 14
    assert sum(clip.imu is not None for clip in listing.clips) == 8
    assert len({clip.key for clip in listing.clips}) == 14


def layouts(root: Path) -> dict[str, tuple[Reader, Path]]:
    """A small set of each layout; the place of one more file in it."""
    signs = root / "folder" / "one"
    signs.mkdir(parents=True)
    write_video(signs / "an_1.mp4", frames=3)
    arabic = root / "arsl10" / "user03" / "G01"
    arabic.mkdir(parents=True)
    write_video(arabic / "R01.mp4", frames=3)
    write_recording(root / "utd", 1, 1, 1)
    vsl50 = root / "vsl50" / "khai_bao"
    vsl50.mkdir(parents=True)
    write_video(vsl50 / "N1_khai_bao_0_color.mp4", frames=3)
    (vsl50 / "N1_khai_bao_0_imu.csv").write_text(GLOVE, encoding="utf-8")
    berkeley = root / "berkeley"
    berkeley.mkdir()
    write_video(berkeley / "cam01_s01_a01_r01.mp4", frames=3)
    (berkeley / "acc_h01_s01_a01_r01.txt").write_text("0 0 1 0\n0 0 1 1\n", encoding="utf-8")
    return {
        "folder": (PlainFolder(), signs / "zed_1.mp4"),
        "arsl10": (Arsl10(), arabic / "R02.mp4"),
        "utd-mhad": (UtdMhad(), root / "utd" / "Depth" / "a2_s1_t1_depth.mat"),
        "vsl50": (Vsl50(), vsl50 / "N2_khai_bao_0_color.mp4"),
        "berkeley-mhad": (BerkeleyMhad(), berkeley / "cam01_s02_a01_r01.mp4"),
    }


def root_of(reader: Reader, place: Path) -> Path:
    above = {"folder": 1, "arsl10": 2, "utd-mhad": 1, "vsl50": 1, "berkeley-mhad": 0}
    return place.parents[above[reader.dataset]]


@pytest.mark.parametrize("layout", ["folder", "arsl10", "utd-mhad", "vsl50", "berkeley-mhad"])
def test_a_link_that_leads_nowhere_costs_itself(tmp_path: Path, layout: str) -> None:
    reader, place = layouts(tmp_path)[layout]
    place.symlink_to(tmp_path / "annex" / "gone")
    listing = reader.list(root_of(reader, place))

    assert len(listing.clips) == 1
    (problem,) = listing.problems
    assert (problem.path, problem.what) == (place, "there is no file behind this name")


@pytest.mark.parametrize("layout", ["folder", "arsl10", "utd-mhad", "vsl50", "berkeley-mhad"])
def test_a_closed_folder_costs_itself(
    tmp_path: Path, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, place = layouts(tmp_path)[layout]
    root = root_of(reader, place)
    closed = root / "zz closed"
    closed.mkdir()
    scan = os.scandir

    # Root may look into any folder, so the system's refusal is made here.
    def refusing(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(closed))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    listing = reader.list(root)

    assert len(listing.clips) == 1
    assert [(p.path, p.what) for p in listing.problems] == [
        (closed, "this folder cannot be opened")
    ]


# -- lists -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_published_lists_of_any_separator(tmp_path: Path, mark: str, encoding: str) -> None:
    names = {"train.csv": "a1_s1_t1", "test.csv": "a1_s2_t1"}
    for file, name in names.items():
        rows = [("", "file", "label"), ("0", rf"data\one\{name}.npy", "one")]
        text = "".join(mark.join(row) + "\r\n" for row in rows)
        (tmp_path / file).write_bytes(text.encode(encoding))
    for subject in (1, 2):
        write_recording(tmp_path / "set", 1, subject, 1)
    split = read_published_split(tmp_path / "train.csv", tmp_path / "test.csv")
    applied = apply_split(UtdMhad().list(tmp_path / "set"), split)

    assert applied.problems == ()
    assert (applied.train, applied.test) == ({"a01_s1_t1"}, {"a01_s2_t1"})


@pytest.mark.parametrize("first", ["", "sep=;\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_list_of_labels_as_excel_saves_it_in_vietnam(
    tmp_path: Path, encoding: str, first: str
) -> None:
    write_video(tmp_path / "1_1.mp4", frames=3)
    text = first + "id_label_in_documents;id_label_in_documents;name\n1;1;bãi cỏ\n"
    (tmp_path / "1_1000_label.csv").write_bytes(text.encode(encoding))

    assert Vsl().list(tmp_path).glosses == ("bãi cỏ",)


def test_a_list_that_is_no_text_says_what_to_do(tmp_path: Path) -> None:
    for name in ("train.csv", "test.csv"):
        (tmp_path / name).write_bytes("0,b\xe3i,m\n".encode("latin-1"))
    with pytest.raises(DataError, match=r"train\.csv.*save it as CSV in UTF-8"):
        read_published_split(tmp_path / "train.csv", tmp_path / "test.csv")
