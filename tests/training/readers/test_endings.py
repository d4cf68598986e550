"""What the window plays can be trained on, whatever its name ends in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scipy.io

from desktop_app.choices import source_chooser
from engine.sources.opening import open_source
from engine.sources.video.video_file import VideoFileSource
from engine.sources.video.video_suffixes import VIDEO_SUFFIXES, has_video_suffix
from tests.videos import greys, write_pictures
from training.readers.arsl10 import Arsl10
from training.readers.autsl import Autsl
from training.readers.berkeley_mhad import BerkeleyMhad
from training.readers.files.listing import Clip, Listing, Reader
from training.readers.folder import PlainFolder
from training.readers.utd_mhad import UtdMhad
from training.readers.vsl import Vsl
from training.readers.vsl50 import Vsl50

WRITTEN_AS = {
    ".3g2": ("mpeg4", "3g2"),
    ".3gp": ("mpeg4", "3gp"),
    ".asf": ("wmv2", "asf"),
    ".flv": ("flv", "flv"),
    ".m2ts": ("mpeg2video", "mpegts"),
    ".m4v": ("mpeg4", "mp4"),
    ".mpeg": ("mpeg2video", "mpeg"),
    ".mpg": ("mpeg2video", "mpeg"),
    ".mts": ("libx264", "mpegts"),
    ".ogv": ("libtheora", "ogg"),
    ".ts": ("libx264", "mpegts"),
    ".vob": ("mpeg2video", "vob"),
    ".webm": ("libvpx", "webm"),
    ".wmv": ("wmv2", "asf"),
}
SERIES = "\n".join(["0,0,1,0,0,0"] * 5)


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    codec, container = WRITTEN_AS.get(path.suffix.lower(), ("mpeg4", None))
    if codec == "libtheora":
        # A wheel of PyAV may come without this encoder; what counts is that it is played.
        codec, container = "libvpx", "webm"
    return write_pictures(path, greys(30), codec=codec, container=container)


def one_clip(reader: Reader, root: Path) -> tuple[Clip, Listing]:
    listing = reader.list(root)
    assert listing.problems == ()
    (clip,) = listing.clips
    return clip, listing


@pytest.mark.parametrize("capitals", [False, True], ids=["small", "capitals"])
@pytest.mark.parametrize("suffix", VIDEO_SUFFIXES)
def test_every_ending_is_played_and_trained_on(tmp_path: Path, suffix: str, capitals: bool) -> None:
    name = f"mai_1{suffix.upper() if capitals else suffix}"
    path = write(tmp_path / "mưa" / name)
    source = open_source(str(path))
    played = sum(1 for _ in iter(source.read, None))
    source.close()
    assert played >= 25
    clip, _ = one_clip(PlainFolder(), tmp_path)
    assert PlainFolder().frames(clip, 24).shape == (24, 48, 64, 3)


@pytest.mark.parametrize("suffix", [".MP4", ".mov", ".mts", ".WMV"])
def test_every_sets_reader_takes_every_ending(tmp_path: Path, suffix: str) -> None:
    write(tmp_path / "arsl10" / "user03" / "G01" / f"R01{suffix}")
    write(tmp_path / "autsl" / "train" / f"signer0_sample1_color{suffix}")
    (tmp_path / "autsl" / "train_labels.csv").write_text("signer0_sample1,3\n", "utf-8")
    write(tmp_path / "vsl" / f"01_center_ord1_23{suffix}")
    header = "id_label_in_documents,name\n23,mưa\n"
    (tmp_path / "vsl" / "label.csv").write_text(header, "utf-8")
    write(tmp_path / "vsl50" / "video" / "khai_bao" / f"N8_khai_bao_0{suffix}")
    (tmp_path / "vsl50" / "imu" / "khai_bao").mkdir(parents=True)
    (tmp_path / "vsl50" / "imu" / "khai_bao" / "N8_khai_bao_0.csv").write_text(SERIES, "utf-8")
    write(tmp_path / "berkeley" / f"cam01_s01_a01_r01{suffix}")
    acc = "\n".join(f"0 0 1 {i / 30}" for i in range(5))
    (tmp_path / "berkeley" / "acc_h01_s01_a01_r01.txt").write_text(acc, "utf-8")
    write(tmp_path / "utd" / f"a1_s1_t1_color{suffix}")
    scipy.io.savemat(tmp_path / "utd" / "a1_s1_t1_inertial.mat", {"d_iner": np.ones((9, 6))})
    readers: dict[str, Reader] = {
        "arsl10": Arsl10(),
        "autsl": Autsl(),
        "vsl": Vsl(),
        "vsl50": Vsl50(),
        "berkeley": BerkeleyMhad(),
        "utd": UtdMhad(),
    }
    for folder, reader in readers.items():
        clip, _ = one_clip(reader, tmp_path / folder)
        assert reader.frames(clip, 12).shape == (12, 48, 64, 3), folder


def test_one_take_under_two_endings_is_one_clip_and_one_problem(tmp_path: Path) -> None:
    for suffix in (".mp4", ".avi"):
        write(tmp_path / "user03" / "G01" / f"R01{suffix}")
    listing = Arsl10().list(tmp_path)
    assert len(listing.clips) == 1
    assert [problem.path.name for problem in listing.problems] == ["R01.mp4"]


def test_the_windows_file_dialog_offers_the_same_endings() -> None:
    assert source_chooser._PATTERNS.split() == [f"*{suffix}" for suffix in VIDEO_SUFFIXES]


@pytest.mark.parametrize("name", ["clip.txt", "clip", "clip.mp4.part", "clip.jpg", ".mp4"])
def test_what_is_no_videos_name(name: str) -> None:
    assert not has_video_suffix(Path(name))


def test_a_names_ending_says_nothing_of_what_is_in_it(tmp_path: Path) -> None:
    """A telephone's film that was renamed is played by what it is."""
    path = write(tmp_path / "a.mkv").rename(tmp_path / "a.wmv")
    source = VideoFileSource(path)
    assert source.read() is not None
    source.close()
