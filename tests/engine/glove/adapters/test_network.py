"""Packets, connections and pushed samples: several senders, other forms, and who may not get in."""

from __future__ import annotations

import http.client
import json
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.glove.adapters.adapter import GloveAdapter
from engine.glove.adapters.opening import open_adapter
from engine.glove.spec import parse_spec
from tests.conftest import LONGEST_S
from tests.engine.glove.adapters.rigs import Taken, can_bind, free_port, until
from tests.engine.glove.devices.motion import HEADER, line
from tests.engine.glove.devices.played import PlayedDevice


@contextmanager
def opened(spec: str, taken: Taken) -> Iterator[GloveAdapter]:
    adapter = open_adapter(parse_spec(spec), taken)
    adapter.start()
    try:
        until(lambda: adapter.status.opened > 0, "not opened")
        yield adapter
    finally:
        adapter.close()


@contextmanager
def sender() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.settimeout(60)
        yield one


def test_two_gloves_that_send_to_one_port_are_kept_apart() -> None:
    port, taken = free_port(socket.SOCK_DGRAM), Taken()
    with (
        opened(f"udp:{port}", taken),
        PlayedDevice("udp_glove", port, "L", bare=True) as left,
        PlayedDevice("udp_glove", port, "R", bare=True) as right,
    ):
        left.begin("go 0 50 200")
        right.begin("go 0 50 200")
        until(lambda: len(taken) == 100, "samples are lost")
    channels = {(reading.hand, reading.channel) for reading in taken.readings}
    assert len(channels) == 2 and len({channel for _, channel in channels}) == 2
    for hand in ("left", "right"):
        stamps = [reading.stamp_s for reading in taken.readings if reading.hand == hand]
        assert len(stamps) == 50 and stamps == sorted(stamps)


def test_two_phones_with_the_same_addresses_do_not_mix_their_axes() -> None:
    """One scalar a packet: joined only with those of the same sender."""
    port, taken = free_port(socket.SOCK_DGRAM), Taken()
    deadline = time.monotonic() + LONGEST_S / 10
    with opened(f"osc:{port}", taken), sender() as one, sender() as other:
        # On a busy machine some moments come apart, and are left out; those that are joined count.
        while len(taken) < 20:
            assert time.monotonic() < deadline, "nothing is joined"
            time.sleep(0.01)
            for at, axis in enumerate(("accX", "accY", "accZ", "gyroX", "gyroY", "gyroZ")):
                for who, phone in ((1, one), (2, other)):
                    address = f"/{axis}".encode()
                    packet = _padded(address) + _padded(b",f") + struct.pack(">f", who + at / 10)
                    phone.sendto(packet, ("127.0.0.1", port))
    for reading in taken.readings:
        first = reading.acc[0]
        expected = [first + at / 10 for at in range(6)]
        assert [*reading.acc, *reading.gyro] == pytest.approx(expected, abs=1e-5)


def _padded(text: bytes) -> bytes:
    return text + b"\0" * (4 - len(text) % 4)


def test_a_bundle_of_tomorrow_is_taken_today() -> None:
    port, taken = free_port(socket.SOCK_DGRAM), Taken()
    message = _padded(b"/signmirror/left/imu") + _padded(b",fffffff")
    message += struct.pack(">7f", 1.5, 0.1, 0.2, 0.9, 1, 2, 3)
    with opened(f"osc:{port}", taken), sender() as phone:
        for shift_s in (86400, -86400):
            ntp = int(time.time()) + 2208988800 + shift_s
            bundle = b"#bundle\0" + struct.pack(">II", ntp, 0)
            bundle += struct.pack(">I", len(message)) + message
            sent_s = time.perf_counter()
            phone.sendto(bundle, ("127.0.0.1", port))
            until(lambda: len(taken) > 0, "it was kept back")
            assert taken.readings.pop().arrival_s - sent_s < 60


def test_a_slimevr_tracker_is_answered() -> None:
    port = free_port(socket.SOCK_DGRAM)
    with opened(f"udp:{port}", Taken()) as adapter, sender() as tracker:
        tracker.sendto(struct.pack(">IQ", 3, 0) + bytes(40), ("127.0.0.1", port))
        answer, _ = tracker.recvfrom(100)
        assert answer.startswith(b"\x03Hey OVR")
        until(lambda: adapter.status.received == 1, "not counted")


def test_more_senders_than_anybody_wears_are_counted_and_left_out() -> None:
    port, taken = free_port(socket.SOCK_DGRAM), Taken()
    text = (HEADER.format(hand="L") + "\n" + line(0, 1.0) + "\n").encode()
    many = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(12)]
    try:
        with opened(f"udp:{port}", taken) as adapter:
            for one in many:
                one.sendto(text, ("127.0.0.1", port))
            until(lambda: adapter.status.received == 12, "not heard")
            until(lambda: adapter.status.bad.get("too-many-senders") == 4, "not counted")
            assert len(taken) == 8
    finally:
        for one in many:
            one.close()


