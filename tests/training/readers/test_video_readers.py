"""Folders as people have them: good clips, broken ones, misnamed ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.videos import write_video
from training.errors import DataError
from training.readers.arsl10 import GLOSSES, Arsl10
from training.readers.files.csv_text import read_numbers
from training.readers.files.decoding import evenly_spaced_frames
from training.readers.folder import PlainFolder
from training.readers.registry import READERS, reader_for


def test_frames_are_spread_evenly_from_first_to_last(tmp_path: Path) -> None:
    video = write_video(tmp_path / "clip.mp4", frames=30)
    frames = evenly_spaced_frames(video, 24)
    assert frames.shape == (24, 120, 160, 3)
    # The writer makes each frame 5 brighter than the one before.
    ground = frames[:, 60:110, 5:150].mean(axis=(1, 2, 3))
    wanted = 40 + 5 * np.linspace(0, 29, 24).round()
    # A step is 5 a frame, and compression costs 4.
    assert np.abs(ground - wanted).max() < 5
    assert evenly_spaced_frames(video, 60).shape[0] == 60


@pytest.mark.parametrize("content", [b"", b"no video at all\n" * 20, b"\x00" * 4000])
def test_what_is_no_video_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.mp4"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"broken\.mp4"):
        evenly_spaced_frames(file, 24)
    with pytest.raises(DataError, match=r"gone\.mp4"):
        evenly_spaced_frames(tmp_path / "gone.mp4", 24)


def test_arsl10_in_its_own_layout(tmp_path: Path) -> None:
    for user in ("user02", "user01"):
        for sign in ("G07", "G01"):
            folder = tmp_path / user / sign
            folder.mkdir(parents=True)
            write_video(folder / "R01.mp4", frames=3)
    (tmp_path / "user01" / "G11").mkdir()
    write_video(tmp_path / "user01" / "G11" / "R01.mp4", frames=3)
    (tmp_path / "user01" / "G01" / "R02.mp4").write_bytes(b"")
    listing = Arsl10().list(tmp_path)
    assert [clip.key for clip in listing.clips] == [
        "user01_G01_R01",
        "user01_G07_R01",
        "user02_G01_R01",
        "user02_G07_R01",
    ]
    assert listing.glosses == ("eat", "hi")
    assert listing.signers == ("user01", "user02")
    assert {p.path.parent.name for p in listing.problems} == {"G11", "G01"}


def test_the_real_arsl10_is_complete(shared_data: Path) -> None:
    listing = Arsl10().list(shared_data / "arsl10")
    assert len(listing.clips) == 1000
    assert listing.problems == ()
    assert len(listing.signers) == 10
    assert set(listing.glosses) == set(GLOSSES.values())


def test_a_plain_folder_with_and_without_gloves(tmp_path: Path) -> None:
    for gloss in ("bãi cỏ", "xin chào"):
        (tmp_path / gloss).mkdir()
    write_video(tmp_path / "bãi cỏ" / "mai_1.mp4", frames=3)
    write_video(tmp_path / "bãi cỏ" / "lan_1.mp4", frames=3)
    write_video(tmp_path / "xin chào" / "solo.mp4", frames=3)
    rows = "ax,ay,az,gx,gy,gz,t\n" + "\n".join(f"0,0,1,{i},0,0,{i / 100}" for i in range(5))
    (tmp_path / "bãi cỏ" / "mai_1.csv").write_text(rows, encoding="utf-8")
    np.save(tmp_path / "xin chào" / "solo.npy", np.ones((7, 6), np.float32))
    (tmp_path / "xin chào" / "alone.csv").write_text(rows, encoding="utf-8")
    reader = PlainFolder()
    listing = reader.list(tmp_path)
    assert listing.glosses == ("bãi cỏ", "xin chào")
    assert [clip.signer for clip in listing.clips] == ["lan", "mai", "unknown"]
    by_signer = {clip.signer: clip for clip in listing.clips}
    assert reader.imu(by_signer["mai"]).samples[:, 3].tolist() == [0, 1, 2, 3, 4]
    assert reader.imu(by_signer["unknown"]).samples.shape == (7, 6)
    with pytest.raises(DataError, match="without a glove"):
        reader.imu(by_signer["lan"])
    assert [p.path.name for p in listing.problems] == ["alone.csv"]


def test_an_array_with_objects_inside_is_never_unpickled(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    write_video(tmp_path / "a" / "x_1.mp4", frames=3)
    np.save(tmp_path / "a" / "x_1.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    reader = PlainFolder()
    with pytest.raises(DataError, match=r"x_1\.npy"):
        reader.imu(reader.list(tmp_path).clips[0])


@given(st.binary(max_size=300))
def test_any_bytes_as_csv_are_numbers_or_a_plain_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(content)
    try:
        assert read_numbers(file).ndim == 2
    except DataError as error:
        refusal = str(error)
        if "any.csv" not in refusal:
            raise


@given(
    st.lists(
        st.lists(st.floats(-1e6, 1e6, width=32), min_size=6, max_size=6), min_size=2, max_size=20
    ),
    st.booleans(),
)
def test_what_was_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[float]], header: bool
) -> None:
    file = tmp_path_factory.getbasetemp() / "rows.csv"
    lines = [",".join(map(repr, row)) for row in rows]
    file.write_text("\n".join(["ax,ay,az,gx,gy,gz"] * header + lines), encoding="utf-8")
    np.testing.assert_array_equal(read_numbers(file), np.array(rows))


def test_an_unknown_set_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(DataError, match="utd-mhad"):
        reader_for("msasl")
    assert all(reader_for(name).dataset == name for name in READERS)


def test_only_video_arrays_may_hold_blue_first() -> None:
    assert getattr(reader_for("vsl50", bgr=True), "bgr", None) is True
    assert getattr(reader_for("vsl50"), "bgr", None) is False
    with pytest.raises(DataError, match="arsl10"):
        reader_for("arsl10", bgr=True)


def test_the_left_handed_are_known(tmp_path: Path) -> None:
    for user in ("user01", "user03"):
        (tmp_path / user / "G01").mkdir(parents=True)
        write_video(tmp_path / user / "G01" / "R01.mp4", frames=3)
    assert [clip.left_handed for clip in Arsl10().list(tmp_path).clips] == [True, False]
