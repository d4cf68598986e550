"""From what a person writes after `--source` to an open source."""

from __future__ import annotations

from pathlib import Path

from engine.messages import Message
from engine.sources.base import FrameSource
from engine.sources.camera import CameraSource, camera_device, find_camera, list_cameras
from engine.sources.errors import SourceError
from engine.sources.network_stream import NetworkStreamSource, is_address
from engine.sources.reference_motion import ReferenceMotionSource
from engine.sources.video_file import VideoFileSource
from engine.sources.video_suffixes import has_video_suffix

REFERENCE_PREFIX = "reference:"
DRAWN_PREFIX = "drawn:"
"""The same motions as pictures alone: whoever they move must be found in them."""

_LONGEST_CAMERA_INDEX = 3


def open_source(spec: str, *, loop: bool = False, references: Path | None = None) -> FrameSource:
    """Open a camera (number or name), file, address or `reference:SIGN` (`reference:*`: all).

    Raises SourceError with one plain line that names the source.
    """
    spec = spec.strip()
    if not spec:
        raise SourceError("no source given: name a camera, a file, an address or reference:SIGN")
    if spec.startswith(DRAWN_PREFIX):
        return ReferenceMotionSource(
            spec.removeprefix(DRAWN_PREFIX).strip(), loop=loop, folder=references, drawn=True
        )
    if spec.startswith(REFERENCE_PREFIX):
        return ReferenceMotionSource(
            spec.removeprefix(REFERENCE_PREFIX).strip(), loop=loop, folder=references
        )
    if is_address(spec):
        return NetworkStreamSource(spec)
    path = _path_of(spec)
    if _is_file(path):
        return VideoFileSource(path, loop=loop)
    if _names_a_file(spec, path):
        # Said without asking the cameras: where they must be probed, a wrong name would wake them.
        raise SourceError(Message("source.no-file", name=spec))
    if spec.isdecimal() and len(spec) > _LONGEST_CAMERA_INDEX:
        raise SourceError(f"{spec}: there is no such camera or file")
    camera = find_camera(spec)
    if camera is not None:
        return CameraSource(camera)
    names = ", ".join(f"'{camera.name}'" for camera in list_cameras()) or "none"
    raise SourceError(f"{spec}: there is no such file or camera; cameras found: {names}")


def _path_of(spec: str) -> Path:
    try:
        return Path(spec).expanduser()
    except (RuntimeError, ValueError):
        # A tilde before something that is no user's name, or cannot be one.
        return Path(spec)


def _names_a_file(spec: str, path: Path) -> bool:
    if camera_device(spec) is not None:
        return False
    return path.is_absolute() or has_video_suffix(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        # A name too long or with a zero byte in it names no file.
        return False
