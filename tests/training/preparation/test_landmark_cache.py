"""Landmarks: detected once a clip, in parallel; what was seen is kept, checked, not mixed up."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from engine.frame import Landmarks
from engine.landmarks.recording import LandmarkRecording, RecordingError, load_recording
from tests.landmark_recordings import recording
from tests.videos import write_video
from training.commands.app import app
from training.preparation.landmark_cache import FOLDER, INDEX, read_cached, read_index


def test_a_recording_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    shown = recording("wave")
    shown.save(tmp_path / "take.npz")
    again = load_recording(tmp_path / "take.npz")
    assert np.array_equal(again.t_s, shown.t_s)
    for name in ("pose", "left_hand", "right_hand"):
        assert np.array_equal(getattr(again, name), getattr(shown, name), equal_nan=True)
    assert [file.name for file in tmp_path.iterdir()] == ["take.npz"]


def test_what_was_not_seen_comes_back_as_not_seen(tmp_path: Path) -> None:
    pose = np.ones((33, 4), np.float32)
    LandmarkRecording.of([0.0, 0.1], [Landmarks(None), Landmarks(pose)]).save(tmp_path / "a.npz")
    again = load_recording(tmp_path / "a.npz")
    assert again.at(0).pose is None
    assert np.array_equal(again.at(1).pose, pose)  # type: ignore[arg-type]
    assert again.at(1).left_hand is None


@given(content=st.binary(max_size=400), cut=st.integers(0, 4000))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_refused_by_name(
    content: bytes, cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "noise.npz").write_bytes(content)
    with pytest.raises(RecordingError, match=r"noise\.npz"):
        load_recording(folder / "noise.npz")
    recording("lift").save(folder / "cut.npz")
    whole = (folder / "cut.npz").read_bytes()
    (folder / "cut.npz").write_bytes(whole[: min(cut, len(whole) - 1)])
    with pytest.raises(RecordingError, match=r"cut\.npz"):
        load_recording(folder / "cut.npz")


def test_moments_that_do_not_grow_are_refused(tmp_path: Path) -> None:
    shown = recording("wave")
    LandmarkRecording(shown.t_s[::-1], shown.pose, shown.left_hand, shown.right_hand).save(
        tmp_path / "back.npz"
    )
    with pytest.raises(RecordingError, match=r"back\.npz"):
        load_recording(tmp_path / "back.npz")


def invoke(root: Path, out: Path) -> dict[str, int]:
    told = ["landmarks", "folder", "--data", str(root), "--out", str(out), "--workers", "1"]
    result = CliRunner().invoke(app, told)
    assert result.exit_code == 0, result.output
    found: dict[str, int] = json.loads(result.stdout)
    return found


@pytest.mark.slow
def test_a_real_clip_is_detected_once_and_again_when_it_changes(
    tmp_path: Path, shared_data: Path
) -> None:
    clip = next((shared_data / "vsl-sample").glob("*.mp4"), None)
    if clip is None:
        pytest.skip("the sample clip is not here")
    root, out = tmp_path / "set", tmp_path / "landmarks"
    (root / "mưa").mkdir(parents=True)
    (root / "mưa" / "lan_1.mp4").write_bytes(clip.read_bytes())
    write_video(root / "mưa" / "lan_2.mp4")
    assert invoke(root, out) == {"clips": 1, "left_out": 1}
    index = read_index(out)
    (kept,) = index.clips
    assert (kept.gloss, kept.signer) == ("mưa", "lan")
    assert "nobody" in index.problems[0][1] and index.problems[0][0].endswith("lan_2.mp4")
    seen = read_cached(out, kept)
    # At 15 Hz at most, hands among it, in pixels of the picture.
    assert np.diff(seen.t_s).min() > 1 / 16
    assert not np.isnan(seen.pose).all()
    assert not np.isnan(seen.right_hand).all() or not np.isnan(seen.left_hand).all()
    assert np.nanmax(seen.pose[:, :11, 0]) > 10
    file = out / FOLDER / kept.file
    stamp = file.stat().st_mtime_ns
    invoke(root, out)
    assert file.stat().st_mtime_ns == stamp
    file.write_bytes(file.read_bytes()[:-9])
    invoke(root, out)
    assert file.stat().st_mtime_ns != stamp
    assert len(read_cached(out, read_index(out).clips[0])) == len(seen)


def test_a_folder_of_another_set_is_not_mixed_in(tmp_path: Path) -> None:
    out = tmp_path / "landmarks"
    out.mkdir()
    (out / INDEX).write_text('{"dataset": "arsl10", "clips": []}', "utf-8")
    (tmp_path / "set" / "a").mkdir(parents=True)
    write_video(tmp_path / "set" / "a" / "b_1.mp4")
    told = ["landmarks", "folder", "--data", str(tmp_path / "set"), "--out", str(out)]
    result = CliRunner().invoke(app, told)
    assert result.exit_code == 2
    assert "arsl10" in result.stderr
