"""The asl20 reader: right axes, frozen armbands found, nothing skipped silently."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.training.recordings import write_set
from training.errors import DataError
from training.readers.asl20 import GRID_STEPS, read_asl20
from training.readers.files.orientation import body_rates_dps
from training.splits.signer_split import SignerSplit, split_signers


def test_axes_sides_and_frozen_armbands(tmp_path: Path) -> None:
    recordings = read_asl20(write_set(tmp_path / "set.parquet", signers=2))
    assert len(recordings) == 18
    assert recordings.joints.shape == (18, GRID_STEPS, 7, 3)
    standing = recordings.joints[:, 0].mean(axis=0)
    # The signer's left is on the picture's right; y grows downwards, so the head is above.
    assert standing[0, 0] > 0 > standing[1, 0]
    assert standing[6, 1] < 0 < standing[4, 1]
    assert np.allclose((standing[0] + standing[1]) / 2, 0, atol=0.02)
    up = recordings.subset(recordings.words == "up").joints
    assert (up[:, GRID_STEPS // 2, 5, 1] < up[:, 0, 5, 1] - 0.5).all()
    frozen = recordings.clips[~recordings.live[:, 0]]
    assert sorted(frozen) == ["S00_aside_1", "S00_gesture_1", "S00_up_1"]
    assert recordings.live[:, 1].all()


def test_a_steady_turn_has_a_steady_rate() -> None:
    rate_hz = 50.0
    roll = np.deg2rad(90.0) * np.arange(100) / rate_hz
    wrapped = (roll + np.pi) % (2 * np.pi) - np.pi
    rates = body_rates_dps(np.stack([wrapped, np.zeros(100), np.zeros(100)]), rate_hz)
    assert np.allclose(rates, [[90.0], [0.0], [0.0]], atol=1e-6)


def test_yaw_of_a_raised_arm_is_felt_along_the_arm() -> None:
    # With the arm pointing straight up, turning about the vertical is turning about the arm.
    yaw = np.deg2rad(40.0) * np.arange(50) / 50.0
    euler = np.stack([np.zeros(50), np.full(50, np.pi / 2), yaw])
    assert np.allclose(body_rates_dps(euler, 50.0), [[-40.0], [0.0], [0.0]], atol=1e-6)


def _broken(path: Path, **changes: object) -> Path:
    table = pd.read_parquet(write_set(path, signers=1))
    for column, value in changes.items():
        table[column] = value if not isinstance(value, list) else [np.array(value)] * len(table)
    table.to_parquet(path)
    return path


@pytest.mark.parametrize(
    "changes", [{"rows": 44}, {"rows": 1}, {"acc_2048": [1, 2, 3]}, {"clip": "same"}]
)
def test_a_broken_recording_stops_the_reading_and_is_named(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    with pytest.raises(DataError, match=r"set\.parquet"):
        read_asl20(_broken(tmp_path / "set.parquet", **changes))


@pytest.mark.parametrize("kind", ["missing", "text", "folder", "columns"])
def test_what_is_no_set_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "set.parquet"
    if kind == "text":
        path.write_text("not a table")
    elif kind == "folder":
        path.mkdir()
    elif kind == "columns":
        pd.DataFrame({"clip": ["a"]}).to_parquet(path)
    with pytest.raises(DataError, match=r"set\.parquet"):
        read_asl20(path)


@pytest.mark.parametrize("seed", range(5))
def test_no_signer_stands_on_two_sides(tmp_path: Path, seed: int) -> None:
    recordings = read_asl20(write_set(tmp_path / "set.parquet", takes=1))
    split = split_signers(recordings.signers, recordings.words, seed=seed)
    sides = [set(split.train), set(split.validation), set(split.test)]
    assert [len(side) for side in sides] == [3, 3, 6]
    assert len(set.union(*sides)) == 12
    assert split == split_signers(recordings.signers[::-1], recordings.words[::-1], seed=seed)


def test_a_split_that_shares_a_signer_cannot_be_made() -> None:
    with pytest.raises(DataError):
        SignerSplit(("a", "b"), ("b",), ("c",))


@pytest.mark.slow
def test_the_real_set_reads_whole(shared_data: Path) -> None:
    recordings = read_asl20(shared_data / "asl20")
    assert len(recordings) == 9964
    assert len(np.unique(recordings.signers)) == 28
    assert np.isfinite(recordings.joints).all()
    assert 0.8 < float(recordings.live.mean()) < 0.95
