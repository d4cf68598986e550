"""MJPEG and RTSP cameras on the network: only when the user names one."""

from __future__ import annotations

import threading
import time

from engine.frame import Frame
from engine.libav import av
from engine.messages import Message
from engine.sources.address import shown_address
from engine.sources.errors import SourceError
from engine.sources.no_connection import why_not_opened
from engine.sources.video.decoding import Container, VideoStream, decode, open_container

TIMEOUT_S = 4.0
"""For an answer, and for each picture; shorter than the time a closing window waits."""
SNAPSHOT_INTERVAL_S = 0.1
"""From one question to the next, at an address that gives one picture at a time."""
_PICTURE_READERS = frozenset({"image2", "mjpeg"})
# What looks like a counter in a picture's address is none.
_ANY = {"pattern_type": "none"}
# Neither analysed for long nor kept back; of a single picture there would be nothing left.
_AT_ONCE = _ANY | {"fflags": "nobuffer", "probesize": "500000", "analyzeduration": "1000000"}


class NetworkStreamSource:
    """A stream's frames as they arrive. Time stamps are the system's monotonic clock.

    An address that gives single pictures, as many cameras have, is asked again and again.
    """

    is_live = True

    def __init__(self, address: str) -> None:
        """Raises SourceError when nothing answers within the time limit."""
        # A password in the address is nobody's business on a screen.
        self.name = shown_address(address)
        self._address = address
        self._container, self._stream = self._open(_AT_ONCE)
        self._single = _gives_single_pictures(self._container)
        if self._single:
            self._container.close()
            self._container, self._stream = self._open(_ANY)
        self._asked_s, self._pictures = time.monotonic(), 0
        rate = None if self._single else self._stream.average_rate
        self.fps: float | None = float(rate) if rate else None
        self._frames = decode(self._container, self._stream)
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._index = 0

    def read(self) -> Frame | None:
        with self._lock:
            if self._closed.is_set():
                self._container.close()
                return None
            try:
                following = next(self._frames, None)
                if following is None and self._single and self._pictures:
                    self._ask_again()
                    following = next(self._frames, None)
            except (av.FFmpegError, OSError, ValueError):
                following = None
            if self._closed.is_set():
                # Whoever closed it during this read has left the rest to it.
                self._container.close()
                return None
        if following is None:
            raise SourceError(Message("source.stream-stopped", name=self.name))
        self._pictures += 1
        frame = Frame(following[0], time.monotonic(), self._index)
        self._index += 1
        return frame

    def close(self) -> None:
        self._closed.set()
        # A read in progress ends by its own time limit; waiting for it would block the caller.
        if self._lock.acquire(blocking=False):
            try:
                self._container.close()
            finally:
                self._lock.release()

    def _open(self, options: dict[str, str]) -> tuple[Container, VideoStream]:
        if self._address.lower().startswith("rtsp"):
            options = {"rtsp_transport": "tcp"} | options
        try:
            container, stream = open_container(
                self._address, self.name, options=options, timeout_s=TIMEOUT_S, kind="stream"
            )
        except SourceError as error:
            # What caused it names the address with its password, and may end in a log.
            raise SourceError(why_not_opened(self._address, error)) from None
        stream.thread_type = "SLICE"
        return container, stream

    def _ask_again(self) -> None:
        self._container.close()
        self._closed.wait(self._asked_s + SNAPSHOT_INTERVAL_S - time.monotonic())
        if self._closed.is_set():
            return
        self._asked_s, self._pictures = time.monotonic(), 0
        self._container, self._stream = self._open(_ANY)
        self._frames = decode(self._container, self._stream)


def _gives_single_pictures(container: Container) -> bool:
    """libav's readers of pictures that simply follow one another, be it only one."""
    name = container.format.name
    return name in _PICTURE_READERS or name.endswith("_pipe")
