"""Who in the network sends what a glove might send."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

from engine.glove.spec import LOOPBACK

OSC_PORTS = (8000, 8010, 8888, 9000, 9001, 50000, 57120)
"""Where the apps and boards that we know send to unless told otherwise."""

X_IMU3_PORT = 10000


@dataclass(frozen=True, slots=True)
class Announced:
    """A device that tells the network where to connect to."""

    name: str
    serial: str
    host: str
    port: int


def hear_osc(
    ports: Sequence[int] = OSC_PORTS, wait_s: float = 0.3, host: str = LOOPBACK
) -> dict[int, str]:
    """Ports that OSC came to within `wait_s`, with the first address heard there. The ports are
    held no longer than that; those that somebody else holds are left out."""
    heard: dict[int, str] = {}
    for port, packets in _listen(ports, wait_s, host).items():
        for packet, _ in packets:
            address = osc_address(packet)
            if address:
                heard.setdefault(port, address)
    return heard


def hear_announcements(
    wait_s: float = 0.3, host: str = LOOPBACK, port: int = X_IMU3_PORT
) -> tuple[Announced, ...]:
    """x-io's devices, which announce themselves once a second in JSON."""
    found = {}
    for packet, sender in _listen((port,), wait_s, host).get(port, ()):
        announced = _announced(packet, sender)
        if announced is not None:
            found[announced.serial] = announced
    return tuple(found.values())


def osc_address(packet: bytes) -> str:
    """The first address in a packet of Open Sound Control; '' where it is none."""
    if packet.startswith(b"#bundle\0"):
        # A time of eight bytes, and the first element's length, stand before it.
        packet = packet[20:]
    address, _, _ = packet[:256].partition(b"\0")
    if len(address) > 1 and address.startswith(b"/") and address.isascii():
        words = address.decode("ascii")
        return words if words.isprintable() else ""
    return ""


def _listen(ports: Sequence[int], wait_s: float, host: str) -> dict[int, list[tuple[bytes, str]]]:
    """Packets with their senders, at most 32 a port."""
    heard: dict[int, list[tuple[bytes, str]]] = {}
    listening: dict[socket.socket, int] = {}
    try:
        for port in ports:
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                one.bind((host, port))
            except OSError:
                one.close()
                continue
            listening[one] = port
        deadline = time.monotonic() + wait_s
        while listening and (left := deadline - time.monotonic()) > 0:
            for one in select.select(list(listening), [], [], left)[0]:
                packets = heard.setdefault(listening[one], [])
                try:
                    packet, sender = one.recvfrom(4096)
                except OSError:
                    continue
                if len(packets) < 32:
                    packets.append((packet, sender[0]))
    finally:
        for one in listening:
            one.close()
    return heard


def _announced(packet: bytes, sender: str) -> Announced | None:
    try:
        told = json.loads(packet)
        name, serial = str(told["name"])[:60], str(told["sn"])[:60]
        port = int(told["port"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return Announced(name, serial, sender, port) if 0 < port < 65536 else None
