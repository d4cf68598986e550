"""A camera that is plugged in while there is none, or that was waited for, is used at once."""

from __future__ import annotations

from collections.abc import Sequence

from engine.live import LiveEngine
from engine.sources.camera import camera_among
from engine.sources.camera_listing import CameraInfo, described


class CameraWatch:
    """Told of every new list of cameras; never takes the place of a source that works."""

    def __init__(self, engine: LiveEngine) -> None:
        self._engine = engine
        self._known: tuple[CameraInfo, ...] = ()

    def cameras_found(self, cameras: Sequence[CameraInfo], preferred: str = "") -> None:
        """`preferred`: the camera that was chosen some day, if it is to be waited for."""
        new = [camera for camera in cameras if camera not in self._known]
        self._known = tuple(cameras)
        state, wanted = self._engine.latest(), self._engine.source_spec
        if wanted is None and state.no_camera and cameras:
            found = camera_among(preferred, cameras) if preferred else None
            self._engine.set_source(found.spec if found else None)
        elif state.source_state == "failed" and wanted == state.source_spec and _is_camera(wanted):
            if camera_among(wanted, new) is not None:
                self._engine.set_source(wanted)
        elif state.source_state == "failed" and wanted is None and new:
            # The first camera was there and could not be used; now there is another one.
            self._engine.set_source(None)


def _is_camera(spec: str) -> bool:
    return described(spec) is not None or (spec.isascii() and spec.isdecimal())
