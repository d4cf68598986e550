"""AUTSL as published and as unpacking leaves it: its own split holds, nothing is lost silently."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.progress import Progress

from tests.videos import write_video
from training.errors import DataError
from training.preparation.manifest import MANIFEST
from training.preparation.prepare import Settings, prepare
from training.preparation.prepared_set import PreparedSet, load_prepared
from training.readers.autsl import PARTS, Autsl
from training.readers.files.listing import Listing
from training.splits.protocols import Protocol, protocol_for
from training.tasks.known_sets import SETS, signs_of

SIGN_LIST = "SignList_ClassId_TR_EN.csv"
ROWS = {
    "train": {"signer0_sample1": 5, "signer0_sample2": 0, "signer10_sample1": 5},
    "val": {"signer1_sample1": 0},
    "test": {"signer6_sample1": 5},
}
TURKISH = ((0, "acele", "hurry"), (5, "ağaç", "tree"), (36, "Çarşamba", "wednesday"))


def put(file: Path, content: str | bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def write_labels(root: Path, rows: dict[str, dict[str, int]] = ROWS) -> None:
    for part, labels in rows.items():
        lines = [f"{name},{label}\n" for name, label in labels.items()]
        put(root / f"{part}_labels.csv", "".join(lines))


def write_set(root: Path, rows: dict[str, dict[str, int]] = ROWS) -> Path:
    """Films that hold a letter: a listing does not open them."""
    write_labels(root, rows)
    for part, labels in rows.items():
        for name in labels:
            put(root / part / f"{name}_color.mp4", "x")
            put(root / part / f"{name}_depth.mp4", "x")
    return root


def write_signs(
    root: Path, signs: tuple[tuple[int, str, str], ...] = TURKISH, encoding: str = "utf-8"
) -> Path:
    lines = "".join(f"{label},{word},{english}\r\n" for label, word, english in signs)
    return put(root / SIGN_LIST, ("ClassId,TR,EN\r\n" + lines).encode(encoding))


def gloss_of(listing: Listing) -> dict[str, str]:
    return {clip.key: clip.gloss for clip in listing.clips}


def said(listing: Listing) -> list[tuple[str, str]]:
    return [(problem.path.name, problem.what) for problem in listing.problems]


def test_the_published_layout(tmp_path: Path) -> None:
    write_set(tmp_path)
    write_signs(tmp_path)
    listing = Autsl().list(tmp_path)
    assert listing.problems == ()
    assert gloss_of(listing) == {
        "test/signer6_sample1": "ağaç",
        "train/signer0_sample1": "ağaç",
        "train/signer0_sample2": "acele",
        "train/signer10_sample1": "ağaç",
        "val/signer1_sample1": "acele",
    }
    assert listing.signers == ("signer0", "signer1", "signer10", "signer6")
    assert listing.view == "rgb"


def test_folders_as_unpacking_leaves_them(tmp_path: Path) -> None:
    put(tmp_path / "train" / "train" / "signer0_sample1_color.mp4", "x")
    put(tmp_path / "train" / "train_labels.csv", "signer0_sample1,5\n")
    put(tmp_path / "unpacked" / "VAL" / "part1" / "signer1_sample1_color.MP4", "x")
    put(tmp_path / "labels" / "validation_labels.csv", "\ufeffsigner1_sample1 , 0\r\n\r\n")
    listing = Autsl().list(tmp_path)
    assert listing.problems == ()
    assert list(gloss_of(listing)) == ["train/signer0_sample1", "val/signer1_sample1"]


def test_the_same_sample_in_two_parts_is_two_clips(tmp_path: Path) -> None:
    write_set(tmp_path, {"train": {"signer3_sample1": 4}, "test": {"signer3_sample1": 9}})
    assert gloss_of(Autsl().list(tmp_path)) == {
        "test/signer3_sample1": "class_009",
        "train/signer3_sample1": "class_004",
    }


def test_a_zero_in_front_makes_nobody_another_signer(tmp_path: Path) -> None:
    write_set(tmp_path, {"train": {"signer07_sample01": 4, "signer7_sample2": 4}})
    listing = Autsl().list(tmp_path)
    assert listing.signers == ("signer7",)
    assert listing.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254"])
def test_turkish_letters_survive_in_every_published_encoding(tmp_path: Path, encoding: str) -> None:
    words = ("ışık", "İğne", "üzgün", "öğretmen", "şapka", "çiçek")
    write_set(tmp_path, {"train": {f"signer0_sample{i}": i for i in range(len(words))}})
    write_signs(tmp_path, tuple((i, word, "x") for i, word in enumerate(words)), encoding)
    listing = Autsl().list(tmp_path)
    assert tuple(clip.gloss for clip in listing.clips) == words
    assert listing.problems == ()


def test_two_signs_of_one_word_stay_apart(tmp_path: Path) -> None:
    write_set(tmp_path, {"train": {f"signer0_sample{i}": i for i in range(4)}})
    decomposed = "g\u0306ul"
    write_signs(
        tmp_path,
        ((0, "ğul", "a"), (1, decomposed, "b"), (2, "ğul (0)", "c"), (3, "class_007", "d")),
    )
    glosses = list(gloss_of(Autsl().list(tmp_path)).values())
    assert len(set(glosses)) == 4
    assert glosses[1] == "ğul (1)"
    assert all(gloss.startswith("ğul (0) (") for gloss in (glosses[0], glosses[2]))
    assert glosses[3] == "class_007 (3)"


def test_a_sign_is_called_the_same_whichever_clips_are_there(tmp_path: Path) -> None:
    write_set(tmp_path, {"train": {"signer0_sample1": 127}})
    write_signs(tmp_path, ((12, "masa", "table"), (127, "masa", "tongs")))
    assert Autsl().list(tmp_path).glosses == ("masa (127)",)


def test_whatever_cannot_be_used_is_named(tmp_path: Path) -> None:
    write_set(tmp_path)
    train = tmp_path / "train"
    put(train / "signer0_sample3_color.mp4", "x")
    put(train / "signer0_sample4_color.mp4", "")
    put(train / "signer0_sample5_color.gif", "x")
    put(train / "signer0_sample6_color.mp4", "x")
    put(train / "again" / "signer0_sample1_color.mp4", "x")
    put(train / "val" / "signer1_sample7_color.mp4", "x")
    put(tmp_path / "signer0_sample8_color.mp4", "x")
    put(tmp_path / "notes.txt", "rain")
    put(tmp_path / ".DS_Store", "x")
    (train / "signer0_sample9_color.mp4").symlink_to(tmp_path / "gone.mp4")
    (train / "more").symlink_to(tmp_path / "val")
    with (tmp_path / "train_labels.csv").open("a", encoding="utf-8") as file:
        file.write("signer0_sample4,3\nsigner0_sample6,3\nsigner0_sample6,4\nsigner0_sample40,3\n")
        file.write('"signer0_sample41,3\nsigner0_sample42\nsigner0_sample43,226\nperson1,3\n')
        file.write("signer0_sample9,3\n" + "signer0_sample1,5\n")
    write_signs(tmp_path, ((0, "acele", "hurry"), (0, "yavaş", "slow"), (300, "ağaç", "tree")))
    listing = Autsl().list(tmp_path)
    assert sorted(gloss_of(listing).values()) == [
        "acele",
        "acele",
        "class_005",
        "class_005",
        "class_005",
    ]
    assert dict(pair for pair in said(listing) if not pair[0].endswith(".csv")) == {
        "signer0_sample3_color.mp4": "no row of train_labels.csv names this clip",
        "signer0_sample4_color.mp4": "the file is empty",
        "signer0_sample5_color.gif": "not a name of this set (signerX_sampleY_color.mp4)",
        "signer0_sample6_color.mp4": "the labels of this clip are 3 and 4",
        "signer0_sample1_color.mp4": f"there twice; {train / 'signer0_sample1_color.mp4'} is kept",
        "signer1_sample7_color.mp4": "does not lie in one of the folders train, val and test",
        "signer0_sample8_color.mp4": "does not lie in one of the folders train, val and test",
        "signer0_sample9_color.mp4": "there is no file behind this name",
        "notes.txt": "not a name of this set (signerX_sampleY_color.mp4)",
        "more": "a link to a folder, which is not followed",
    }
    assert [what for name, what in said(listing) if name == "train_labels.csv"] == [
        "line 8 is not signerX_sampleY,label",
        "line 9 is not signerX_sampleY,label",
        "line 10: labels go from 0 to 225, not to 226",
        "line 11 is not signerX_sampleY,label",
        "line 7: there is no film signer0_sample40",
    ]
    assert [what for name, what in said(listing) if name == SIGN_LIST] == [
        "line 3: 0 is 'acele' already, not 'yavaş'",
        "line 4 is not a label from 0 to 225 and a word",
        "has no word for 5: called class_XXX",
    ]


def test_a_part_that_was_not_fetched_is_one_problem(tmp_path: Path) -> None:
    write_set(tmp_path)
    for file in (tmp_path / "train").iterdir():
        file.unlink()
    assert said(Autsl().list(tmp_path)) == [
        ("train_labels.csv", "there is no film at all of train to these 3 rows")
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"ClassId|TR|EN\n0|acele|hurry\n"])
def test_a_broken_sign_list_costs_the_words_and_no_clip(tmp_path: Path, content: bytes) -> None:
    write_set(tmp_path)
    put(tmp_path / SIGN_LIST, content)
    listing = Autsl().list(tmp_path)
    assert listing.glosses == ("class_000", "class_005")
    assert SIGN_LIST in {name for name, _ in said(listing)}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\n \n"])
def test_a_broken_label_file_costs_its_part_alone(tmp_path: Path, content: bytes) -> None:
    write_set(tmp_path)
    put(tmp_path / "test_labels.csv", content)
    listing = Autsl().list(tmp_path)
    assert len(listing.clips) == 4
    assert "signer6_sample1_color.mp4" in {name for name, _ in said(listing)}


def test_a_folder_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_set(tmp_path)
    real = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "val":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    listing = Autsl().list(tmp_path)
    assert ("val", "this folder cannot be opened") in said(listing)
    assert len(listing.clips) == 4


def test_a_folder_without_this_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere"):
        Autsl().list(tmp_path / "nowhere")
    put(tmp_path / "train" / "signer0_sample1_color.mp4", "x")
    with pytest.raises(DataError, match=r"no row of train_labels\.csv"):
        Autsl().list(tmp_path)


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_and_rows_changes_nothing(random: Random) -> None:
    with tempfile.TemporaryDirectory() as name:
        straight, mixed = Path(name, "straight"), Path(name, "mixed")
        write_set(straight)
        write_signs(straight)
        parts = random.sample(list(ROWS.items()), len(ROWS))
        write_set(mixed, {p: dict(random.sample(list(r.items()), len(r))) for p, r in parts})
        write_signs(mixed, tuple(random.sample(TURKISH, len(TURKISH))))
        walk = os.walk

        def shuffled(root: Path, **options: Any) -> Iterator[tuple[str, list[str], list[str]]]:
            for place, folders, names in walk(root, **options):
                random.shuffle(folders)
                yield place, folders, random.sample(names, len(names))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "walk", shuffled)
            found = Autsl().list(mixed)
        wanted = Autsl().list(straight)
        assert [*gloss_of(found).items()] == [*gloss_of(wanted).items()]
        assert found.glosses == wanted.glosses == ("acele", "ağaç")


LINES = st.one_of(
    st.text(max_size=30),
    st.tuples(
        st.sampled_from(["signer0_sample1", "signer0_sample2", "SIGNER0", '"signer0_sample1']),
        st.sampled_from([",", ";", ',"', "\0", "\r"]),
        st.one_of(st.integers(-5, 10**30).map(str), st.sampled_from(["٣", "5", "5.0", "225"])),
    ).map("".join),
)
CSV = st.one_of(
    st.binary(max_size=300),
    st.lists(LINES, max_size=8).map(lambda lines: "\n".join(lines).encode()),
)


@given(CSV, st.one_of(CSV, CSV.map(lambda content: b"\xef\xbb\xbfClassId,TR,EN\n" + content)))
def test_any_bytes_as_csv_are_labels_problems_or_a_plain_refusal(
    labels: bytes, signs: bytes
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        put(root / "train" / "signer0_sample1_color.mp4", "x")
        put(root / "train" / "signer0_sample2_color.mp4", "x")
        put(root / "train_labels.csv", labels)
        put(root / SIGN_LIST, signs)
        try:
            listing = Autsl().list(root)
        except DataError:
            return
        # Every film is a clip or named.
        named = {problem.path.name for problem in listing.problems}
        assert len(listing.clips) + sum(name.endswith(".mp4") for name in named) == 2
        assert all(clip.gloss for clip in listing.clips)


NAMES = st.one_of(
    st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=40),
    st.binary(min_size=1, max_size=60).map(os.fsdecode),
    st.from_regex(r"signer[0-9]{1,8}_sample[0-9]{1,8}_(color|depth)\.(mp4|MP4)\n?", fullmatch=True),
)


@given(st.lists(NAMES, max_size=6), st.sampled_from(["train", "val", "other", ""]))
def test_any_file_name_is_a_clip_or_a_problem(names: list[str], folder: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = write_set(Path(place))
        before = {file for file in root.rglob("*") if file.is_file()}
        for name in names:
            try:
                put(root / folder / name, "x")
            except (OSError, ValueError):
                assume(False)
        strange = {file for file in root.rglob("*") if file.is_file()} - before
        listing = Autsl().list(root)
        clips = {clip.video for clip in listing.clips}
        named = {str(problem.path) for problem in listing.problems}
        assert len(clips) >= len(ROWS)
        for file in strange - clips:
            shown = str(file).encode("utf-8", "backslashreplace").decode()
            silent = file.name.startswith(".") or file.name.lower().endswith("_depth.mp4")
            assert silent or shown in named
        # What goes into a manifest.
        json.dumps([sorted(named), *gloss_of(listing)], ensure_ascii=False).encode()


def prepared(root: Path, out: Path) -> PreparedSet:
    reader = Autsl()
    settings = Settings(size=32, n_steps=8, crop="centre")
    with Progress(disable=True) as progress:
        prepare(reader, reader.list(root), out, settings, progress=progress, workers=1)
    return load_prepared(out)


def video_set(root: Path, rows: dict[str, dict[str, int]]) -> Path:
    write_labels(root, rows)
    write_signs(root)
    for part, labels in rows.items():
        (root / part).mkdir()
        for name in labels:
            write_video(root / part / f"{name}_color.mp4", frames=4, size=(64, 48))
    return root


def signers_of(protocol: Protocol) -> tuple[tuple[str, ...], ...]:
    return protocol.split.train, protocol.split.validation, protocol.split.test


def test_it_is_prepared_and_split_as_published(tmp_path: Path) -> None:
    root = video_set(tmp_path / "autsl", ROWS)
    clip = Autsl().list(root).clips[0]
    assert Autsl().frames(clip, 24).shape == (24, 48, 64, 3)
    with pytest.raises(DataError, match="no sensor"):
        Autsl().imu(clip)
    whole = prepared(root, tmp_path / "out")
    assert whole.vocabulary == ("acele", "ağaç")
    assert "ağaç" in (tmp_path / "out" / MANIFEST).read_text(encoding="utf-8")
    protocol = protocol_for(whole, 0)
    assert signers_of(protocol) == (("signer0", "signer10"), ("signer1",), ("signer6",))
    assert protocol.name == "as published: 2 signers train, 1 validation, 1 test"
    sides = ("train", "validation", "test")
    for side, part in zip(sides, PARTS, strict=True):
        keys = whole.keys[protocol.side(whole, side)]
        assert sorted(keys) == sorted(f"{part}/{name}" for name in ROWS[part])
    with pytest.raises(DataError, match="as published"):
        protocol_for(whole, 1)


def test_a_signer_in_two_parts_is_refused(tmp_path: Path) -> None:
    rows = {**ROWS, "test": {"signer0_sample9": 5}}
    whole = prepared(video_set(tmp_path / "autsl", rows), tmp_path / "out")
    with pytest.raises(DataError, match="signer0 stands in train and in test"):
        protocol_for(whole, 0)


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    rows = {part: ROWS[part] for part in ("train", "val")}
    whole = prepared(video_set(tmp_path / "autsl", rows), tmp_path / "out")
    with pytest.raises(DataError, match="no clip of test"):
        protocol_for(whole, 0)


def test_what_a_card_says_of_the_set() -> None:
    facts = SETS["autsl"]
    assert facts.language == "tsm" and "Sincan" in facts.licence
    assert set(facts.title) == {"en", "vi"}
    (sign,) = signs_of("autsl", ["ağaç"])
    assert sign.text("vi") == sign.text("en") == "ağaç"
