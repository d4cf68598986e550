"""A phone or watch that runs the app Sensor Logger, which pushes its samples over HTTP."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from engine.glove.adapters.threaded import POLL_S, ThreadedAdapter, cannot_listen
from engine.glove.decoding.phone_json import SensorLoggerDecoder
from engine.glove.reading import Reading
from engine.glove.spec import LOOPBACK
from engine.messages import Message

_LARGEST_BODY = 4 << 20
"""A minute of every sensor of a phone is less."""
_HEADERS_S = 2.0
"""They are one packet."""
_LONGEST_S = 5.0
"""From the connection to the last byte of the body."""
_CHUNK = 65536


class SensorLoggerAdapter(ThreadedAdapter):
    """Answers one request after the other, in the adapter's thread; whoever dawdles is cut off."""

    _listens = True

    def __init__(
        self,
        on_readings: Callable[[Sequence[Reading]], None],
        port: int,
        *,
        host: str = LOOPBACK,
    ) -> None:
        """`host`: the address it listens on; the loopback hears this computer alone."""
        super().__init__(on_readings, f"logger:{port}", f"Sensor Logger {port}")
        self._address = (host, port)
        self._decoder: SensorLoggerDecoder = SensorLoggerDecoder()
        self._server: _Server | None = None

    def _open(self) -> None:
        host, port = self._address
        try:
            self._server = _Server((host, port), self._take, self._note, lambda: self._ending)
        except (OSError, UnicodeError, TypeError) as error:
            raise cannot_listen(error, self._title, port) from error
        self._server.timeout = POLL_S

    def _read(self) -> None:
        assert self._server is not None
        self._server.handle_request()

    def _shut(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.server_close()

    def _silence(self) -> Message:
        return Message("glove.nobody-sends", name=self._title, port=self._address[1])

    def _take(self, body: bytes) -> None:
        self._heard(1)
        self._hand_on(self._decoder.feed(body, time.perf_counter()))


class _Server(HTTPServer):
    def __init__(
        self,
        address: tuple[str, int],
        take: Callable[[bytes], None],
        note: Callable[[str], None],
        ending: Callable[[], bool],
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.take, self.note, self.ending = take, note, ending
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # Not HTTPServer's own, which asks the network for this computer's name.
        super(HTTPServer, self).server_bind()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        # Whoever hung up in the middle; the library would print it.
        self.note("broken-off")


class _Dawdles(OSError):  # noqa: N818 - a person's fault, not ours
    pass


class _Incoming(io.RawIOBase):
    """What a client sends, until the deadline or the adapter's end. A socket's own time limit is of
    each byte: whoever drips one a second would keep all others out for ever."""

    def __init__(self, connection: socket.socket, ending: Callable[[], bool]) -> None:
        self._connection, self._ending = connection, ending
        self._began_s = time.perf_counter()
        self.longest_s = _HEADERS_S

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        while not self._ending():
            left_s = self._began_s + self.longest_s - time.perf_counter()
            if left_s <= 0:
                break
            self._connection.settimeout(min(left_s, POLL_S))
            try:
                return self._connection.recv_into(room)
            except TimeoutError:
                continue
        raise _Dawdles


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    # Of the answer, which is a line.
    timeout = _HEADERS_S
    # One request a connection: a phone that keeps its connection open must not keep others out.
    protocol_version = "HTTP/1.0"

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._incoming = _Incoming(self.connection, self.server.ending)
        self.rfile = io.BufferedReader(self._incoming, _CHUNK)

    def do_POST(self) -> None:
        self._incoming.longest_s = _LONGEST_S
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > _LARGEST_BODY:
            self.server.note("too-long" if length.isdigit() else "unparsable")
            self._answer(413 if length.isdigit() else 411)
            return
        body = self._body(int(length))
        if body is None:
            self.server.note("broken-off")
            return
        # The phone is answered first: it sends the next batch only then.
        self._answer(200)
        self.server.take(body)

    def do_GET(self) -> None:
        """A person who looks whether the address is right."""
        self._answer(200)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name upstream
        pass

    def _body(self, length: int) -> bytes | None:
        parts, left = [], length
        while left:
            part = self.rfile.read1(min(left, _CHUNK))
            if not part:
                return None
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def _answer(self, status: int) -> None:
        self.connection.settimeout(self.timeout)
        self.send_response_only(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
