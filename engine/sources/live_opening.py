"""Sources for a window: paced like a camera, reopened when they die."""

from __future__ import annotations

from collections.abc import Callable

from engine.references import FIRST_VOCABULARY
from engine.sources.base import FrameSource
from engine.sources.camera import list_cameras
from engine.sources.opening import DRAWN_PREFIX, REFERENCE_PREFIX, open_source
from engine.sources.pacing import Paced
from engine.sources.reconnecting import ReconnectingSource, State

NO_CAMERA_SOURCE = f"{REFERENCE_PREFIX}*"


def shows_motions(spec: str) -> bool:
    """Whether it is recorded motions that `spec` shows."""
    return spec.strip().startswith((REFERENCE_PREFIX, DRAWN_PREFIX))


def first_camera() -> str | None:
    """The first camera's spec, or None when this computer has none."""
    cameras = list_cameras()
    return str(cameras[0].index) if cameras else None


def open_live(
    spec: str,
    *,
    loop: bool,
    on_state: Callable[[State, str | None], None] | None = None,
    vocabulary: str = FIRST_VOCABULARY,
) -> FrameSource:
    """Open `spec` for watching. `vocabulary`: whose recorded motions are meant where it does not
    say. Raises SourceError when it cannot be opened the first time."""
    source = open_source(spec, loop=loop, vocabulary=vocabulary)
    if not source.is_live:
        return Paced(source)
    opened: list[FrameSource] = [source]

    def opener() -> FrameSource:
        return opened.pop() if opened else open_source(spec, loop=loop)

    return ReconnectingSource(opener, on_state=on_state)
