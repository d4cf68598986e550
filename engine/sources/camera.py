"""Webcams, by index or by the name that the system lists."""

from __future__ import annotations

import os
import re
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
_LONGEST_SILENCE_S = 3.0
_PROBED = 4
_LISTED, _DEVICES = Path("/sys/class/video4linux"), Path("/dev")

# Named, so that listing and opening count alike, and no other backend tries and complains.
_BACKEND = {
    "linux": cv2.CAP_V4L2,
    "win32": cv2.CAP_DSHOW,
    "darwin": cv2.CAP_AVFOUNDATION,
}.get(sys.platform, cv2.CAP_ANY)


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """`index` is what OpenCV opens."""

    index: int
    name: str


def list_cameras() -> list[CameraInfo]:
    """The cameras of this computer, without opening them where the system allows it."""
    if sys.platform.startswith("linux"):
        return _list_linux(_LISTED)
    found = []
    for index in range(_PROBED):
        capture = _open_device(index)
        if capture.isOpened():
            found.append(CameraInfo(index, f"Camera {index + 1}"))
        capture.release()
    return found


def _list_linux(folder: Path) -> list[CameraInfo]:
    cameras = []
    devices = [path for path in folder.glob("video*") if path.name[5:].isdecimal()]
    for device in sorted(devices, key=lambda path: int(path.name[5:])):
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


def camera_device(spec: str) -> int | None:
    """The index in `/dev/video2`; None for any other text."""
    match = re.fullmatch(r"/dev/video([0-9]{1,3})", spec)
    return int(match[1]) if match else None


def find_camera(spec: str) -> CameraInfo | None:
    """The camera of this index, device or name (in any case, whole or its beginning)."""
    cameras = list_cameras()
    index = int(spec) if spec.isdecimal() else camera_device(spec)
    if index is not None:
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
        self._camera = camera
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._capture = _open_device(camera.index)
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
        started = time.monotonic()
        for _ in range(_MISSED_READS):
            with self._lock:
                ok, image = (False, None) if self._closed.is_set() else self._capture.read()
                if self._closed.is_set():
                    # Whoever closed it during this read has left the rest to it.
                    self._capture.release()
                    return None
            now = time.monotonic()
            if ok and image is not None and image.size:
                frame = Frame(np.ascontiguousarray(image), now, self._index)
                self._index += 1
                return frame
            if now - started > _LONGEST_SILENCE_S:
                break
        if self._index == 0:
            # Some drivers let two programs open a camera and give pictures to one only.
            raise SourceError(_cannot_open(self._camera))
        raise SourceError(
            f"{self.name}: the camera stopped sending pictures. Check its cable, or choose another"
            " source."
        )

    def close(self) -> None:
        self._closed.set()
        # A read in progress releases the camera itself; waiting for it would block the caller.
        if self._lock.acquire(blocking=False):
            try:
                self._capture.release()
            finally:
                self._lock.release()


def _open_device(index: int) -> cv2.VideoCapture:
    return cv2.VideoCapture(index, _BACKEND)


def _cannot_open(camera: CameraInfo) -> str:
    if sys.platform.startswith("linux"):
        device = _DEVICES / f"video{camera.index}"
        if not device.exists():
            return f"{camera.name}: there is no such camera. Connect it, or choose another source."
        if not os.access(device, os.R_OK | os.W_OK):
            return (
                f"{camera.name}: you may not use this camera ({device}). Join the group 'video'"
                " and log in again."
            )
        return (
            f"{camera.name}: the camera cannot be opened, it is in use by another program. Close it"
            " and try again."
        )
    return (
        f"{camera.name}: the camera cannot be opened. It is not connected, or in use by another"
        " program: close it and try again."
    )
