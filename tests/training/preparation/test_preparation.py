"""From recordings to a prepared set: nothing slides, is lost silently, or is done twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.progress import Progress

from engine.glove.resampling import resample_in_time
from tests.training.utd_folder import write_recording, write_set
from tests.videos import write_video
from training.errors import DataError
from training.preparation.contact_sheet import decode_sheet, encode_sheet
from training.preparation.cropping import crop_frames, foreground_box
from training.preparation.manifest import Manifest, read_manifest
from training.preparation.prepare import Settings, prepare
from training.preparation.prepared_set import load_prepared
from training.readers.arsl10 import Arsl10
from training.readers.utd_mhad import ACTIONS, UtdMhad

SETTINGS = Settings(size=32, n_steps=24, crop="foreground")


def run(root: Path, out: Path, settings: Settings = SETTINGS, workers: int = 1) -> Manifest:
    reader = UtdMhad()
    with Progress(disable=True) as progress:
        return prepare(reader, reader.list(root), out, settings, progress=progress, workers=workers)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_set(tmp_path / "utd", actions=2, subjects=2, trials=1)
    return tmp_path / "utd"


def test_a_clip_survives_its_contact_sheet() -> None:
    y, x = np.mgrid[:48, :48]
    frames = np.stack([np.stack([x + t, y * 2, x + y], -1) for t in range(24)]).astype(np.uint8)
    back = decode_sheet(encode_sheet(frames, 90), 24, 48, "sheet")
    error = np.abs(back.astype(int) - frames)
    assert back.shape == frames.shape
    assert error.mean() < 3
    with pytest.raises(DataError, match=r"some\.webp"):
        decode_sheet(encode_sheet(frames, 90), 24, 64, "some.webp")
    with pytest.raises(DataError, match=r"some\.webp"):
        decode_sheet(b"no picture", 24, 48, "some.webp")


@given(
    n=st.integers(2, 400),
    steps=st.integers(2, 200),
    slope=st.floats(-5, 5),
    start=st.floats(-10, 10),
)
def test_a_steady_change_stays_one_at_any_rate(
    n: int, steps: int, slope: float, start: float
) -> None:
    ramp = (start + slope * np.linspace(0, 1, n, dtype=np.float32))[:, None]
    series = resample_in_time(ramp.astype(np.float32), steps)
    assert series.shape == (1, steps)
    wanted = start + slope * np.linspace(0, 1, steps)
    # Means around the first and last step reach over fewer samples: half a step at most.
    assert np.abs(series[0] - wanted).max() <= abs(slope) / min(n, steps) + 1e-3


def test_a_vibration_too_fast_for_the_steps_is_smoothed_not_aliased() -> None:
    time = np.linspace(0, 1, 1000)
    hum = np.sin(2 * np.pi * 240 * time)[:, None].astype(np.float32)
    assert np.abs(resample_in_time(hum, 48)).max() < 0.25
    slow = np.sin(2 * np.pi * 3 * time)[:, None].astype(np.float32)
    assert np.abs(resample_in_time(slow, 48)).max() > 0.9


def test_the_crop_holds_the_whole_body_and_the_stretched_arm() -> None:
    frames = np.zeros((4, 240, 320, 3), np.uint8)
    frames[:, 60:200, 140:180] = 100
    frames[2, 90:100, 180:250] = 200
    box = foreground_box(frames).box
    assert box is not None
    cropped = crop_frames(frames, box, 64)
    assert cropped.shape == (4, 64, 64, 3)
    # 40 x 140 of body at a known scale: nothing of it was cut away.
    scale = 64 / box[2]
    assert (cropped[0] > 50).all(axis=2).sum() == pytest.approx(40 * 140 * scale**2, rel=0.15)
    assert (cropped[2] > 150).all(axis=2).sum() == pytest.approx(70 * 10 * scale**2, rel=0.25)


def test_pictures_samples_and_labels_belong_together(root: Path, tmp_path: Path) -> None:
    manifest = run(root, tmp_path / "out")
    prepared = load_prepared(tmp_path / "out")
    reader = UtdMhad()
    assert list(prepared.keys) == [clip.key for clip in reader.list(root).clips]
    assert prepared.manifest == manifest
    assert prepared.frames.shape == (4, 24, 32, 32, 3)
    assert prepared.vocabulary == (f"a01 {ACTIONS[0]}", f"a02 {ACTIONS[1]}")
    for i, clip in enumerate(reader.list(root).clips):
        assert prepared.glosses[i] == clip.gloss
        assert prepared.signers[i] == clip.signer
        series = resample_in_time(reader.imu(clip).samples, 24)
        np.testing.assert_allclose(prepared.samples[i], series)
        frames = reader.frames(clip, 24)
        own = crop_frames(frames, foreground_box(frames).box, 32)
        assert np.abs(own.astype(int) - prepared.frames[i]).mean() < 6


def test_a_broken_recording_is_named_and_the_others_stay_in_step(
    root: Path, tmp_path: Path
) -> None:
    (root / "Depth" / "a1_s2_t1_depth.mat").write_bytes(b"not a matrix")
    (root / "Inertial" / "a2_s1_t1_inertial.mat").unlink()
    (root / "Depth" / "holiday.mat").write_bytes(b"")
    manifest = run(root, tmp_path / "out")
    prepared = load_prepared(tmp_path / "out")
    assert list(prepared.keys) == ["a01_s1_t1", "a02_s2_t1"]
    assert list(prepared.signers) == ["s1", "s2"]
    named = " ".join(f"{path} {what}" for path, what in manifest.problems)
    for word in ("a1_s2_t1_depth.mat", "a2_s1_t1_depth.mat", "holiday.mat"):
        assert word in named
    assert len(manifest.problems) == 3


def test_what_is_done_is_not_done_again(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(root, out)
    before = {f.name: f.stat().st_mtime_ns for f in (out / "clips").iterdir()}
    lost = next((out / "clips").glob("a02_s1*"))
    lost.unlink()
    damaged = next((out / "clips").glob("a01_s1*"))
    damaged.write_bytes(b"damaged")
    write_recording(root, 1, 3, 1)
    run(root, out)
    after = {f.name: f.stat().st_mtime_ns for f in (out / "clips").iterdir()}
    redone = {name for name in after if after[name] != before.get(name)}
    assert {name.split("-")[0] for name in redone} == {"a02_s1_t1", "a01_s1_t1", "a01_s3_t1"}
    assert len(load_prepared(out)) == 5


@pytest.mark.slow
def test_two_workers_give_what_one_gives(root: Path, tmp_path: Path) -> None:
    run(root, tmp_path / "one")
    run(root, tmp_path / "two", workers=2)
    one, two = load_prepared(tmp_path / "one"), load_prepared(tmp_path / "two")
    assert list(one.keys) == list(two.keys)
    np.testing.assert_array_equal(one.frames, two.frames)
    np.testing.assert_array_equal(one.samples, two.samples)


def test_other_settings_do_not_mix(root: Path, tmp_path: Path) -> None:
    run(root, tmp_path / "out")
    with pytest.raises(DataError, match="other settings"):
        run(root, tmp_path / "out", Settings(size=48, n_steps=24, crop="foreground"))


def test_an_altered_set_is_refused_by_name(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(root, out)
    file = next((out / "clips").glob("a02_s2*"))
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(DataError, match=file.name):
        load_prepared(out)
    file.unlink()
    with pytest.raises(DataError, match=file.name):
        load_prepared(out)
    (out / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"manifest\.json"):
        read_manifest(out)
    (out / "manifest.json").write_text('{"format_version": 99}', encoding="utf-8")
    with pytest.raises(DataError, match="newer"):
        read_manifest(out)


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=str(tmp_path)):
        UtdMhad().list(tmp_path)


def test_a_left_hander_is_seen_in_a_mirror(tmp_path: Path) -> None:
    for user in ("user01", "user03"):
        folder = tmp_path / "raw" / user / "G01"
        folder.mkdir(parents=True)
        write_video(folder / "R01.mp4", frames=30)
    reader = Arsl10()
    settings = Settings(size=48, n_steps=16, crop="centre", quality=95)
    out = tmp_path / "prepared"
    with Progress(disable=True) as progress:
        listing = reader.list(tmp_path / "raw")
        prepare(reader, listing, out, settings, progress=progress, workers=1)
    left, right = load_prepared(out).frames.astype(int)
    assert np.abs(left[:, :, ::-1] - right).mean() < 2
    assert np.abs(left - right).mean() > 4
