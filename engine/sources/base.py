"""What every source can do."""

from __future__ import annotations

from typing import Protocol

from engine.frame import Frame


class FrameSource(Protocol):
    """Frames one after another. `name` is for people; `fps` is nominal, where it is known.

    `is_live`: frames come in their own time (camera, network). Others come as fast as they are
    read; `Paced` slows them to their own pace.
    """

    name: str
    is_live: bool
    fps: float | None

    def read(self) -> Frame | None:
        """The next frame; None at a regular end or after `close`. Raises SourceError."""

    def close(self) -> None:
        """Release the device or file. May be called twice, and from another thread."""
