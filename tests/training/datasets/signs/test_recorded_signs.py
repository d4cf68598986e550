"""Signs are read alike from every form they come in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.recognition.sign_encoder.cleaning import cleaned
from engine.teaching.taught_store import TaughtStore
from tests.drawn_signs import drawn_sign, write_archive, write_signers
from training.datasets.signs.recorded_signs import read_signs
from training.datasets.signs.sign_set import MOMENTS, sign_set
from training.errors import DataError


def test_a_folder_of_landmarks_and_an_archive(tmp_path: Path) -> None:
    landmarks = read_signs(write_signers(tmp_path / "cache", range(3), range(2)))
    archive = read_signs(write_archive(tmp_path / "many.npz", range(4)).parent / "many.npz")
    assert landmarks.dataset == "folder" and landmarks.signers == ["s0", "s1"]
    assert len(landmarks.signs) == 12 and archive.signers == ["unknown"]
    assert all(len(one.solid) for one in (*landmarks.signs, *archive.signs))
    several, single = sign_set(landmarks), sign_set(archive)
    assert several.has_signers and not single.has_signers
    assert several.steps.hands.shape == (12, MOMENTS, 2, 21, 2)
    assert single.first_copies().all() and several.first_copies().sum() == 3


def test_taught_signs(tmp_path: Path) -> None:
    store = TaughtStore(tmp_path)
    for sign in range(2):
        for signer in range(2):
            store.add_take(f"sign {sign}", drawn_sign(sign, signer), signer=f"s{signer}")
    read = read_signs(tmp_path)
    assert (read.dataset, len(read.signs), read.signers) == ("taught", 4, ["s0", "s1"])


def test_a_take_without_hands_is_counted_and_left_out(tmp_path: Path) -> None:
    file = write_archive(tmp_path / "many.npz", range(3))
    with np.load(file) as held:
        columns = {name: held[name] for name in held.files}
    columns["lm"][: columns["offsets"][1], 99:] = 0
    np.savez(file, **columns)
    read = read_signs(file)
    assert read.handless == ("0000",) and len(read.signs) == 2


def test_a_folder_with_nothing_or_too_much_in_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="needed here"):
        read_signs(tmp_path)
    write_archive(tmp_path / "a.npz", [1])
    assert len(read_signs(tmp_path).signs) == 1
    write_archive(tmp_path / "b.npz", [1])
    with pytest.raises(DataError, match="needed here"):
        read_signs(tmp_path)


def test_the_real_sets(shared_data: Path) -> None:
    korean = read_signs(shared_data / "ksl13")
    assert korean.dataset == "ksl13" and len(korean.signers) == 5
    letters = read_signs(shared_data / "fingerspelling")
    assert letters.dataset == "fingerspelling"
    lengths = [len(cleaned(one.segment)) for one in letters.signs[:50]]
    assert min(lengths) > 3
