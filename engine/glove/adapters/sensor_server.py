"""A phone that runs the app SensorServer: its sensors over a WebSocket."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from engine.glove.adapters.tcp import connect_to
from engine.glove.adapters.threaded import Absent, Refused, ThreadedAdapter
from engine.glove.decoding.phone_json import SensorServerDecoder
from engine.glove.reading import Reading
from engine.messages import Message

if TYPE_CHECKING:
    from websockets.client import ClientProtocol
    from websockets.frames import Frame

_SENSORS = ("android.sensor.accelerometer", "android.sensor.gyroscope")
_LARGEST_MESSAGE = 1 << 16
_CHUNK = 65536
_ANSWER_S = 3.0
_GATHER_S = 0.014

_NORMAL = 1000
_CONTENT, _CLOSE = (0, 1, 2), 8
"""Kinds of frames, by RFC 6455."""


class SensorServerAdapter(ThreadedAdapter):
    """Both sensors come over one connection. A phone whose screen went off keeps the connection
    and sends nothing: after a few seconds it is made anew, as the app wants it.

    The socket is read here and only its frames are left to the library, whose own client would
    start two more threads and wake them for every message.
    """

    _reopens_when_silent_s = 4.0

    def __init__(
        self, on_readings: Callable[[Sequence[Reading]], None], host: str, port: int
    ) -> None:
        super().__init__(on_readings, f"phone:{host}:{port}", f"SensorServer {host}")
        self._address = (host, port)
        self._decoder: SensorServerDecoder = SensorServerDecoder()
        self._socket: socket.socket | None = None
        self._protocol: ClientProtocol | None = None
        self._frame: type[Frame]
        self._parts = bytearray()
        """Of a message that has begun; the library ends the connection where it grows too long."""

    def _open(self) -> None:
        from websockets.client import ClientProtocol
        from websockets.frames import Frame
        from websockets.uri import parse_uri

        self._frame = Frame
        host, port = self._address
        named = f"[{host}]" if ":" in host else host
        types = quote(json.dumps(list(_SENSORS), separators=(",", ":")))
        try:
            uri = parse_uri(f"ws://{named}:{port}/sensors/connect?types={types}")
        except ValueError as error:
            raise Refused(Message("glove.no-answer", name=self._title)) from error
        self._socket = connect_to(host, port, self._title)
        protocol = self._protocol = ClientProtocol(uri, max_size=_LARGEST_MESSAGE)
        protocol.send_request(protocol.connect())
        self._answer()
        self._decoder.reset()
        self._parts.clear()
        deadline = time.perf_counter() + _ANSWER_S
        while not self._accepted():
            if self._ending or time.perf_counter() > deadline:
                raise Absent(Message("glove.no-answer", name=self._title))
            self._receive()

    def _read(self) -> None:
        came = self._receive()
        # Also what came together with the handshake.
        self._take_messages()
        if came:
            # Two messages a sample, four hundred times a second: waking for each costs more than
            # all that is done with it. Samples have the phone's stamps, and can wait so long.
            time.sleep(_GATHER_S)

    def _shut(self) -> None:
        try:
            if self._socket is not None and self._protocol is not None:
                self._say_goodbye(self._protocol)
        finally:
            connection, self._socket, self._protocol = self._socket, None, None
            if connection is not None:
                connection.close()

    def _say_goodbye(self, protocol: ClientProtocol) -> None:
        """The phone stops its sensors then, and need not find out by itself."""
        from websockets.exceptions import InvalidState

        with contextlib.suppress(InvalidState):
            protocol.send_close(_NORMAL)
            self._answer()

    def _receive(self) -> bool:
        """True when something came. `Absent` when the phone is gone."""
        assert self._socket is not None and self._protocol is not None
        try:
            data = self._socket.recv(_CHUNK)
        except TimeoutError:
            return False
        if not data:
            raise Absent
        self._protocol.receive_data(data)
        self._answer()
        return True

    def _answer(self) -> None:
        """The handshake, and pongs."""
        assert self._socket is not None and self._protocol is not None
        for data in self._protocol.data_to_send():
            if data:
                self._socket.sendall(data)

    def _accepted(self) -> bool:
        from websockets.protocol import State

        assert self._protocol is not None
        if self._protocol.handshake_exc is not None:
            raise Refused(Message("glove.phone-refused", name=self._title))
        return self._protocol.state is State.OPEN

    def _take_messages(self) -> None:
        assert self._protocol is not None
        arrival_s = time.perf_counter()
        messages, readings = 0, list[Reading]()
        for event in self._protocol.events_received():
            if not isinstance(event, self._frame):
                # The answer to the handshake.
                continue
            if event.opcode == _CLOSE:
                raise Absent
            if event.opcode in _CONTENT:
                self._parts += event.data
                if event.fin:
                    messages += 1
                    readings += self._decoder.feed(bytes(self._parts), arrival_s)
                    self._parts.clear()
        if messages:
            self._heard(messages)
            self._hand_on(readings)
        if self._protocol.parser_exc is not None:
            raise Absent
