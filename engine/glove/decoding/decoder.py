"""What every decoder does, and how it counts what it could not use."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

from engine.glove.reading import Reading

LARGEST = 1e6
"""Whatever a sensor measures is smaller, in every unit."""


class Counts:
    """How often each kind of trouble was met. Kinds are short codes: 'too-long', 'unparsable',
    'checksum', 'wrong-count', 'not-finite', 'binary', 'unknown-packet', 'backward-clock'…

    Bounded: kinds are named by our code, never by what was sent.
    """

    def __init__(self) -> None:
        self.good = 0
        self.bad: Counter[str] = Counter()

    def note(self, kind: str, times: int = 1) -> None:
        self.bad[kind] += times

    def snapshot(self) -> dict[str, int]:
        return dict(self.bad)


class Decoder(Protocol):
    """Bytes in, readings out. Never raises for what was sent: whatever cannot be used is counted.
    Keeps at most a few kilobytes of what is not complete yet."""

    counts: Counts

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        """`arrival_s`: `time.perf_counter()` when `data` was here. A serial line or a TCP
        connection may cut anywhere; a datagram or a notification is whole."""
        ...

    def reset(self) -> None:
        """The connection was opened anew: what was incomplete is forgotten, counts stay."""
        ...
