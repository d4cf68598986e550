"""Webcams, by index or by the name that the system lists."""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.frame import Frame
from engine.messages import Message
from engine.opencv import cv2
from engine.sources.cameras.camera_listing import (
    CameraInfo,
    described,
    list_by_opening,
    list_linux,
    list_with_library,
    same_camera,
)
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


# Systems that must be asked by opening hand a camera to one asker only, even within a program.
_opening = threading.RLock()
_in_use: dict[int, CameraInfo] = {}


def list_quietly() -> list[CameraInfo] | None:
    """The cameras of this computer, none of them opened for it; None where that cannot be had."""
    if sys.platform.startswith("linux"):
        return list_linux(_LISTED, _DEVICES)
    return list_with_library(_BACKEND)


def lists_without_opening() -> bool:
    """Whether the cameras can be listed at any time, without waking one or taking one away."""
    return sys.platform.startswith("linux") or list_quietly() is not None


def list_cameras() -> list[CameraInfo]:
    """The cameras of this computer; one that runs here is never opened a second time for it."""
    listed = list_quietly()
    if listed is not None:
        return listed
    with _opening:
        return list_by_opening(_PROBED, _can_be_opened, dict(_in_use))


def first_cameras() -> list[CameraInfo]:
    """What to try, in this order, for a first camera; nothing is opened to find out."""
    if lists_without_opening():
        return list_cameras()[:1]
    return _unnamed()


def _unnamed() -> list[CameraInfo]:
    """What cameras are called where no list gives their names."""
    return [CameraInfo(index, f"Camera {index + 1}") for index in range(_PROBED)]


def _can_be_opened(index: int) -> bool:
    capture = _open_device(index)
    opened = bool(capture.isOpened())
    capture.release()
    return opened


def camera_device(spec: str) -> int | None:
    """The index in `/dev/video2`; None for any other text."""
    match = re.fullmatch(r"/dev/video([0-9]{1,3})", spec)
    return int(match[1]) if match else None


def find_camera(spec: str) -> CameraInfo | None:
    """The camera of this index, device, name (in any case, whole or its beginning) or
    `CameraInfo.spec`; a number or device is believed though it is not listed."""
    index = int(spec) if spec.isdecimal() else camera_device(spec)
    if not lists_without_opening():
        # Opened once, as the source that is wanted, and not before that to be listed.
        known = camera_among(spec, _unnamed())
        if known is not None:
            return known
    found = camera_among(spec, list_cameras())
    if found is None and index is not None:
        return CameraInfo(index, f"camera {index}")
    return found


def camera_among(spec: str, cameras: Sequence[CameraInfo]) -> CameraInfo | None:
    """Which of `cameras` is meant by `spec`, as `find_camera` reads it."""
    wanted_camera = described(spec)
    if wanted_camera is not None:
        return same_camera(wanted_camera, cameras)
    index = int(spec) if spec.isdecimal() else camera_device(spec)
    if index is not None:
        return next((camera for camera in cameras if camera.index == index), None)
    wanted = spec.casefold()
    for matches in (str.__eq__, str.startswith):
        for camera in cameras:
            if matches(camera.name.casefold(), wanted):
                return camera
    return None


class CameraSource:
    """One webcam. Time stamps are the system's monotonic clock."""

    is_live = True

    def __init__(self, camera: CameraInfo, *, size: tuple[int, int] | None = None) -> None:
        """`size`: wanted width and height; the camera gives the nearest it can.

        Raises SourceError when there is no such camera or another program uses it."""
        self.name, self.camera = camera.name, camera
        self._lock = threading.Lock()
        self._closed = threading.Event()
        with _opening:
            self._capture = _open_device(camera.index)
            if not self._capture.isOpened():
                self._capture.release()
                raise SourceError(_cannot_open(camera))
            _in_use[camera.index] = camera
        width, height = size or (_WIDTH, _HEIGHT)
        fourcc = cv2.VideoWriter.fourcc(*"MJPG")
        for setting, value in (
            # Uncompressed 720p does not fit through USB 2 at 30 frames a second.
            (cv2.CAP_PROP_FOURCC, fourcc),
            (cv2.CAP_PROP_FRAME_WIDTH, width),
            (cv2.CAP_PROP_FRAME_HEIGHT, height),
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
                    self._release()
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
            raise SourceError(_cannot_open(self.camera))
        raise SourceError(Message("camera.stopped", name=self.name))

    def close(self) -> None:
        self._closed.set()
        # A read in progress releases the camera itself; waiting for it would block the caller.
        if self._lock.acquire(blocking=False):
            try:
                self._release()
            finally:
                self._lock.release()

    def _release(self) -> None:
        self._capture.release()
        # Without the lock: whoever closes a camera does not wait for another one that opens.
        if _in_use.get(self.camera.index) is self.camera:
            _in_use.pop(self.camera.index, None)


def _open_device(index: int) -> cv2.VideoCapture:
    return cv2.VideoCapture(index, _BACKEND)


def _cannot_open(camera: CameraInfo) -> Message:
    if sys.platform.startswith("linux"):
        device = _DEVICES / f"video{camera.index}"
        if not device.exists():
            return Message("camera.absent", name=camera.name)
        if not os.access(device, os.R_OK | os.W_OK):
            return Message("camera.forbidden", name=camera.name, device=device)
        return Message("camera.in-use", name=camera.name)
    return Message("camera.closed", name=camera.name)
