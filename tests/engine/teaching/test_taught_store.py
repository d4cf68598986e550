"""Taught signs on disk: nothing is lost, nothing is trusted."""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.frame import Landmarks
from engine.landmarks.recording import LandmarkRecording, load_recording
from engine.teaching.taught_store import MOST_TAKES, TaughtSignError, TaughtStore, clean_gloss

pytestmark = pytest.mark.slow


def recording(seed: int = 0, steps: int = 12) -> LandmarkRecording:
    random = np.random.default_rng(seed)
    seen = [
        Landmarks(
            random.uniform(0, 400, (33, 4)).astype(np.float32),
            random.uniform(0, 400, (21, 3)).astype(np.float32) if step % 2 else None,
        )
        for step in range(steps)
    ]
    return LandmarkRecording.of([step / 15 for step in range(steps)], seen)


@pytest.fixture
def taught(tmp_path: Path) -> TaughtStore:
    return TaughtStore(tmp_path / "taught")


def listed(taught: TaughtStore) -> dict[str, int]:
    return {sign.gloss: len(sign.takes) for sign in taught.signs()}


def test_a_take_is_on_disk_at_once(taught: TaughtStore) -> None:
    assert taught.signs() == ()
    sign = taught.add_take("cảm ơn", recording(1), left_handed=True, signer="Mai")
    again = TaughtStore(taught.folder).signs()
    assert again == (sign,)
    (take,) = sign.takes
    assert (take.left_handed, take.signer) == (True, "Mai")
    read, wanted = load_recording(take.file), recording(1)
    np.testing.assert_array_equal(read.pose, wanted.pose)
    np.testing.assert_array_equal(read.left_hand, wanted.left_hand)
    text = (taught.folder / "taught.json").read_text("utf-8")
    assert "cảm ơn" in text
    assert take.file.name.startswith("cam_on-")
    assert sorted(p.name for p in taught.folder.iterdir()) == ["takes", "taught.json"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b", "a\u202eb", "\ud800"])
def test_a_name_that_is_none(taught: TaughtStore, name: str) -> None:
    with pytest.raises(TaughtSignError) as caught:
        taught.add_take(name, recording())
    assert caught.value.reason == "name"
    assert not taught.folder.exists()


def test_names_are_the_same_however_they_are_written(taught: TaughtStore) -> None:
    taught.add_take("Cảm ơn", recording(1))
    taught.add_take(unicodedata.normalize("NFD", "  cảm   ơn "), recording(2))
    assert listed(taught) == {"Cảm ơn": 2}
    taught.rename("CẢM ƠN", "cảm ơn")
    assert listed(taught) == {"cảm ơn": 2}


@given(st.text(max_size=80))
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    try:
        gloss = clean_gloss(text)
    except TaughtSignError:
        return
    assert clean_gloss(gloss) == gloss
    assert 1 <= len(gloss) <= 60
    assert unicodedata.is_normalized("NFC", gloss)


def test_ten_takes_and_no_more(taught: TaughtStore) -> None:
    for seed in range(MOST_TAKES):
        taught.add_take("tree", recording(seed))
    with pytest.raises(TaughtSignError, match="10 takes"):
        taught.add_take("tree", recording(99))
    taught.delete_take("tree", 3)
    kept = [load_recording(take.file).pose[0, 0, 0] for take in taught.signs()[0].takes]
    wanted = [recording(s).pose[0, 0, 0] for s in range(MOST_TAKES) if s != 3]
    np.testing.assert_array_equal(kept, wanted)
    taught.add_take("tree", recording(99))
    assert len(list((taught.folder / "takes").iterdir())) == MOST_TAKES


def test_deleting_and_renaming(taught: TaughtStore) -> None:
    for name in ("tree", "house"):
        taught.add_take(name, recording())
    taught.rename("tree", "oak")
    assert listed(taught) == {"oak": 1, "house": 1}
    for work in (
        lambda: taught.rename("oak", "House"),
        lambda: taught.rename("tree", "elm"),
        lambda: taught.delete("tree"),
        lambda: taught.delete_take("oak", 1),
        lambda: taught.delete_take("oak", -1),
    ):
        with pytest.raises(TaughtSignError):
            work()
    taught.delete("house")
    taught.delete_take("oak", 0)
    assert taught.signs() == ()
    assert list((taught.folder / "takes").iterdir()) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"signs": 3}', '{"format_version": 9}'])
