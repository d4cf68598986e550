"""A phone's messages, in one frame or in several."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import threading
from collections.abc import Iterator

import pytest

from engine.glove.adapters.sensor_server import _LARGEST_MESSAGE, SensorServerAdapter
from tests.engine.glove.adapters.rigs import Taken, until

TEXT, CONTINUATION, PING = 1, 0, 9
FINAL = 0x80


def frame(kind: int, data: bytes, *, final: bool = True) -> bytes:
    first = bytes([kind | (FINAL if final else 0)])
    if len(data) < 126:
        return first + bytes([len(data)]) + data
    return first + b"\x7e" + len(data).to_bytes(2, "big") + data


def sample(sensor: str, number: int) -> bytes:
    measured = [0.0, 0.0, 9.8] if sensor == "accelerometer" else [0.1, 0.2, 0.3]
    told = {"type": f"android.sensor.{sensor}", "timestamp": number * 10**7, "values": measured}
    return json.dumps(told).encode()


class Phone:
    """Accepts one connection after the other; the newest is written to."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.clients: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def write(self, data: bytes) -> None:
        self.clients[-1].sendall(data)

    def close(self) -> None:
        # Waking whoever waits for a connection is what closing does not do everywhere.
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
        for client in self.clients:
            client.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            asked = client.recv(4096).decode()
            lines = (line.partition(": ") for line in asked.split("\r\n"))
            key = next(value for name, _, value in lines if name.lower() == "sec-websocket-key")
            digest = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()
            client.sendall(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n"
            )
            self.clients.append(client)


@pytest.fixture
def phone() -> Iterator[Phone]:
    phone = Phone()
    yield phone
    phone.close()


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
def adapter(phone: Phone, taken: Taken) -> Iterator[SensorServerAdapter]:
    adapter = SensorServerAdapter(taken, "127.0.0.1", phone.port)
    adapter.start()
    until(lambda: adapter.status.opened > 0, "not opened")
    yield adapter
    adapter.close()


@pytest.mark.parametrize("pieces", [2, 3, 40])
def test_a_message_may_come_in_several_frames(
    phone: Phone, adapter: SensorServerAdapter, taken: Taken, pieces: int
) -> None:
    for number in range(5):
        for sensor in ("accelerometer", "gyroscope"):
            whole = sample(sensor, number)
            size = -(-len(whole) // pieces)
            parts = [whole[at : at + size] for at in range(0, len(whole), size)]
            for at, part in enumerate(parts):
                kind = CONTINUATION if at else TEXT
                phone.write(frame(kind, part, final=at == len(parts) - 1))
                # As it may, between two frames of one message.
                phone.write(frame(PING, b"?"))
    until(lambda: len(taken) == 5, "messages in several frames are lost")
    assert adapter.status.bad == {} and adapter.status.received == 10
    assert taken.readings[0].gyro is not None and taken.readings[0].acc is not None


def test_a_message_without_end_fills_no_memory(
    phone: Phone, adapter: SensorServerAdapter, taken: Taken
) -> None:
    phone.write(frame(TEXT, b"[" * 60000, final=False))
    phone.write(frame(CONTINUATION, b"[" * 60000, final=False))
    until(lambda: adapter.status.opened == 2, "it is listened to for ever")
    assert len(adapter._parts) <= _LARGEST_MESSAGE
    # What was left of it is no part of what comes over the next connection.
    for sensor in ("accelerometer", "gyroscope"):
        until(lambda: len(phone.clients) == 2, "not connected anew")
        phone.write(frame(TEXT, sample(sensor, 0)))
    until(lambda: len(taken) == 1, "nothing came")
