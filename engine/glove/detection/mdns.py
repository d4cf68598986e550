"""Services that announce themselves in the local network, by multicast DNS (RFC 6762)."""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass

_GROUP = ("224.0.0.251", 5353)
_PTR, _A, _SRV = 12, 1, 33
_ANSWER_TO_ME = 0x8000
_MOST_RECORDS = 64
_MOST_LABELS = 128


@dataclass(frozen=True, slots=True)
class Service:
    """`name`: what it calls itself; `host`: its address."""

    name: str
    host: str
    port: int


def find_services(kind: str, wait_s: float, group: tuple[str, int] = _GROUP) -> tuple[Service, ...]:
    """`kind`: as '_websocket._tcp.local'. Waits `wait_s` for answers, which come to a port of our
    own: nothing is listened to afterwards. OSError where there is no network."""
    found: dict[str, Service] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        asking.sendto(_question(kind), group)
        deadline = time.monotonic() + wait_s
        while (left := deadline - time.monotonic()) > 0:
            asking.settimeout(left)
            try:
                packet, sender = asking.recvfrom(9000)
            except TimeoutError:
                break
            for service in services_in(packet, kind, sender[0]):
                found[service.name] = service
    return tuple(sorted(found.values(), key=lambda service: service.name))


def services_in(packet: bytes, kind: str, sender: str) -> list[Service]:
    """What an answer tells of `kind`; nothing of a packet that is damaged. `sender`: its address,
    for answers that leave it out."""
    try:
        records = _records(packet)
    except (struct.error, IndexError, ValueError):
        return []
    addresses: dict[str, str] = {name: what for t, name, what, _ in records if t == _A}
    ending = "." + kind.lower()
    return [
        Service(name[: -len(ending)][:60], addresses.get(host.lower(), sender), port)
        for t, name, host, port in records
        if t == _SRV and name.lower().endswith(ending) and 0 < port < 65536
    ]


def _question(kind: str) -> bytes:
    labels = b"".join(bytes([len(part)]) + part.encode() for part in kind.split("."))
    header = struct.pack(">6H", 0, 0, 1, 0, 0, 0)
    return header + labels + b"\0" + struct.pack(">2H", _PTR, _ANSWER_TO_ME | 1)


def _records(packet: bytes) -> list[tuple[int, str, str, int]]:
    """Type, name, what it names (a host or an address) and a port, of what we understand."""
    _, _, questions, *counts = struct.unpack_from(">6H", packet)
    at, records = 12, []
    for _ in range(min(questions, _MOST_RECORDS)):
        _, at = _name(packet, at)
        at += 4
    for _ in range(min(sum(counts), _MOST_RECORDS)):
        name, at = _name(packet, at)
        kind, _, _, length = struct.unpack_from(">HHIH", packet, at)
        at += 10
        if at + length > len(packet):
            raise ValueError
        if kind == _A and length == 4:
            records.append((_A, name.lower(), socket.inet_ntoa(packet[at : at + 4]), 0))
        elif kind == _SRV:
            port = struct.unpack_from(">H", packet, at + 4)[0]
            records.append((_SRV, name, _name(packet, at + 6)[0], port))
        at += length
    return records


def _name(packet: bytes, at: int) -> tuple[str, int]:
    """A name, which may go on elsewhere in the packet, and where to read on after it."""
    parts: list[str] = []
    after = None
    for _ in range(_MOST_LABELS):
        length = packet[at]
        if length & 0xC0 == 0xC0:
            after = at + 2 if after is None else after
            at = (length & 0x3F) << 8 | packet[at + 1]
        elif length:
            parts.append(packet[at + 1 : at + 1 + length].decode("utf-8", "replace"))
            at += 1 + length
        else:
            return ".".join(parts), (at + 1 if after is None else after)
    raise ValueError
