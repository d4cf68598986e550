"""A camera stays the same camera, whatever its number; and no list is made by opening it."""

from __future__ import annotations

import sys
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.live.live_engine import LiveEngine
from engine.opencv import cv2
from engine.sources.cameras import camera
from engine.sources.cameras.camera import CameraSource, find_camera, list_cameras
from engine.sources.cameras.camera_listing import CameraInfo, described, same_camera
from engine.sources.errors import SourceError
from engine.sources.live_opening import camera_of, open_first_camera, open_live
from engine.sources.opening import open_source
from tests.engine.sources.fake_cameras import FakeCameras, as_on_windows

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="lists as Linux does")


@pytest.fixture
def cameras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCameras:
    return FakeCameras(tmp_path / "computer", monkeypatch)


def wait_for(true: Callable[[], object], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert true()


@pytest.mark.parametrize(
    "info",
    [
        CameraInfo(3, "USB Camera", "SN#1", "1-2:1.0"),
        CameraInfo(0, "Máy ảnh: trước/sau #2"),
        CameraInfo(1, "100 % Cam", "", r"\\?\usb#vid_046d&pid_082d#6&2c4#{65e8}\global"),
    ],
)
def test_what_is_remembered_describes_the_camera(info: CameraInfo) -> None:
    again = described(info.spec)
    assert again is not None
    assert (again.name, again.serial, again.port) == (info.name, info.serial, info.port)
    assert described("camera") is None


def test_serial_number_and_port_tell_cameras_of_one_name_apart() -> None:
    first, second = CameraInfo(0, "Cam", "A", "1-1:1.0"), CameraInfo(2, "Cam", "B", "1-2:1.0")
    assert same_camera(CameraInfo(-1, "Cam", "B", "1-1:1.0"), [first, second]) is second
    assert same_camera(CameraInfo(-1, "Cam", "", "1-2:1.0"), [first, second]) is second
    assert same_camera(CameraInfo(-1, "Cam", "C", "9-9:1.0"), [first, second]) is first
    assert same_camera(CameraInfo(-1, "Other", "A", "1-1:1.0"), [first, second]) is None


@linux_only
def test_linux_says_serial_number_and_port(cameras: FakeCameras) -> None:
    cameras.plug_in(4, "USB Camera", serial="8A21", port="1-2:1.0")
    cameras.plug_in(5, "Bare Camera")
    assert list_cameras() == [
        CameraInfo(4, "USB Camera", "8A21", "1-2:1.0"),
        CameraInfo(5, "Bare Camera"),
    ]
    assert not cameras.asked


@linux_only
def test_a_camera_that_comes_back_under_another_number_is_opened_again(
    cameras: FakeCameras,
) -> None:
    cameras.plug_in(0, "USB Camera", serial="8A21", port="1-2:1.0")
    source = open_live("0", loop=False)
    assert source.read() is not None
    cameras.plug_in(1, "Another Camera")
    cameras.unplug(0)
    indices: list[int] = []

    def read() -> None:
        while (frame := source.read()) is not None:
            indices.append(frame.index)

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(0.3)
    before = len(indices)
    cameras.plug_in(2, "USB Camera", serial="8A21", port="1-3:1.0")
    wait_for(lambda: len(indices) > before + 5)
    assert camera_of(source) == CameraInfo(2, "USB Camera", "8A21", "1-3:1.0")
    source.close()
    reader.join(10)
    assert cameras.opened == [0, 2]


@linux_only
def test_a_camera_that_is_not_connected_is_named(cameras: FakeCameras) -> None:
    with pytest.raises(SourceError, match=r"USB Camera: this camera is not connected"):
        open_source(CameraInfo(0, "USB Camera", "8A21").spec)
    assert open_first_camera() is None


def test_windows_and_macos_list_without_opening(
    cameras: FakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the listing library tells is taken over as it is, in OpenCV's own numbers."""
    told: list[int] = []

    def enumerate_cameras(backend: int) -> list[object]:
        told.append(backend)
        return [
            types.SimpleNamespace(index=0, name="Integrated", path=r"\\?\usb#1", vid=1, pid=2),
            types.SimpleNamespace(index=1, name="", path=None, vid=None, pid=None),
        ]

    library = types.ModuleType("cv2_enumerate_cameras")
    library.enumerate_cameras = enumerate_cameras  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cv2_enumerate_cameras", library)
    as_on_windows(monkeypatch)
    monkeypatch.setattr(camera, "_BACKEND", cv2.CAP_DSHOW)
    assert list_cameras() == [
        CameraInfo(0, "Integrated", "", r"\\?\usb#1"),
        CameraInfo(1, "Camera 2"),
    ]
    assert find_camera("integr") == CameraInfo(0, "Integrated", "", r"\\?\usb#1")
    assert set(told) == {cv2.CAP_DSHOW}
    assert not cameras.asked


def test_where_no_list_is_to_be_had_the_camera_in_use_is_listed_and_left_alone(
    cameras: FakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cv2_enumerate_cameras", None)
    as_on_windows(monkeypatch)
    for number in (0, 2):
        cameras.plug_in(number, "never read")
    source = open_first_camera()
    assert source is not None
    assert source.read() is not None
    assert cameras.asked == [0]
    assert [found.name for found in list_cameras()] == ["Camera 1", "Camera 3"]
    assert cameras.asked.count(0) == 1
    assert source.read() is not None
    source.close()
    assert [found.index for found in list_cameras()] == [0, 2]
    again = open_source(CameraInfo(0, "Camera 1").spec)
    assert cameras.opened.count(0) == 3
    again.close()


def test_a_first_camera_is_opened_once_by_the_engine_too(
    cameras: FakeCameras, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "cv2_enumerate_cameras", None)
    as_on_windows(monkeypatch)
    cameras.plug_in(0, "never read")
    # No bundle: this is about pictures.
    engine = LiveEngine(None, str(tmp_path))
    engine.start()
    try:
        wait_for(lambda: engine.latest().frames > 3)
        state = engine.latest()
        assert cameras.asked == [0]
        assert (state.camera, state.no_camera) == (CameraInfo(0, "Camera 1"), False)
        assert state.source_spec == CameraInfo(0, "Camera 1").spec
    finally:
        assert engine.stop()


@linux_only
def test_why_a_camera_cannot_be_used(cameras: FakeCameras) -> None:
    cameras.plug_in(0, "Desk camera")
    cameras.busy.add(0)
    for spec, code in (("0", "camera.in-use"), ("7", "camera.absent")):
        with pytest.raises(SourceError) as caught:
            open_source(spec)
        assert caught.value.message.code == code  # type: ignore[attr-defined]
    with pytest.raises(SourceError, match="in use by another program"):
        open_first_camera()


@linux_only
def test_a_size_is_asked_of_the_camera(cameras: FakeCameras) -> None:
    cameras.plug_in(0, "Desk camera")
    for size in (None, (640, 480)):
        CameraSource(CameraInfo(0, "Desk camera"), size=size).close()
    assert cameras.sizes == [(1280, 720), (640, 480)]