def test_a_damaged_list_is_told_and_left_alone(taught: TaughtStore, content: str) -> None:
    taught.add_take("tree", recording())
    file = taught.folder / "taught.json"
    file.write_text(content)
    works: list[Callable[[], object]] = [
        taught.signs,
        lambda: taught.add_take("tree", recording(1)),
        lambda: taught.delete("tree"),
        taught.discard_damaged,
        lambda: taught.export(taught.folder / "all.signs"),
    ]
    for work in works:
        with pytest.raises(TaughtSignError, match=r"taught\.json"):
            work()
    assert file.read_text() == content
    assert len(list((taught.folder / "takes").iterdir())) == 1


def test_no_name_in_the_list_leads_out_of_the_folder(taught: TaughtStore) -> None:
    taught.add_take("tree", recording())
    file = taught.folder / "taught.json"
    for name in ("../x.npz", "takes/../../x.npz", "/etc/passwd", "takes/a\\b.npz", "takes/a.npz\n"):
        index = json.loads(file.read_text("utf-8"))
        index["signs"][0]["takes"][0]["file"] = name
        file.write_text(json.dumps(index))
        with pytest.raises(TaughtSignError) as caught:
            taught.signs()
        assert caught.value.reason == "damaged"


def test_damaged_takes_are_left_out_and_told(taught: TaughtStore) -> None:
    for seed in range(3):
        taught.add_take("tree", recording(seed))
    taught.add_take("house", recording())
    first, _, third = taught.signs()[0].takes
    first.file.write_bytes(first.file.read_bytes()[:-20])
    third.file.unlink()
    taught.signs()[-1].takes[0].file.write_bytes(b"")
    assert listed(taught) == {"tree": 1}
    told = list(taught.problems)
    assert len(told) == 3
    assert str(first.file) in told[0] and "house" in told[2]
    taught.add_take("tree", recording(7))
    assert listed(taught) == {"tree": 2}
    taught.discard_damaged()
    assert listed(taught) == {"tree": 2}
    assert not taught.problems
    assert len(list((taught.folder / "takes").iterdir())) == 2


def test_an_empty_recording_is_refused(taught: TaughtStore) -> None:
    with pytest.raises(TaughtSignError, match="nothing"):
        taught.add_take("tree", LandmarkRecording.of([], []))
    assert taught.signs() == ()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    taught = TaughtStore(tmp_path / "file" / "taught")
    with pytest.raises(TaughtSignError) as caught:
        taught.add_take("tree", recording())
    assert caught.value.reason == "disk"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_loses_nothing(taught: TaughtStore) -> None:
    taught.add_take("tree", recording())
    before = (taught.folder / "taught.json").read_bytes()
    # What is written aside goes to a device that is always full.
    (taught.folder / "taught.json.unfinished").symlink_to("/dev/full")
    with pytest.raises(TaughtSignError, match="No space left") as caught:
        taught.add_take("tree", recording(1))
    assert caught.value.reason == "disk"
    assert (taught.folder / "taught.json").read_bytes() == before
    assert len(list((taught.folder / "takes").iterdir())) == 1


def test_export_and_import(taught: TaughtStore, tmp_path: Path) -> None:
    for seed in range(3):
        taught.add_take("cảm ơn", recording(seed), left_handed=seed == 1)
    taught.add_take("tree", recording(8))
    one, every = tmp_path / "one.signs", tmp_path / "every.signs"
    taught.export(one, ["Cảm ơn"])
    taught.export(every)
    other = TaughtStore(tmp_path / "other")
    assert other.import_(one) == ("cảm ơn",)
    assert other.import_(every) == ("tree",)
    assert other.import_(every) == ()
    assert listed(other) == listed(taught)
    assert [take.left_handed for take in other.signs()[0].takes] == [False, True, False]
    assert sorted(p.name for p in other.folder.iterdir()) == ["takes", "taught.json"]
    with pytest.raises(TaughtSignError):
        TaughtStore(tmp_path / "none").export(tmp_path / "none.signs")
    assert not (tmp_path / "none.signs").exists()


