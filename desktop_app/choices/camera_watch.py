"""A camera that is plugged in while there is none, or that was waited for, is used at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.sources.cameras.camera import camera_among
from engine.sources.cameras.camera_listing import CameraInfo, described, same_camera


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
        elif wanted is None and new and (state.source_state == "failed" or self._is_gone(state)):
            # The first camera cannot be used, or is away; now there is another one.
            self._engine.set_source(None)

    def _is_gone(self, state: LiveState) -> bool:
        """The camera that gave pictures is not there; another one may be waited for in vain."""
        lost = state.source_state == "lost" and state.camera is not None
        return lost and same_camera(cast(CameraInfo, state.camera), self._known) is None


def _is_camera(spec: str) -> bool:
    return described(spec) is not None or (spec.isascii() and spec.isdecimal())
