"""Video files, decoded in sequence."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.frame import Frame
from engine.libav import av
from engine.messages import Message
from engine.sources.errors import SourceError
from engine.sources.video.decoding import Container, VideoStream, decode, open_container
from engine.sources.video.video_clock import VideoClock


class VideoFileSource:
    """A file's frames, with their own time stamps from 0, mended where they jump.

    A file that is damaged after some pictures plays these and ends. With `loop` it begins again
    and the time stamps go on growing.
    """

    is_live = False

    def __init__(self, path: Path, *, loop: bool = False) -> None:
        """Raises SourceError when the file is missing, empty or no video."""
        self.name, self._path, self._loop = path.name, path, loop
        self._lock = threading.Lock()
        self._closed = False
        self._container, self._stream = open_video(path)
        rate = self._stream.average_rate
        self.fps: float | None = float(rate) if rate else None
        self._frames = decode(self._container, self._stream)
        self._index = 0
        self._clock = VideoClock(self.fps)

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
                    raise SourceError(Message("source.nothing-decoded", name=self._path))
                return None
            image, t_s = following
            frame = Frame(image, self._clock.stamp(t_s), self._index)
            self._index += 1
            return frame

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                self._container.close()

    def _next_picture(self) -> tuple[NDArray[np.uint8], float | None] | None:
        try:
            return next(self._frames, None)
        except (av.FFmpegError, ValueError):
            # What was shown so far was good; the rest of the file is not.
            return None

    def _begin_again(self) -> None:
        self._container.close()
        self._container, self._stream = open_video(self._path)
        self._frames = decode(self._container, self._stream)
        self._clock.begin_again()


def open_video(path: Path) -> tuple[Container, VideoStream]:
    """Raises SourceError when the file is missing, empty or no video."""
    try:
        if path.is_dir():
            raise SourceError(Message("source.folder", name=path))
        if not path.is_file():
            raise SourceError(Message("source.no-file", name=path))
        if path.stat().st_size == 0:
            raise SourceError(Message("source.empty", name=path))
    except (OSError, ValueError) as error:
        raise SourceError(Message("source.unreadable", name=path)) from error
    # An absolute path: libav takes what stands before a colon for a protocol. And a playlist that
    # calls itself a clip shall not reach out to the network.
    return open_container(str(path.absolute()), str(path), options={"protocol_whitelist": "file"})
