"""From what a person writes after `--source` to an open source."""

from __future__ import annotations

from pathlib import Path

from engine.sources.base import FrameSource
from engine.sources.camera import CameraSource, find_camera, list_cameras
from engine.sources.errors import SourceError
from engine.sources.network_stream import NetworkStreamSource, is_address
from engine.sources.reference_motion import ReferenceMotionSource
from engine.sources.video_file import VideoFileSource

REFERENCE_PREFIX = "reference:"
_LONGEST_CAMERA_INDEX = 3


def open_source(spec: str, *, loop: bool = False, references: Path | None = None) -> FrameSource:
    """Open a camera (number or name), file, address or `reference:SIGN` (`reference:*`: all).

    Raises SourceError with one plain line that names the source.
    """
    spec = spec.strip()
    if not spec:
        raise SourceError("no source given: name a camera, a file, an address or reference:SIGN")
    if spec.startswith(REFERENCE_PREFIX):
        return ReferenceMotionSource(
            spec.removeprefix(REFERENCE_PREFIX).strip(), loop=loop, folder=references
        )
    if is_address(spec):
        return NetworkStreamSource(spec)
    path = Path(spec).expanduser()
    if _is_file(path):
        return VideoFileSource(path, loop=loop)
    if spec.isdecimal() and len(spec) > _LONGEST_CAMERA_INDEX:
        raise SourceError(f"{spec}: there is no such camera or file")
    camera = find_camera(spec)
    if camera is not None:
        return CameraSource(camera)
    names = ", ".join(f"'{camera.name}'" for camera in list_cameras()) or "none"
    raise SourceError(f"{spec}: there is no such file or camera; cameras found: {names}")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        # A name too long or with a zero byte in it names no file.
        return False
