"""Sources for a window: paced like a camera, reopened when they die."""

from __future__ import annotations

from collections.abc import Callable

from engine.sources.base import FrameSource
from engine.sources.cameras.camera import CameraSource, first_cameras, lists_without_opening
from engine.sources.cameras.camera_listing import CameraInfo
from engine.sources.cameras.camera_modes import CameraSizes
from engine.sources.errors import SourceError
from engine.sources.motion.references import FIRST_VOCABULARY
from engine.sources.opening import DRAWN_PREFIX, REFERENCE_PREFIX, open_source
from engine.sources.pacing import Paced
from engine.sources.reconnecting import ReconnectingSource, State

NO_CAMERA_SOURCE = f"{REFERENCE_PREFIX}*"


Told = Callable[[State, str | None], None]


def shows_motions(spec: str) -> bool:
    """Whether it is recorded motions that `spec` shows."""
    return spec.strip().startswith((REFERENCE_PREFIX, DRAWN_PREFIX))


def open_live(
    spec: str,
    *,
    loop: bool,
    on_state: Told | None = None,
    sizes: CameraSizes | None = None,
    vocabulary: str = FIRST_VOCABULARY,
) -> FrameSource:
    """Open `spec` for watching. `vocabulary`: whose recorded motions are meant where it does not
    say. Raises SourceError when it cannot be opened the first time."""
    source = open_source(spec, loop=loop, sizes=sizes, vocabulary=vocabulary)
    return _reopened(source, spec, on_state, sizes) if source.is_live else Paced(source)


def open_first_camera(
    *, on_state: Told | None = None, sizes: CameraSizes | None = None
) -> FrameSource | None:
    """The first camera, for watching; None when this computer has none. Raises SourceError."""
    listed = lists_without_opening()
    for camera in first_cameras():
        try:
            source = CameraSource(camera, size=sizes.of(camera) if sizes else None)
        except SourceError:
            # One that is listed is there, and the person must hear why it cannot be used.
            if listed:
                raise
            continue
        return _reopened(source, camera.spec, on_state, sizes)
    return None


def _reopened(
    source: FrameSource, spec: str, on_state: Told | None, sizes: CameraSizes | None
) -> FrameSource:
    opened, wanted = [source], spec

    def opener() -> FrameSource:
        nonlocal wanted
        found = opened.pop() if opened else open_source(wanted, sizes=sizes)
        camera = camera_of(found)
        if camera is not None:
            # When it comes back, it may have another number.
            wanted = camera.spec
        return found

    return ReconnectingSource(opener, on_state=on_state)


def camera_of(source: FrameSource | None) -> CameraInfo | None:
    """The camera that gives a source's pictures now; None for files, streams and motions."""
    if isinstance(source, ReconnectingSource):
        return camera_of(source.source)
    return source.camera if isinstance(source, CameraSource) else None