@pytest.mark.parametrize("transport", ["udp", "osc", "logger"])
def test_a_port_that_is_taken_is_named_and_used_once_it_is_free(transport: str) -> None:
    kind = socket.SOCK_STREAM if transport == "logger" else socket.SOCK_DGRAM
    holder = socket.socket(socket.AF_INET, kind)
    holder.bind(("127.0.0.1", 0))
    if transport == "logger":
        holder.listen()
    port = holder.getsockname()[1]
    adapter = open_adapter(parse_spec(f"{transport}:{port}"), Taken())
    adapter.start()
    try:
        until(lambda: adapter.status.state == "failed", "not told")
        message = adapter.status.message
        assert message.code == "glove.address-taken" and str(port) in message
        holder.close()
        until(lambda: adapter.status.state == "silent", "not opened afterwards")
    finally:
        holder.close()
        adapter.close()


@pytest.mark.parametrize("transport", ["udp", "osc", "logger"])
def test_only_this_computer_is_heard_unless_it_is_opened(transport: str) -> None:
    kind = socket.SOCK_STREAM if transport == "logger" else socket.SOCK_DGRAM
    for spec, host in ((f"{transport}:", "127.0.0.1"), (f"{transport}:0.0.0.0:", "0.0.0.0")):
        port = free_port(kind)
        with opened(f"{spec}{port}", Taken()) as adapter:
            listening = getattr(adapter, "_socket", None) or adapter._server.socket
            assert listening.getsockname() == (host, port)
        assert can_bind(kind, port)


def test_a_phone_whose_screen_went_off_is_connected_to_anew() -> None:
    """Its connection lives on and says nothing."""
    taken = Taken()
    with (
        PlayedDevice("phone_server", 0) as phone,
        opened(f"phone:127.0.0.1:{phone.told[0]}", taken) as adapter,
    ):
        phone.do("go 0 10 200")
        until(lambda: len(taken) == 10, "nothing came")
        until(lambda: adapter.status.opened == 2, "not connected anew")
        until(lambda: adapter.status.state in ("silent", "lost"), "not told")


def test_what_is_no_sensor_server_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as web:
        port = web.getsockname()[1]
        adapter = open_adapter(parse_spec(f"phone:127.0.0.1:{port}"), Taken())
        adapter.start()
        try:
            client, _ = web.accept()
            with client:
                client.recv(4096)
                client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                until(lambda: adapter.status.state == "failed", "not told")
            assert adapter.status.message.code == "glove.phone-refused"
        finally:
            adapter.close()


def post(port: int, body: bytes, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", "/data", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_bodies_that_are_too_large_or_broken_off_are_refused_and_counted() -> None:
    port, taken = free_port(socket.SOCK_STREAM), Taken()
    axes = {"x": 0.0, "y": 0.0, "z": 9.8}
    sensors = ("totalacceleration", "gyroscope")
    entries = [{"name": name, "time": 10**18, "values": axes} for name in sensors]
    batch = {"messageId": 1, "sessionId": "s", "deviceId": "d", "payload": entries}
    with opened(f"logger:{port}", taken) as adapter:
        assert post(port, b"x", **{"Content-Length": str(10**9)}) == 413
        with socket.create_connection(("127.0.0.1", port)) as rude:
            rude.sendall(b"POST /data HTTP/1.1\r\nContent-Length: 100\r\n\r\n{")
        with socket.create_connection(("127.0.0.1", port)) as noise:
            noise.sendall(bytes(range(256)) * 10)
        until(lambda: {"too-long", "broken-off"} <= set(adapter.status.bad), "not counted")
        assert post(port, json.dumps(batch).encode()) == 200
        until(lambda: len(taken) == 1, "they kept others out")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()


def test_a_host_that_nobody_knows_is_told_and_asked_again() -> None:
    adapter = open_adapter(parse_spec("tcp:127.0.0.1:9"), Taken())
    adapter.start()
    try:
        until(lambda: adapter.status.message is not None, "not told")
        assert adapter.status.state == "opening"
        assert adapter.status.message.code == "glove.no-answer"
    finally:
        adapter.close()


@pytest.mark.parametrize("transport", ["udp", "osc", "logger"])
@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("203.0.113.5", "not-ours"),
        ("999.1.1.1", ("no-such-name", "names-unanswered")),
        ("é" * 80, "no-such-name"),
    ],
    ids=["another computer's", "no address", "no name"],
)
def test_an_address_nobody_can_listen_at_is_said_in_plain_words(
    transport: str, host: str, reason: str | tuple[str, ...]
) -> None:
    adapter = open_adapter(parse_spec(f"{transport}:{host}:9000"), Taken())
    adapter.start()
    try:
        until(lambda: adapter.status.state == "failed", "not told")
        message = adapter.status.message
        assert message.code == "glove.port-failed" and "Check the address" in message
        reasons = (reason,) if isinstance(reason, str) else reason
        assert message.values["reason"].code in {f"system.{one}" for one in reasons}
    finally:
        adapter.close()


def test_bytes_that_nobody_knows_are_said_of_the_one_who_sends_them() -> None:
    with socket.create_server(("127.0.0.1", 0)) as glove:
        port = glove.getsockname()[1]
        with opened(f"tcp:127.0.0.1:{port}", Taken()) as adapter:
            client, _ = glove.accept()
            with client:
                noise = bytes(range(128, 256)) * 4
                until(lambda: client.sendall(noise) or adapter.status.state == "unreadable", "?")
                assert f"127.0.0.1:{port}" in adapter.status.message
