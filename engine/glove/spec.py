"""How a connection to a glove is written in one line, as `serial:COM3`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from engine.messages import Message, PlainError

Transport = Literal["serial", "tcp", "udp", "osc", "lsl", "ble", "phone", "logger", "replay"]

LOOPBACK = "127.0.0.1"
_NAMED = ("serial", "lsl", "ble", "replay")
_CALLED = ("tcp", "phone")
_MOST_LETTERS = 1024


class GloveSpecError(PlainError):
    """What was written names no connection."""


@dataclass(frozen=True, slots=True)
class GloveSpec:
    """`name`: a serial port, a host, a stream, a Bluetooth device or a file; for what listens
    (`udp`, `osc`, `logger`) the address it listens on. `port`: 1..65535, or 0 where there is none.
    """

    transport: Transport
    name: str
    port: int = 0

    def __str__(self) -> str:
        """As `parse_spec` reads it."""
        if self.transport in _NAMED:
            return f"{self.transport}:{self.name}"
        host = f"[{self.name}]" if ":" in self.name else self.name
        if self.transport not in _CALLED and self.name == LOOPBACK:
            return f"{self.transport}:{self.port}"
        return f"{self.transport}:{host}:{self.port}"


def parse_spec(text: str) -> GloveSpec:
    """`serial:PORT`, `tcp:HOST:PORT`, `udp:PORT`, `osc:PORT`, `lsl:NAME`, `ble:ID`,
    `phone:HOST:PORT`, `logger:PORT` or `replay:FILE`.

    What listens hears this computer alone, unless an address stands before the port, as in
    `udp:0.0.0.0:8000`. GloveSpecError for anything else.
    """
    transport, _, rest = text.strip().partition(":")
    transport, rest = transport.strip().lower(), rest.strip()
    if transport not in get_args(Transport) or not rest or len(text) > _MOST_LETTERS:
        raise _unknown(text)
    if transport in _NAMED:
        return GloveSpec(transport, rest)  # type: ignore[arg-type]
    host, _, port = rest.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host:
        if transport in _CALLED:
            raise _unknown(text)
        host = LOOPBACK
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise GloveSpecError(Message("glove.spec-port", spec=text[:80], port=port[:20]))
    return GloveSpec(transport, host, int(port))  # type: ignore[arg-type]


def _unknown(text: str) -> GloveSpecError:
    return GloveSpecError(Message("glove.spec-unknown", spec=text[:80]))
