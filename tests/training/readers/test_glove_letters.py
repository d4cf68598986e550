"""glove-letters: angles that go round, later takes to be tested on, and files that are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.training.finger_recordings import LABELS, write_letters
from training.errors import DataError
from training.readers.glove_letters import parts_by_take, read_glove_letters


def test_signs_takes_and_angles(tmp_path: Path) -> None:
    file = write_letters(tmp_path)
    for place in (file, tmp_path):
        found = read_glove_letters(place)
        assert found.vocabulary == LABELS
        assert len(found) == 40 and found.degrees.shape == (40, 48, 12)
    assert sorted(found.takes[found.glosses == "Â"]) == list(range(1, 11))
    with np.load(file) as archive:
        turns = (found.degrees - archive["seq"].astype(np.float32)) / 360
    np.testing.assert_allclose(turns, np.round(turns), atol=1e-3)
    assert np.abs(np.diff(found.degrees, axis=1)).max() <= 180


def test_later_takes_are_tested_and_nothing_stands_on_two_sides(tmp_path: Path) -> None:
    found = read_glove_letters(write_letters(tmp_path))
    parts = parts_by_take(found)
    assert (sum(parts.values()) == 1).all()
    for gloss in LABELS:
        mine = {
            side: set(found.takes[rows & (found.glosses == gloss)]) for side, rows in parts.items()
        }
        assert mine["test"] == {9, 10} and mine["validation"] == {8}
        assert max(mine["train"]) < min(mine["validation"])


def test_too_few_takes_are_named(tmp_path: Path) -> None:
    found = read_glove_letters(write_letters(tmp_path, takes=4))
    with pytest.raises(DataError, match="4 takes are too few"):
        parts_by_take(found)


def rewritten(file: Path, **changes: object) -> Path:
    with np.load(file) as archive:
        content = dict(archive)
    np.savez(file, **{k: v for k, v in (content | changes).items() if v is not None})
    return file


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rec": None}, "not readable"),
        ({"seq": np.zeros((40, 12, 48))}, "seq must be"),
        ({"label": np.full(40, 9)}, "not among"),
        ({"seq": np.full((40, 48, 12), np.nan)}, "no numbers"),
        ({"rec": np.arange(3)}, "one for each"),
        ({"labels": np.array(["A", "B", "A", "C"])}, "twice"),
    ],
)
def test_what_is_not_this_layout_is_refused(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    file = rewritten(write_letters(tmp_path), **changes)
    with pytest.raises(DataError, match=said) as caught:
        read_glove_letters(file)
    assert "\n" not in str(caught.value)


def test_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"vsl36_glove\.npz"):
        read_glove_letters(tmp_path)


def test_the_real_set_is_read(shared_data: Path) -> None:
    found = read_glove_letters(shared_data)
    assert len(found) == 3601 and len(found.vocabulary) == 36
    parts = parts_by_take(found)
    assert {side: int(rows.sum()) for side, rows in parts.items()} == {
        "train": 2305,
        "validation": 576,
        "test": 720,
    }


@pytest.mark.parametrize("content", [b"a,b,c\n1,2,3\n", b"", bytes(range(256))])
def test_what_is_no_npz_is_told_in_own_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "some.csv"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"some\.csv: this is no \.npz") as caught:
        read_glove_letters(file)
    assert "pickle" not in str(caught.value)


def test_one_array_alone_is_no_set(tmp_path: Path) -> None:
    file = tmp_path / "seq.npy"
    np.save(file, np.zeros((3, 48, 12)))
    with pytest.raises(DataError, match=r"no \.npz"):
        read_glove_letters(file)


def test_what_would_have_to_be_run_is_refused_without_advice(tmp_path: Path) -> None:
    file = rewritten(write_letters(tmp_path), seq=np.array([{}, None], object))
    with pytest.raises(DataError, match="other than numbers") as caught:
        read_glove_letters(file)
    assert "pickle" not in str(caught.value)


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    file = write_letters(tmp_path)
    with np.load(file) as archive:
        np.savez_compressed(file, **dict(archive))
    content = bytearray(file.read_bytes())
    content[200:2000] = bytes(1800)
    file.write_bytes(content)
    with pytest.raises(DataError, match="not readable"):
        read_glove_letters(file)
