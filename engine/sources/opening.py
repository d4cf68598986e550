"""From what a person writes after `--source` to an open source."""

from __future__ import annotations

from pathlib import Path

from engine.messages import Message
from engine.sources.address import (
    AddressError,
    FileAddress,
    StreamAddress,
    read_address,
    shown_address,
    without_password,
)
from engine.sources.base import FrameSource
from engine.sources.cameras.camera import (
    CameraSource,
    camera_device,
    find_camera,
    list_cameras,
    lists_without_opening,
)
from engine.sources.cameras.camera_listing import CameraInfo, described
from engine.sources.cameras.camera_modes import CameraSizes
from engine.sources.errors import SourceError
from engine.sources.motion.landmark_file import SUFFIX, LandmarkFileSource
from engine.sources.motion.reference_motion import ReferenceMotionSource
from engine.sources.motion.references import FIRST_VOCABULARY
from engine.sources.network_stream import NetworkStreamSource
from engine.sources.video.video_file import VideoFileSource
from engine.sources.video.video_suffixes import has_video_suffix

REFERENCE_PREFIX = "reference:"
DRAWN_PREFIX = "drawn:"
"""The same motions as pictures alone: whoever they move must be found in them."""

_LONGEST_CAMERA_INDEX = 3


def open_source(
    spec: str,
    *,
    loop: bool = False,
    references: Path | None = None,
    sizes: CameraSizes | None = None,
    vocabulary: str = FIRST_VOCABULARY,
) -> FrameSource:
    """Open a camera (number, name or `CameraInfo.spec`), file, address or `reference:SIGN`
    (`reference:*`: all). `sizes`: what pictures cameras shall give; `vocabulary`: whose recorded
    motions are meant where the spec does not say.

    A number is always a camera: the file `0` is `./0`. Raises SourceError with one plain line that
    names the source.
    """
    written, spec = spec, spec.strip()
    if not spec:
        raise SourceError(Message("source.none-given"))
    if spec.startswith(DRAWN_PREFIX):
        return ReferenceMotionSource(
            spec.removeprefix(DRAWN_PREFIX).strip(),
            loop=loop,
            folder=references,
            drawn=True,
            vocabulary=vocabulary,
        )
    if spec.startswith(REFERENCE_PREFIX):
        return ReferenceMotionSource(
            spec.removeprefix(REFERENCE_PREFIX).strip(),
            loop=loop,
            folder=references,
            vocabulary=vocabulary,
        )
    known = described(spec)
    if known is not None:
        return _open_camera(find_camera(spec), "camera.gone", known.name, sizes)
    if _is_number(spec):
        number = int(spec) if len(spec) <= _LONGEST_CAMERA_INDEX else None
        camera = None if number is None else find_camera(str(number))
        return _open_camera(camera, "camera.absent", spec, sizes)
    try:
        found = read_address(spec)
    except AddressError as error:
        if not _exists(_path_of(spec)):
            raise SourceError(error.message) from error
        found = None
    if isinstance(found, StreamAddress):
        return NetworkStreamSource(found.address)
    if isinstance(found, FileAddress):
        return _open_file(found.path, loop)
    # A name may end in a space; one that was only written so with the mouse does not.
    for path in (_path_of(written), _path_of(spec)):
        if _exists(path) and not _is_listed(spec, path):
            return _open_file(path, loop)
    if _names_a_file(spec, _path_of(spec)):
        # Said without asking the cameras: where they must be probed, a wrong name would wake them.
        code = "source.file-no-video" if _is_something(_path_of(spec)) else "source.no-file"
        raise SourceError(Message(code, name=spec))
    camera = find_camera(spec)
    if camera is not None:
        return CameraSource(camera, size=sizes.of(camera) if sizes else None)
    names = ", ".join(f"'{camera.name}'" for camera in list_cameras())
    if not names:
        raise SourceError(Message("source.no-file-no-camera", name=spec))
    raise SourceError(Message("source.no-file-or-camera", name=spec, cameras=names))


def shown_name(spec: str) -> str:
    """What a source may be called on a screen, before it is open."""
    known = described(spec)
    if known is not None:
        return known.name
    try:
        found = read_address(spec.strip())
    except AddressError:
        return without_password(spec)
    if isinstance(found, StreamAddress):
        return shown_address(found.address)
    path = str(found.path) if isinstance(found, FileAddress) else spec
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def _open_camera(
    camera: CameraInfo | None, missing: str, name: str, sizes: CameraSizes | None
) -> FrameSource:
    if camera is None:
        raise SourceError(Message(missing, name=name))
    return CameraSource(camera, size=sizes.of(camera) if sizes else None)


def _open_file(path: Path, loop: bool) -> FrameSource:
    if _exists(path) and path.is_dir():
        raise SourceError(Message("source.folder", name=path))
    if path.suffix.lower() == SUFFIX:
        return LandmarkFileSource(path, loop=loop)
    return VideoFileSource(path, loop=loop)


def _is_number(spec: str) -> bool:
    return spec.isascii() and spec.isdecimal()


def _is_listed(spec: str, path: Path) -> bool:
    """Whether a file's name is a camera's too, which then is meant; `./NAME` is the file."""
    if has_video_suffix(path) or len(path.parts) > 1 or spec != path.name:
        return False
    return lists_without_opening() and any(spec == camera.name for camera in list_cameras())


def _path_of(spec: str) -> Path:
    try:
        return Path(spec).expanduser()
    except (RuntimeError, ValueError):
        # A tilde before something that is no user's name, or cannot be one.
        return Path(spec)


def _names_a_file(spec: str, path: Path) -> bool:
    if camera_device(spec) is not None:
        return False
    if spec.startswith(("./", "../", "~/", ".\\", "..\\")):
        return True
    return path.is_absolute() or has_video_suffix(path)


def _is_something(path: Path) -> bool:
    """There, whatever it is: a pipe or a device too."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    """A file or folder."""
    try:
        return path.is_file() or path.is_dir()
    except (OSError, ValueError):
        # A name too long or with a zero byte in it names no file.
        return False
