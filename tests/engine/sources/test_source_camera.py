"""Webcams: how they are listed and found, and what is said when one gives nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.opencv import cv2
from engine.sources.cameras import camera
from engine.sources.cameras.camera import CameraInfo, CameraSource, find_camera, list_cameras
from engine.sources.errors import SourceError
from tests.conftest import LONGEST_S
from tests.engine.sources.mjpeg_server import MjpegServer
from tests.videos import write_video

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="lists as Linux does")


def plug_in(folder: Path, number: int, name: str, *, part: int = 0) -> None:
    device = folder / f"video{number}"
    device.mkdir(parents=True)
    (device / "name").write_text(f"{name}\n")
    (device / "index").write_text(f"{part}\n")


@pytest.fixture
def two_cameras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    listed = tmp_path / "listed"
    plug_in(listed, 10, "Desk camera")
    plug_in(listed, 2, "Integrated Camera: Front")
    plug_in(listed, 3, "Integrated Camera: Front", part=1)
    (listed / "video-of-nothing").mkdir()
    monkeypatch.setattr(camera, "_LISTED", listed)
    monkeypatch.setattr(camera, "_DEVICES", tmp_path)
    return tmp_path


@linux_only
def test_each_camera_is_listed_once_in_the_order_of_its_number(two_cameras: Path) -> None:
    assert list_cameras() == [
        CameraInfo(2, "Integrated Camera: Front"),
        CameraInfo(10, "Desk camera"),
    ]


@linux_only
@pytest.mark.parametrize(
    ("spec", "index"),
    [("10", 10), ("desk CAMERA", 10), ("Integrated", 2), ("/dev/video2", 2), ("Camera", None)],
)
def test_a_camera_is_found_by_number_device_or_name(
    two_cameras: Path, spec: str, index: int | None
) -> None:
    found = find_camera(spec)
    assert (found and found.index) == index


@linux_only
def test_a_camera_that_gives_nothing_is_in_use_or_not_there(two_cameras: Path) -> None:
    with pytest.raises(SourceError, match="Desk camera: there is no such camera"):
        CameraSource(CameraInfo(10, "Desk camera"))
    (two_cameras / "video61").touch()
    with pytest.raises(SourceError, match=r"in use by another program\. Close it and try"):
        CameraSource(CameraInfo(61, "Desk camera"))


def test_looking_for_cameras_is_quick_and_quiet() -> None:
    script = (
        "import time\n"
        "from engine.sources.cameras.camera import list_cameras\n"
        "from engine.sources.opening import SourceError, open_source\n"
        "started = time.process_time()\n"
        "list_cameras()\n"
        "assert time.process_time() - started < 1\n"
        "try:\n"
        "    open_source('63')\n"
        "except SourceError:\n"
        "    pass\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=LONGEST_S)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def through_opencv(monkeypatch: pytest.MonkeyPatch, address: str) -> CameraSource:
    """A camera source on a real OpenCV capture, of a file or stream where no camera can be."""
    monkeypatch.setattr(camera, "_open_device", lambda index: cv2.VideoCapture(address))
    return CameraSource(CameraInfo(0, "Desk camera"))


def test_a_camera_that_stops_is_an_error_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = through_opencv(monkeypatch, str(write_video(tmp_path / "clip.avi", frames=5)))
    frames = [source.read() for _ in range(5)]
    assert [frame.index for frame in frames if frame] == [0, 1, 2, 3, 4]
    assert np.all(np.diff([frame.t_s for frame in frames if frame]) >= 0)
    with pytest.raises(SourceError, match="Desk camera: the camera stopped"):
        source.read()
    source.close()
    source.close()
    assert source.read() is None


def test_closing_does_not_wait_for_a_camera_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    with MjpegServer(frames=20, then_hang=True) as server:
        source = through_opencv(monkeypatch, server.address)
        ended = threading.Event()

        def read_to_the_end() -> None:
            while source.read() is not None:
                pass
            ended.set()

        reader = threading.Thread(target=read_to_the_end)
        reader.start()
        assert server.hanging.wait(60)
        time.sleep(0.2)
        started = time.monotonic()
        source.close()
        # The capture itself would wait for half a minute.
        assert time.monotonic() - started < 10.0
    reader.join(60)
    assert ended.is_set()
