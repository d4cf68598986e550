"""Which cameras a computer has, read from the system's own lists: no camera is opened for it."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

CAMERA_PREFIX = "camera:"
_QUERY_CAPABILITY = 0x80685600
_CAPTURES, _HAS_DEVICE_CAPABILITIES = 0x1, 0x80000000


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """`index` is what OpenCV opens, and changes when a camera is plugged in again; `serial` and
    `port` (where it is plugged in) tell cameras of one name apart, where the system knows them."""

    index: int
    name: str
    serial: str = ""
    port: str = ""

    @property
    def spec(self) -> str:
        """What names this camera at the next start too, whatever its number is then."""
        return CAMERA_PREFIX + "#".join(
            quote(part, safe=" ") for part in (self.name, self.serial, self.port)
        )


def described(spec: str) -> CameraInfo | None:
    """The camera that a `CameraInfo.spec` describes, with -1 as its number; None for other text."""
    if not spec.startswith(CAMERA_PREFIX):
        return None
    parts = [unquote(part) for part in spec.removeprefix(CAMERA_PREFIX).split("#")]
    name, serial, port = (*parts, "", "")[:3]
    return CameraInfo(-1, name.strip(), serial, port)


def same_camera(wanted: CameraInfo, cameras: Iterable[CameraInfo]) -> CameraInfo | None:
    """Which of `cameras` is `wanted` again: the name must be the same, then serial number and port
    decide. A camera plugged in elsewhere, or of a computer that tells no more, is known by its
    name."""
    named = [camera for camera in cameras if camera.name == wanted.name]

    def likeness(camera: CameraInfo) -> tuple[bool, bool]:
        return (
            bool(wanted.serial) and camera.serial == wanted.serial,
            bool(wanted.port) and camera.port == wanted.port,
        )

    return max(named, key=likeness, default=None)


def list_linux(folder: Path, devices: Path) -> list[CameraInfo]:
    """From `/sys/class/video4linux` and `/dev`, in the order of their numbers."""
    cameras = []
    found = [path for path in folder.glob("video*") if path.name[5:].isdecimal()]
    for device in sorted(found, key=lambda path: int(path.name[5:])):
        # One webcam shows several devices; only the first of each carries pictures.
        try:
            if (device / "index").read_text().strip() not in ("", "0"):
                continue
            name = " ".join((device / "name").read_text(errors="replace").split())
        except OSError:
            continue
        index = int(device.name[5:])
        serial, port = _serial_and_port(device)
        if _captures(str(devices / device.name), name, port):
            cameras.append(CameraInfo(index, name or f"Camera {index + 1}", serial, port))
    return cameras


def list_with_library(backend: int) -> list[CameraInfo] | None:
    """From DirectShow or AVFoundation, numbered as OpenCV's `backend` counts them; None where that
    cannot be asked."""
    try:
        from cv2_enumerate_cameras import enumerate_cameras

        return [
            CameraInfo(found.index, found.name or f"Camera {found.index + 1}", "", found.path or "")
            for found in enumerate_cameras(backend)
        ]
    except (ImportError, OSError, RuntimeError, NotImplementedError):
        return None


def list_by_opening(
    count: int, opens: Callable[[int], bool], in_use: dict[int, CameraInfo]
) -> list[CameraInfo]:
    """The last resort, where no list is to be had: each number below `count` is opened for a
    moment, but for those of `in_use`, which some system would break off."""
    cameras = []
    for index in range(count):
        if index in in_use:
            cameras.append(in_use[index])
        elif opens(index):
            cameras.append(CameraInfo(index, f"Camera {index + 1}"))
    return cameras


def _serial_and_port(device: Path) -> tuple[str, str]:
    """Of a USB camera; both empty for others."""
    interface = (device / "device").resolve()
    if not interface.is_dir() or interface.parent == device.resolve():
        return "", ""
    try:
        serial = (interface.parent / "serial").read_text(errors="replace").strip()
    except OSError:
        serial = ""
    return serial, interface.name


@lru_cache(maxsize=64)
def _captures(device: str, name: str, port: str) -> bool:
    """Whether this device gives pictures: a decoder or an output has a number too.

    Asked once a device, for asking wakes some cameras; where it cannot be asked, it is believed.
    """
    if not sys.platform.startswith("linux"):
        return True
    import fcntl

    answer = ctypes.create_string_buffer(104)
    try:
        handle = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return True
    try:
        fcntl.ioctl(handle, _QUERY_CAPABILITY, answer)
    except OSError:
        return True
    finally:
        os.close(handle)
    everything = int.from_bytes(answer.raw[84:88], sys.byteorder)
    here = int.from_bytes(answer.raw[88:92], sys.byteorder)
    return bool((here if everything & _HAS_DEVICE_CAPABILITIES else everything) & _CAPTURES)
