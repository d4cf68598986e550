"""MJPEG and RTSP cameras on the network: only when the user names one."""

from __future__ import annotations

import threading
import time
from urllib.parse import urlsplit

import av

from engine.frame import Frame
from engine.sources.decoding import decode, open_container
from engine.sources.errors import SourceError

TIMEOUT_S = 4.0
"""For an answer, and for each picture; shorter than the time a closing window waits."""
_SCHEMES = ("http", "https", "rtsp", "rtsps")


def is_address(spec: str) -> bool:
    """Whether this text is a network address that can be played."""
    try:
        parts = urlsplit(spec)
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.netloc)


class NetworkStreamSource:
    """A stream's frames as they arrive. Time stamps are the system's monotonic clock."""

    is_live = True

    def __init__(self, address: str) -> None:
        """Raises SourceError when nothing answers within the time limit."""
        # A password in the address is nobody's business on a screen.
        self.name = urlsplit(address).netloc.rpartition("@")[2] or address
        options = {"rtsp_transport": "tcp"} if address.lower().startswith("rtsp") else {}
        options |= {"fflags": "nobuffer", "probesize": "500000", "analyzeduration": "1000000"}
        self._container, self._stream = open_container(
            address,
            self.name,
            options=options,
            timeout_s=TIMEOUT_S,
            complaint="this stream cannot be opened",
        )
        self._stream.thread_type = "SLICE"
        rate = self._stream.average_rate
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
            except (av.FFmpegError, OSError, ValueError):
                following = None
            if self._closed.is_set():
                # Whoever closed it during this read has left the rest to it.
                self._container.close()
                return None
        if following is None:
            raise SourceError(f"{self.name}: the stream stopped. Check the camera and the network.")
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
