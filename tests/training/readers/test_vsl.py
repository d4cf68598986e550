"""The Vietnamese set: labels out of file names, glosses that stay Vietnamese to the last letter."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import unicodedata
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
from training.preparation.prepared_set import load_prepared
from training.readers.files.listing import Listing
from training.readers.vsl import Vsl
from training.tasks.known_sets import SETS, signs_of

LIST = "1_1000_label.csv"
HEADER = ("id_label_in_documents", "name", "english (A)", "url", "id_label_in_documents")
GLOSSES = {1: "bãi cỏ", 2: "bực mình", 7: "cùng / với (giới từ)", 240: "bãi cỏ"}
TWICE_400 = "line 402: label 400 is 'thích nghi' and 'Ma Cao'"
"""As published: the list numbers two signs alike, and leaves out 699."""
VIDEO = "01_Co-Hien_1-100_1-2-3_0108___center_device02_signer01_center_ord1_{}.mp4"


def put(file: Path, content: str | bytes = "x") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def list_of(glosses: dict[int, str], *more: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows((label, gloss, "", "https://a.b/c", label) for label, gloss in glosses.items())
    return "\ufeff" + out.getvalue() + "".join(f"{line}\r\n" for line in more)


def said(listing: Listing) -> list[tuple[str, str]]:
    return [(problem.path.name, problem.what) for problem in listing.problems]


def test_signer_and_label_are_in_the_name_and_the_gloss_in_the_list(tmp_path: Path) -> None:
    put(tmp_path / LIST, list_of(GLOSSES))
    for label in GLOSSES:
        put(tmp_path / VIDEO.format(label))
    put(tmp_path / "day 2" / "left" / "12_An_3_7.MP4")
    listing = Vsl().list(tmp_path)
    assert listing.problems == ()
    # Two labels of one gloss are one sign.
    assert listing.glosses == ("bãi cỏ", "bực mình", "cùng / với (giới từ)")
    assert listing.signers == ("01", "12")
    clip = next(clip for clip in listing.clips if clip.signer == "12")
    assert (clip.key, clip.gloss) == ("day 2/left/12_An_3_7", "cùng / với (giới từ)")


def test_the_real_sample_and_its_list(shared_data: Path) -> None:
    folder = shared_data / "vsl-sample"
    listing = Vsl().list(folder)
    assert said(listing) == [(LIST, TWICE_400)]
    (clip,) = listing.clips
    with (folder / LIST).open(encoding="utf-8-sig", newline="") as file:
        glosses = {row[0]: row[1] for row in csv.reader(file)}
    assert (clip.signer, clip.gloss) == ("01", glosses["23"])
    assert Vsl().frames(clip, 2).shape == (2, 720, 1280, 3)


def test_every_label_of_the_real_list_that_means_one_sign_has_its_gloss(
    shared_data: Path, tmp_path: Path
) -> None:
    put(tmp_path / LIST, (shared_data / "vsl-sample" / LIST).read_bytes())
    for label in range(1, 1001):
        put(tmp_path / f"1_{label}.mp4")
    listing = Vsl().list(tmp_path)
    assert (len(listing.clips), len(listing.glosses)) == (998, 997)
    # Nobody can know which of its two signs a clip of 400 is: it is left out, not guessed.
    assert [name for name, _ in said(listing)] == [LIST, "1_400.mp4", "1_699.mp4"]
    assert said(listing)[0][1] == TWICE_400
    assert sum(clip.gloss == "bãi cỏ" for clip in listing.clips) == 2


def test_any_spelling_of_a_gloss_is_one_sign(tmp_path: Path) -> None:
    spelt = {
        1: "bãi cỏ",
        2: unicodedata.normalize("NFD", "bãi cỏ"),
        3: " bãi\u00a0cỏ ",
        4: "bãi  cỏ\n",
    }
    put(tmp_path / LIST, list_of(spelt))
    for label in spelt:
        put(tmp_path / f"1_{label}.mp4")
    listing = Vsl().list(tmp_path)
    assert listing.glosses == ("bãi cỏ",)
    assert (len(listing.clips), listing.problems) == (4, ())


def test_a_zero_in_front_makes_nobody_another_signer(tmp_path: Path) -> None:
    put(tmp_path / LIST, list_of(GLOSSES))
    for name in ("1_a_1.mp4", "01_a_1.mp4", "001_a_01.mp4"):
        put(tmp_path / name)
    listing = Vsl().list(tmp_path)
    assert (listing.signers, listing.glosses) == (("01",), ("bãi cỏ",))


def test_whatever_cannot_be_used_is_named(tmp_path: Path) -> None:
    rows = (
        '3,"một, hai",,u,3',
        "4,một, hai,,u,4",
        "5,ba,,u,6",
        "five,năm,,u,five",
        "6,,,u,6",
        "2,khác,,u,2",
        "7",
        "8,tám,,u,",
    )
    put(tmp_path / LIST, list_of({1: "bãi cỏ", 2: "bực mình"}, *rows) + '9,"chín')
    for label in (1, 2, 3, 4, 8, 99):
        put(tmp_path / f"1_{label}.mp4")
    names = (
        "1.mp4",
        "a_1.mp4",
        "1_a.mp4",
        "1_1.gif",
        "1_1234567.mp4",
        "notes.txt",
        "x/2_labels.csv",
    )
    for name in names:
        put(tmp_path / name)
    put(tmp_path / "1_7.mp4", "")
    put(tmp_path / "more" / ".DS_Store")
    (tmp_path / "1_8_1.mp4").symlink_to(tmp_path / "gone.mp4")
    listing = Vsl().list(tmp_path)
    glosses = {clip.key: clip.gloss for clip in listing.clips}
    assert glosses == {"1_1": "bãi cỏ", "1_3": "một, hai", "1_8": "tám"}
    unlike = "not a name of this set (signer_…_label.mp4, both numbers)"
    assert dict(pair for pair in said(listing) if pair[0] != LIST) == {
        "1_2.mp4": f"label 2 has no gloss, or not one, in {LIST}",
        "1_4.mp4": f"label 4 has no gloss, or not one, in {LIST}",
        "1_99.mp4": f"label 99 has no gloss, or not one, in {LIST}",
        "1_7.mp4": "the file is empty",
        "1_8_1.mp4": "there is no file behind this name",
        **{name.rpartition("/")[2]: unlike for name in names},
    }
    torn = "is not one label and one gloss in 5 columns"
    assert [what for name, what in said(listing) if name == LIST] == [
        f"line 5 {torn}",
        f"line 6 {torn}",
        "line 7: 'five' is not a label's number",
        f"line 8 {torn}",
        "line 9: label 2 is 'bực mình' and 'khác'",
        f"line 10 {torn}",
        f"line 12 {torn}",
    ]


def test_names_that_differ_in_spelling_alone_are_one_key(tmp_path: Path) -> None:
    put(tmp_path / LIST, list_of(GLOSSES))
    composed, decomposed = "1_Hiền_1.mp4", unicodedata.normalize("NFD", "1_Hiền_1.mp4")
    put(tmp_path / composed)
    put(tmp_path / decomposed)
    if len(list(tmp_path.glob("*.mp4"))) == 1:
        pytest.skip("this file system holds both names for one")
    listing = Vsl().list(tmp_path)
    assert [clip.key for clip in listing.clips] == ["1_Hiền_1"]
    assert "a second film of this name" in said(listing)[0][1]


def test_one_list_and_no_other(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere: there is no such folder"):
        Vsl().list(tmp_path / "nowhere")
    put(tmp_path / "1_1.mp4")
    put(tmp_path / "deeper" / LIST, list_of(GLOSSES))
    put(tmp_path / f"._{LIST}", "x")
    with pytest.raises(DataError, match=r"no list of labels; put .* into this folder"):
        Vsl().list(tmp_path)
    put(tmp_path / LIST, list_of(GLOSSES))
    assert len(Vsl().list(tmp_path).clips) == 1
    put(tmp_path / "Old Labels.CSV", list_of(GLOSSES))
    with pytest.raises(DataError, match=r"several .*1_1000_label\.csv, Old Labels\.CSV"):
        Vsl().list(tmp_path)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "has no columns"),
        (b"label,gloss\n1,a\n", "has no columns"),
        ("id_label_in_documents,name\n1,b\xe3i\n".encode("latin-1"), "save it as CSV in UTF-8"),
        (b'id_label_in_documents,"name\n1,a\n', "has no columns"),
    ],
)
def test_a_list_that_is_none_is_named(tmp_path: Path, content: bytes, what: str) -> None:
    put(tmp_path / "1_1.mp4")
    put(tmp_path / LIST, content)
    with pytest.raises(DataError, match=rf"1_1000_label\.csv.*{what}"):
        Vsl().list(tmp_path)


def test_the_columns_may_stand_anywhere_and_once(tmp_path: Path) -> None:
    put(tmp_path / LIST, "url, Name ,ID_label_in_documents\nx,bãi cỏ,1\n")
    put(tmp_path / "1_1.mp4")
    assert Vsl().list(tmp_path).glosses == ("bãi cỏ",)


def test_a_set_without_any_video_is_refused(tmp_path: Path) -> None:
    put(tmp_path / LIST, list_of(GLOSSES))
    with pytest.raises(DataError, match="no films of this set"):
        Vsl().list(tmp_path)
    put(tmp_path / "holiday.mp4")
    with pytest.raises(DataError, match=r"holiday\.mp4: not a name"):
        Vsl().list(tmp_path)


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_and_rows_changes_nothing(random: Random) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        labels = random.sample(list(GLOSSES.items()), len(GLOSSES))
        put(root / LIST, list_of(dict(labels)))
        for label, _ in labels:
            put(root / f"{label}" / VIDEO.format(label))
        walk = os.walk

        def shuffled(root: Path, **options: Any) -> Iterator[tuple[str, list[str], list[str]]]:
            for place, folders, names in walk(root, **options):
                random.shuffle(folders)
                yield place, folders, random.sample(names, len(names))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "walk", shuffled)
            listing = Vsl().list(root)
        assert listing.glosses == ("bãi cỏ", "bực mình", "cùng / với (giới từ)")
        assert [clip.key.split("/")[0] for clip in listing.clips] == ["1", "2", "240", "7"]


VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyạảấờữỹ (),\"'/?", min_size=1, max_size=20)


@given(
    st.lists(VIETNAMESE.filter(str.strip), min_size=1, max_size=5), st.sampled_from(["NFC", "NFD"])
)
def test_a_gloss_comes_back_as_it_was_written(glosses: list[str], form: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        spelt = {
            i: unicodedata.normalize("NFC" if form == "NFC" else "NFD", gloss)
            for i, gloss in enumerate(glosses)
        }
        put(root / LIST, list_of(spelt))
        for i in spelt:
            put(root / f"1_{i}.mp4")
        listing = Vsl().list(root)
        assert listing.problems == ()
        found = [clip.gloss for clip in listing.clips]
        assert found == [" ".join(unicodedata.normalize("NFC", g).split()) for g in glosses]


LINES = st.one_of(
    st.text(max_size=30),
    st.tuples(
        st.one_of(st.integers(-5, 10**30).map(str), st.sampled_from(["1", "٣", '"1', "1.0"])),
        st.sampled_from([",bãi cỏ,,u,1", ',"a', ",b,,u,", ",\0,,\r,1", ";b;;u;1"]),
    ).map("".join),
)
BODY = st.one_of(
    st.binary(max_size=300),
    st.lists(LINES, max_size=8).map(lambda lines: "\n".join(lines).encode()),
)


@given(st.one_of(BODY, BODY.map(lambda body: (",".join(HEADER) + "\n").encode() + body)))
def test_any_bytes_as_list_are_labels_problems_or_a_plain_refusal(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        put(root / LIST, content)
        put(root / "1_1.mp4")
        try:
            listing = Vsl().list(root)
        except DataError as error:
            assert name in str(error)  # noqa: PT017
            return
        assert [clip.key for clip in listing.clips] == ["1_1"]
        assert listing.clips[0].gloss


NAMES = st.one_of(
    st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=40),
    st.binary(min_size=1, max_size=60).map(os.fsdecode),
    st.from_regex(r"[0-9]{0,8}[_\w\n\- ]{0,5}[0-9]{0,8}\.(mp4|MP4)\n?", fullmatch=True),
)


@given(st.lists(NAMES, max_size=6), NAMES)
def test_any_file_name_is_a_clip_or_a_problem(names: list[str], folder: str) -> None:
    assume("label" not in folder.lower())
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        put(root / LIST, list_of(GLOSSES))
        put(root / "1_1.mp4")
        for name in names:
            try:
                put(root / folder / name)
            except (OSError, ValueError):
                assume(False)
        listing = Vsl().list(root)
        clips = {clip.video for clip in listing.clips}
        named = {str(problem.path) for problem in listing.problems}
        assert root / "1_1.mp4" in clips
        for file in root.rglob("*"):
            shown = str(file).encode("utf-8", "backslashreplace").decode()
            parts = file.relative_to(root).parts
            hidden = any(part.startswith(".") for part in parts)
            silent = file.is_dir() or hidden or file.name == LIST
            assert silent or file in clips or shown in named
        # What goes into a manifest.
        json.dumps([sorted(named), *(c.key for c in listing.clips)], ensure_ascii=False).encode()


def test_glosses_reach_the_prepared_set_unharmed(tmp_path: Path) -> None:
    root, out = tmp_path / "vsl", tmp_path / "out"
    glosses = {1: unicodedata.normalize("NFD", "bãi cỏ"), 2: "mét (m)", 240: "bãi cỏ"}
    put(root / LIST, list_of(glosses))
    for label in glosses:
        write_video(root / f"0{label % 2}_Hiền_{label}.mp4", frames=4, size=(64, 48))
    reader = Vsl()
    listing = reader.list(root)
    assert reader.frames(listing.clips[0], 24).shape == (24, 48, 64, 3)
    with pytest.raises(DataError, match="no sensor"):
        reader.imu(listing.clips[0])
    settings = Settings(size=32, n_steps=8, crop="centre")
    with Progress(disable=True) as progress:
        prepare(reader, listing, out, settings, progress=progress, workers=1)
    assert '"bãi cỏ"' in (out / MANIFEST).read_text(encoding="utf-8")
    whole = load_prepared(out)
    assert whole.vocabulary == ("bãi cỏ", "mét (m)")
    assert [sign.text("vi") for sign in signs_of("vsl", whole.vocabulary)] == ["bãi cỏ", "mét (m)"]


def test_a_card_names_no_language_that_the_data_do_not() -> None:
    assert SETS["vsl"].language == "mis"
    assert set(SETS["vsl"].title) == {"en", "vi"}
