"""Messages in a packet of Open Sound Control 1.0, https://opensoundcontrol.stanford.edu/spec-1_0"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_BUNDLE = b"#bundle\0"
_DEEPEST = 8
_MOST_MESSAGES = 512
_SIZES = {"i": ">i", "f": ">f", "h": ">q", "d": ">d", "t": ">Q"}
_WITHOUT_DATA = {"T": 1.0, "F": 0.0, "N": 0.0, "I": 1.0}
_AT_ONCE = 1


@dataclass(frozen=True, slots=True)
class OscMessage:
    """`numbers`: its arguments that are some, in order. `bundle_s`: the time its bundle is meant
    for, in s since 1900, where it says one."""

    address: str
    numbers: tuple[float, ...]
    bundle_s: float | None = None


def osc_messages(packet: bytes) -> list[OscMessage]:
    """All messages, those in bundles too, whatever their times. ValueError where it is none."""
    found: list[OscMessage] = []
    _element(packet, None, 0, found)
    return found


def _element(packet: bytes, bundle_s: float | None, depth: int, found: list[OscMessage]) -> None:
    if not packet.startswith(_BUNDLE):
        found.append(_message(packet, bundle_s))
        return
    if depth >= _DEEPEST or len(packet) < 16:
        raise ValueError("no bundle")
    (when,) = struct.unpack_from(">Q", packet, 8)
    if when > _AT_ONCE:
        bundle_s = when / 2**32
    at = 16
    while at < len(packet):
        if at + 4 > len(packet) or len(found) >= _MOST_MESSAGES:
            raise ValueError("a bundle is cut, or too long")
        (size,) = struct.unpack_from(">i", packet, at)
        at += 4
        if size <= 0 or size % 4 or at + size > len(packet):
            raise ValueError("a bundle's element has no such size")
        _element(packet[at : at + size], bundle_s, depth + 1, found)
        at += size


def _message(packet: bytes, bundle_s: float | None) -> OscMessage:
    address, at = _text(packet, 0)
    if not address.startswith("/"):
        raise ValueError("no address")
    if at >= len(packet):
        return OscMessage(address, (), bundle_s)
    tags, at = _text(packet, at)
    if not tags.startswith(","):
        raise ValueError("no types")
    numbers: list[float] = []
    for tag in tags[1:]:
        if tag in _SIZES:
            layout = _SIZES[tag]
            try:
                (value,) = struct.unpack_from(layout, packet, at)
            except struct.error:
                raise ValueError("cut") from None
            numbers.append(float(value))
            at += struct.calcsize(layout)
        elif tag in ("s", "S"):
            _, at = _text(packet, at)
        elif tag in ("c", "r", "m"):
            at += 4
        elif tag == "b":
            if at + 4 > len(packet):
                raise ValueError("cut")
            (size,) = struct.unpack_from(">i", packet, at)
            if size < 0:
                raise ValueError("a blob's size")
            at += 4 + size + -size % 4
        elif tag in _WITHOUT_DATA:
            numbers.append(_WITHOUT_DATA[tag])
        elif tag not in "[]":
            raise ValueError("unknown type")
    if at > len(packet):
        raise ValueError("cut")
    return OscMessage(address, tuple(numbers), bundle_s)


def _text(packet: bytes, at: int) -> tuple[str, int]:
    end = packet.find(b"\0", at)
    if end < 0:
        raise ValueError("text has no end")
    return packet[at:end].decode("ascii"), end + 4 - (end - at) % 4
