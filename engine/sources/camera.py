"""Webcams, by index or by the name that the system lists."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.frame import Frame
from engine.opencv import cv2
from engine.sources.errors import SourceError

_WIDTH, _HEIGHT, _RATE_HZ = 1280, 720, 30
_MISSED_READS = 3
_PROBED = 4


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """`index` is what OpenCV opens."""

    index: int
    name: str


def list_cameras() -> list[CameraInfo]:
    """The cameras of this computer, without opening them where the system allows it."""
    if sys.platform.startswith("linux"):
        return _list_linux(Path("/sys/class/video4linux"))
    found = []
    for index in range(_PROBED):
        capture = cv2.VideoCapture(index)
        if capture.isOpened():
            found.append(CameraInfo(index, f"Camera {index + 1}"))
        capture.release()
    return found


def _list_linux(folder: Path) -> list[CameraInfo]:
    cameras = []
    for device in sorted(folder.glob("video*"), key=lambda path: int(path.name[5:] or 0)):
        # One webcam shows several devices; only the first of each carries pictures.
        try:
            if (device / "index").read_text().strip() not in ("", "0"):
                continue
            name = (device / "name").read_text(errors="replace").strip()
        except OSError:
            continue
        index = int(device.name[5:])
        cameras.append(CameraInfo(index, name or f"Camera {index + 1}"))
    return cameras


def find_camera(spec: str) -> CameraInfo | None:
    """The camera of this index or name (in any case, whole or its beginning)."""
    cameras = list_cameras()
    if spec.isdecimal():
        index = int(spec)
        named = [camera for camera in cameras if camera.index == index]
        return named[0] if named else CameraInfo(index, f"camera {index}")
    wanted = spec.casefold()
    for matches in (str.__eq__, str.startswith):
        for camera in cameras:
            if matches(camera.name.casefold(), wanted):
                return camera
    return None


class CameraSource:
    """One webcam. Time stamps are the system's monotonic clock."""

    is_live = True

    def __init__(self, camera: CameraInfo) -> None:
        """Raises SourceError when there is no such camera or another program uses it."""
        self.name = camera.name
        self._lock = threading.Lock()
        self._capture: cv2.VideoCapture | None = cv2.VideoCapture(camera.index)
        if not self._capture.isOpened():
            self._capture.release()
            raise SourceError(_cannot_open(camera))
        fourcc = cv2.VideoWriter.fourcc(*"MJPG")
        for setting, value in (
            # Uncompressed 720p does not fit through USB 2 at 30 frames a second.
            (cv2.CAP_PROP_FOURCC, fourcc),
            (cv2.CAP_PROP_FRAME_WIDTH, _WIDTH),
            (cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT),
            (cv2.CAP_PROP_FPS, _RATE_HZ),
            (cv2.CAP_PROP_BUFFERSIZE, 1),
        ):
            self._capture.set(setting, value)
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        self.fps: float | None = rate if rate and rate > 0 else None
        self._index = 0

    def read(self) -> Frame | None:
        for _ in range(_MISSED_READS):
            with self._lock:
                if self._capture is None:
                    return None
                ok, image = self._capture.read()
            if ok and image is not None and image.size:
                frame = Frame(np.ascontiguousarray(image), time.monotonic(), self._index)
                self._index += 1
                return frame
        raise SourceError(
            f"{self.name}: the camera stopped sending pictures. Check its cable, or choose another"
            " source."
        )

    def close(self) -> None:
        with self._lock:
            if self._capture is not None:
                self._capture.release()
                self._capture = None


def _cannot_open(camera: CameraInfo) -> str:
    device = Path(f"/dev/video{camera.index}")
    if sys.platform.startswith("linux") and not device.exists():
        return f"{camera.name}: there is no such camera. Connect it, or choose another source."
    return (
        f"{camera.name}: the camera cannot be opened; another program may be using it. Close that"
        " program and try again."
    )
