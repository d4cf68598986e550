"""Whoever sends to `logger:` byte by byte keeps nobody else out, and holds up no end."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.glove.adapters.sensor_logger import SensorLoggerAdapter
from tests.engine.glove.adapters.rigs import Taken, free_port, until

DRIPS = {
    "headers": b"POST / HTTP/1.1\r\nX: ",
    "request line": b"POST /",
    "body": b"POST / HTTP/1.1\r\nContent-Length: 1000\r\n\r\n",
}


@contextmanager
def dripping(port: int, beginning: bytes) -> Iterator[threading.Event]:
    """The event says that the client was cut off."""
    over, cut_off = threading.Event(), threading.Event()
    with socket.create_connection(("127.0.0.1", port)) as client:

        def drip() -> None:
            try:
                client.sendall(beginning)
                while not over.wait(0.2):
                    client.sendall(b"a")
            except OSError:
                cut_off.set()

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield cut_off
        finally:
            over.set()
            thread.join()


def answered(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", "/data", b"{}")
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture
def logger() -> Iterator[SensorLoggerAdapter]:
    adapter = SensorLoggerAdapter(Taken(), free_port(socket.SOCK_STREAM))
    adapter.start()
    until(lambda: adapter.status.opened > 0, "not opened")
    yield adapter
    adapter.close()


@pytest.mark.parametrize("part", DRIPS)
def test_whoever_drips_is_cut_off(logger: SensorLoggerAdapter, part: str) -> None:
    port = logger._address[1]
    with dripping(port, DRIPS[part]) as cut_off:
        time.sleep(0.3)
        assert answered(port) == 200
        assert cut_off.wait(60), "it goes on for ever"
    assert logger.status.bad.get("broken-off") == 1


@pytest.mark.parametrize("part", DRIPS)
def test_the_end_waits_for_nobody(logger: SensorLoggerAdapter, part: str) -> None:
    with dripping(logger._address[1], DRIPS[part]):
        time.sleep(0.3)
        begun = time.perf_counter()
        logger.close()
        assert time.perf_counter() - begun < 1.5


def test_what_comes_in_pieces_and_in_time_is_taken(logger: SensorLoggerAdapter) -> None:
    request = b"POST /data HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"
    with socket.create_connection(("127.0.0.1", logger._address[1]), timeout=60) as client:
        for at in range(0, len(request), 5):
            client.sendall(request[at : at + 5])
            time.sleep(0.02)
        assert client.recv(100).startswith(b"HTTP/1.0 200")
    until(lambda: logger.status.received == 1, "not taken")
