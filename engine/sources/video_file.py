"""Video files, decoded in sequence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from engine.frame import Frame
from engine.messages import Message
from engine.sources.decoding import Container, decode, open_container
from engine.sources.errors import SourceError

_FALLBACK_RATE_HZ = 25.0
_SHORTEST_STEP_S = 1e-3


class VideoFileSource:
    """A file's frames, with their own time stamps from 0.

    A file that is damaged after some pictures plays these and ends. With `loop` it begins again
    and the time stamps go on growing.
    """

    is_live = False

    def __init__(self, path: Path, *, loop: bool = False) -> None:
        """Raises SourceError when the file is missing, empty or no video."""
        self.name, self._path, self._loop = path.name, path, loop
        try:
            if not path.is_file():
                raise SourceError(Message("source.no-file", name=path))
            if path.stat().st_size == 0:
                raise SourceError(f"{path}: the file is empty")
        except (OSError, ValueError) as error:
            raise SourceError(f"{path}: the file cannot be read") from error
        self._lock = threading.Lock()
        self._closed = False
        self._container, self._stream = self._open()
        rate = self._stream.average_rate
        self.fps: float | None = float(rate) if rate else None
        self._step_s = 1.0 / (self.fps or _FALLBACK_RATE_HZ)
        self._frames = self._decode()
        self._index = 0
        self._first_s: float | None = None
        self._offset_s = 0.0
        self._newest_s: float | None = None

    def read(self) -> Frame | None:
        with self._lock:
            if self._closed:
                return None
            following = self._next_picture()
            if following is None and self._loop and self._index:
                self._begin_again()
                following = self._next_picture()
            if following is None:
                if self._index == 0:
                    raise SourceError(f"{self._path}: no picture in this file can be decoded")
                return None
            image, t_s = following
            frame = Frame(image, self._stamp(t_s), self._index)
            self._index += 1
            return frame

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                self._container.close()

    def _open(self) -> tuple[Container, av.video.stream.VideoStream]:
        # An absolute path: libav takes what stands before a colon for a protocol. And a playlist
        # that calls itself a clip shall not reach out to the network.
        return open_container(
            str(self._path.absolute()), str(self._path), options={"protocol_whitelist": "file"}
        )

    def _decode(self) -> Iterator[tuple[NDArray[np.uint8], float | None]]:
        return decode(self._container, self._stream)

    def _next_picture(self) -> tuple[NDArray[np.uint8], float | None] | None:
        try:
            return next(self._frames, None)
        except (av.FFmpegError, ValueError):
            # What was shown so far was good; the rest of the file is not.
            return None

    def _begin_again(self) -> None:
        self._container.close()
        self._container, self._stream = self._open()
        self._frames = self._decode()
        self._first_s = None
        self._offset_s = (self._newest_s or 0.0) + self._step_s

    def _stamp(self, t_s: float | None) -> float:
        if t_s is None:
            stamp = 0.0 if self._newest_s is None else self._newest_s + self._step_s
        else:
            if self._first_s is None:
                self._first_s = t_s
            stamp = t_s - self._first_s + self._offset_s
        if self._newest_s is not None:
            stamp = max(stamp, self._newest_s + _SHORTEST_STEP_S)
        self._newest_s = stamp
        return stamp
