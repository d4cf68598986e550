"""A glove that waits for a connection over the network, as `glove.local:3333`."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence

from engine.glove.adapters.format_wait import FormatWait, StreamRecipe
from engine.glove.adapters.threaded import POLL_S, Absent, ThreadedAdapter
from engine.glove.reading import Reading
from engine.messages import Message

CONNECT_S = 1.0
_CHUNK = 16384


def connect_to(host: str, port: int, title: str) -> socket.socket:
    """A connection whose reads wait `POLL_S`. `Absent` with a plain line where nobody answers."""
    try:
        connection = socket.create_connection((host, port), CONNECT_S)
    except (OSError, UnicodeError) as error:
        raise Absent(Message("glove.no-answer", name=title)) from error
    connection.settimeout(POLL_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


class TcpAdapter(ThreadedAdapter):
    """Text or frames over TCP. A glove whose battery was pulled never says goodbye: after a few
    seconds of silence the connection is made anew."""

    _reopens_when_silent_s = 4.0

    def __init__(
        self,
        on_readings: Callable[[Sequence[Reading]], None],
        host: str,
        port: int,
        *,
        recipe: StreamRecipe | None = None,
    ) -> None:
        super().__init__(on_readings, f"tcp:{host}:{port}", f"{host}:{port}")
        self._address = (host, port)
        self._decoder: FormatWait = FormatWait(recipe, name=self._title)
        self._socket: socket.socket | None = None

    def _open(self) -> None:
        self._socket = connect_to(*self._address, self._title)
        self._decoder.reset()

    def _read(self) -> None:
        assert self._socket is not None
        try:
            data = self._socket.recv(_CHUNK)
        except TimeoutError:
            return
        if not data:
            raise Absent
        arrival_s = time.perf_counter()
        self._heard(len(data))
        readings = self._decoder.feed(data, arrival_s)
        if readings:
            self._detail = self._decoder.title
            if self._decoder.device_id:
                self._device_id = f"glove:{self._decoder.device_id}"
            self._hand_on(readings)

    def _shut(self) -> None:
        connection, self._socket = self._socket, None
        if connection is not None:
            connection.close()

    def _illegible(self) -> Message:
        return self._decoder.reason or super()._illegible()
