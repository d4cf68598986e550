"""Every file in a set's folder is a clip, part of one, or named with the reason why not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.training.utd_folder import write_recording
from tests.videos import write_video
from training.readers.arsl10 import Arsl10
from training.readers.files.listing import Clip, Listing
from training.readers.folder import UNKNOWN_SIGNER, PlainFolder
from training.readers.utd_mhad import ACTIONS, UtdMhad
from training.splits.published_splits import apply_split, read_published_split


def names_of(listing: Listing) -> list[str]:
    return [problem.path.name for problem in listing.problems]


def test_utd_mhad_names_what_it_leaves_out(tmp_path: Path) -> None:
    write_recording(tmp_path, 1, 1, 1)
    depth, inertial = tmp_path / "Depth", tmp_path / "Inertial"
    (depth / "a2_s1_t1_depth.mat").write_bytes(b"")
    (inertial / "a2_s1_t1_inertial.mat").write_bytes(b"")
    (depth / "a3_s1_t1_depth.mp4").write_bytes(b"x")
    (depth / "a3_s9_t1_depth.mat").write_bytes(b"x")
    (depth / "a28_s1_t1_depth.mat").write_bytes(b"x")
    (inertial / "a4_s1_t1_inertial.mat").write_bytes(b"x")
    (depth / "a5_s1_t1_depth.mat").write_bytes(b"x")
    (tmp_path / "a1_s1_t1_skeleton.mat").write_bytes(b"x")
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "a1_s1_t1_depth.mat").write_bytes(b"x")
    listing = UtdMhad().list(tmp_path)
    assert [clip.key for clip in listing.clips] == ["a01_s1_t1"]
    # The copy does not take the place of the recording.
    assert listing.clips[0].video == depth / "a1_s1_t1_depth.mat"
    assert sorted(names_of(listing)) == [
        "a1_s1_t1_depth.mat",
        "a28_s1_t1_depth.mat",
        "a2_s1_t1_depth.mat",
        "a2_s1_t1_inertial.mat",
        "a3_s1_t1_depth.mp4",
        "a3_s9_t1_depth.mat",
        "a4_s1_t1_inertial.mat",
        "a5_s1_t1_depth.mat",
    ]


def test_utd_mhad_in_colour_with_depth_alone(tmp_path: Path) -> None:
    write_recording(tmp_path, 1, 1, 1)
    write_recording(tmp_path, 2, 1, 1)
    (tmp_path / "Inertial" / "a2_s1_t1_inertial.mat").unlink()
    (tmp_path / "RGB").mkdir()
    write_video(tmp_path / "RGB" / "a1_s1_t1_color.avi", frames=4)
    reader = UtdMhad(modality="rgb")
    listing = reader.list(tmp_path)
    assert [clip.video.suffix for clip in listing.clips] == [".avi"]
    assert reader.frames(listing.clips[0], 24).shape == (24, 120, 160, 3)
    assert names_of(listing) == ["a2_s1_t1_depth.mat"]


def test_the_real_utd_mhad_is_complete(shared_data: Path) -> None:
    reader = UtdMhad()
    listing = reader.list(shared_data / "utd-mhad")
    assert (len(listing.clips), listing.problems) == (861, ())
    assert len(listing.glosses) == 27 == len(ACTIONS)
    assert listing.signers == tuple(f"s{i}" for i in range(1, 9))
    clip = listing.clips[0]
    frames = reader.frames(clip, 24)
    assert frames.shape == (24, 240, 320, 3)
    grey = frames[..., 0]
    # The background is black, the body never is, and grey has three equal channels.
    assert set(np.unique(grey[(grey > 0) & (grey < 40)])) == set()
    assert (frames == grey[..., None]).all()
    series = reader.imu(clip)
    assert (series.samples.shape[1], series.rate_hz) == (6, 50)
    # At rest or not, what a wrist feels is mostly gravity.
    assert 0.7 < np.median(np.linalg.norm(series.samples[:, :3], axis=1)) < 1.5


def test_arsl10_names_what_it_leaves_out(tmp_path: Path) -> None:
    folder = tmp_path / "user01" / "G01"
    folder.mkdir(parents=True)
    write_video(folder / "R01.mp4", frames=3)
    for name in ("R02.gif", "R03.jpg", "notes.txt"):
        (folder / name).write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"x")
    listing = Arsl10().list(tmp_path)
    assert [clip.key for clip in listing.clips] == ["user01_G01_R01"]
    assert names_of(listing) == ["R02.gif", "R03.jpg", "notes.txt"]


def test_a_plain_folder_names_what_it_leaves_out(tmp_path: Path) -> None:
    folder = tmp_path / "hi"
    (folder / "deeper").mkdir(parents=True)
    write_video(folder / "mai_1.mp4", frames=3)
    write_video(folder / "_2.mp4", frames=3)
    for name in ("mai_3.gif", "notes.txt", "mai_1.csv", "mai_1.npy", "lan_1.csv"):
        (folder / name).write_bytes(b"x")
    (tmp_path / "loose.mp4").write_bytes(b"x")
    (folder / "deeper" / "mai_4.mp4").write_bytes(b"x")
    listing = PlainFolder().list(tmp_path)
    assert [clip.signer for clip in listing.clips] == [UNKNOWN_SIGNER, "mai"]
    assert listing.clips[1].imu == folder / "mai_1.npy"
    assert sorted(names_of(listing)) == [
        "lan_1.csv",
        "loose.mp4",
        "mai_1.csv",
        "mai_3.gif",
        "mai_4.mp4",
        "notes.txt",
    ]


def test_clips_that_the_lists_cannot_tell_apart_are_named(tmp_path: Path) -> None:
    for side, name in (("train", "a/x_1.npy"), ("test", "b/y_1.npy")):
        (tmp_path / f"{side}.csv").write_text(f"0,{name},x\n")
    clips = tuple(Clip(key, "x", "s", Path(f"{key}.mp4")) for key in ("a/x_1", "b/y_1", "c/x_1"))
    split = read_published_split(tmp_path / "train.csv", tmp_path / "test.csv")
    applied = apply_split(Listing("folder", clips), split)
    assert applied.train == {"a/x_1"} and applied.test == {"b/y_1"}
    assert [str(problem.path) for problem in applied.problems] == ["c/x_1.mp4"]


@pytest.mark.parametrize("reader", [UtdMhad(), Arsl10(), PlainFolder()])
def test_a_folder_that_is_not_there_is_named(
    reader: UtdMhad | Arsl10 | PlainFolder, tmp_path: Path
) -> None:
    with pytest.raises(Exception, match="nowhere"):
        reader.list(tmp_path / "nowhere")