def test_import_fills_up_to_ten(taught: TaughtStore, tmp_path: Path) -> None:
    other = TaughtStore(tmp_path / "other")
    for seed in range(8):
        taught.add_take("tree", recording(seed))
        other.add_take("Tree", recording(100 + seed))
    taught.export(tmp_path / "x.signs")
    assert other.import_(tmp_path / "x.signs") == ("Tree",)
    assert listed(other) == {"Tree": 10}


def rewritten(source: Path, target: Path, changes: dict[str, bytes]) -> Path:
    """`source` with these members replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.pop(name) if name in changes else old.read(name))
        for name, data in changes.items():
            new.writestr(name, data)
    return target


@pytest.mark.parametrize("fault", ["altered", "outside", "missing", "no recording", "bomb", "far"])
def test_a_bad_file_changes_nothing(taught: TaughtStore, tmp_path: Path, fault: str) -> None:
    import hashlib
    import io

    taught.add_take("tree", recording())
    taught.add_take("house", recording(1))
    whole, bad = tmp_path / "whole.signs", tmp_path / "bad.signs"
    taught.export(whole)
    with zipfile.ZipFile(whole) as archive:
        index = json.loads(archive.read("taught.json"))
    entry = index["signs"][1]["takes"][0]
    name, data = entry["file"], b"none"
    if fault == "outside":
        entry["file"] = name = "../../evil.npz"
    elif fault == "missing":
        entry["file"] = "takes/other.npz"
    elif fault == "far":
        strange = recording(1)
        strange.pose[0] = np.inf
        strange.save(tmp_path / "far.npz")
        data = (tmp_path / "far.npz").read_bytes()
    elif fault == "bomb":
        stream = io.BytesIO()
        zeros = np.zeros((1_200_000, 33, 4), np.float32)
        np.savez_compressed(stream, t_s=zeros[:, 0, 0], pose=zeros, left_hand=0, right_hand=0)
        data = stream.getvalue()
    if fault != "altered":
        entry["sha256"] = hashlib.sha256(data).hexdigest()
    rewritten(whole, bad, {"taught.json": json.dumps(index).encode(), name: data})
    other = TaughtStore(tmp_path / "deep" / "er" / "other")
    other.add_take("sun", recording(5))
    with pytest.raises(TaughtSignError, match=r"bad\.signs") as caught:
        other.import_(bad)
    assert caught.value.reason == "file"
    assert listed(other) == {"sun": 1}
    assert len(list((other.folder / "takes").iterdir())) == 1
    assert not list(tmp_path.rglob("evil.npz"))
    assert not list(other.folder.glob(".import-*"))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("exported")
    taught = TaughtStore(folder / "taught")
    taught.add_take("tree", recording(steps=6))
    taught.export(folder / "x.signs")
    return (folder / "x.signs").read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(None, b"PK\x05\x06" + bytes(18))
@given(st.none() | st.integers(0, 10**6), st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(
    tmp_path: Path, exported: bytes, place: int | None, noise: bytes
) -> None:
    """Bytes of any kind, or a good file with some of its bytes overwritten."""
    content = noise
    if place is not None:
        at = place % len(exported)
        content = exported[:at] + noise + exported[at + len(noise) :]
    file, folder = tmp_path / "any.signs", tmp_path / "any"
    file.write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    taught = TaughtStore(folder)
    refused: TaughtSignError | None = None
    try:
        taught.import_(file)
    except TaughtSignError as error:
        refused = error
    assert refused is None or str(file) in str(refused)
    takes = [take for sign in taught.signs() for take in sign.takes]
    assert not (refused and takes)
    assert all(len(load_recording(take.file)) for take in takes)


def test_a_file_that_is_not_there(taught: TaughtStore, tmp_path: Path) -> None:
    with pytest.raises(TaughtSignError, match=r"nothing\.signs"):
        taught.import_(tmp_path / "nothing.signs")
    with pytest.raises(TaughtSignError):
        taught.import_(tmp_path)
