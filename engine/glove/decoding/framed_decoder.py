"""Binary packets in a stream of bytes that may be cut anywhere."""

from __future__ import annotations

from engine.glove.decoding.decoder import Counts
from engine.glove.decoding.forms.joining import Joiner
from engine.glove.decoding.forms.packet_forms import PacketForms
from engine.glove.reading import Reading
from engine.glove.recipes.framed_recipe import FramedRecipe

_LONGEST = 1024
"""Bytes between two terminators; whatever is longer is no packet."""


class FramedDecoder:
    """`frames` counts the packets that were whole and known, whether they are used or not."""

    def __init__(self, recipe: FramedRecipe) -> None:
        self.counts = Counts()
        self.frames = 0
        self.in_a_row = 0
        """How many of `frames` came without anything between them."""
        self._recipe = recipe
        self._sync = bytes.fromhex(recipe.sync)
        self._end = bytes.fromhex(recipe.terminator)
        self._escape = bytes.fromhex(recipe.escape)
        pairs = [(bytes.fromhex(k), bytes.fromhex(v)) for k, v in recipe.escapes.items()]
        # The escape itself last: what it leaves behind must not be taken for another one.
        self._escapes = sorted(pairs, key=lambda pair: pair[1] == self._escape)
        self._forms = PacketForms(recipe.packets, self.counts)
        self._joiner = Joiner(recipe.joins, self.counts, ordered=True)
        self._rest = bytearray()
        self._dropping = False

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        found: list[Reading] = []
        self._rest += data
        if self._recipe.length is None:
            self._feed_terminated(arrival_s, found)
        else:
            self._feed_sized(self._recipe.length, arrival_s, found)
        self.counts.good += len(found)
        return found

    def reset(self) -> None:
        self._rest.clear()
        self._dropping = False
        self._joiner.reset()
        self._forms.restart()

    def _feed_sized(self, length: int, arrival_s: float, found: list[Reading]) -> None:
        rest, sync = self._rest, self._sync
        at, end = 0, len(rest)
        while True:
            start = rest.find(sync, at)
            if start < 0:
                # The beginning of a sync may be at the very end.
                start = max(at, end - len(sync) + 1)
                self._skipped(start - at)
                at = start
                break
            self._skipped(start - at)
            at = start
            if end - at < length:
                break
            frame = bytes(rest[at : at + length])
            following = bytes(rest[at + length : at + length + len(sync)])
            if self._use(frame, following, arrival_s, found):
                at += length
            else:
                at += 1
        del rest[:at]

    def _use(self, frame: bytes, following: bytes, arrival_s: float, found: list[Reading]) -> bool:
        """Whether it is a packet at all."""
        kind = self._recipe.checksum
        if kind == "none":
            if not self._sync.startswith(following[: len(self._sync)]):
                self._bad("unsynced")
                return False
        elif _checksum(kind, frame) != frame[-1]:
            self._bad("checksum")
            return False
        read = self._forms.read(frame, arrival_s)
        if isinstance(read, str):
            self._bad(read)
            return kind != "none"
        self._good(read, found)
        return True

    def _feed_terminated(self, arrival_s: float, found: list[Reading]) -> None:
        packets = bytes(self._rest).split(self._end)
        rest = packets.pop()
        for packet in packets:
            if self._dropping:
                self._dropping = False
            elif len(packet) > _LONGEST:
                self._bad("too-long")
            elif packet:
                self._packet(packet, arrival_s, found)
        if len(rest) > _LONGEST:
            if not self._dropping:
                self._bad("too-long")
            self._dropping, rest = True, b""
        self._rest = bytearray(b"" if self._dropping else rest)

    def _packet(self, packet: bytes, arrival_s: float, found: list[Reading]) -> None:
        for escaped, plain in self._escapes:
            packet = packet.replace(self._escape + escaped, plain)
        if not packet.startswith(self._sync):
            self._bad("unknown-packet")
            return
        kind = self._recipe.checksum
        if kind != "none" and _checksum(kind, packet) != packet[-1]:
            self._bad("checksum")
            return
        read = self._forms.read(packet, arrival_s)
        if isinstance(read, str):
            self._bad(read)
        else:
            self._good(read, found)

    def _good(self, read: list[Reading], found: list[Reading]) -> None:
        self.frames += 1
        self.in_a_row += 1
        found.extend(self._joiner.add(read))

    def _bad(self, kind: str) -> None:
        self.in_a_row = 0
        self.counts.note(kind)

    def _skipped(self, count: int) -> None:
        if count:
            self._bad("unsynced")


def _checksum(kind: str, frame: bytes) -> int:
    if kind == "sum8":
        return sum(frame[:-1]) & 0xFF
    result = 0
    for byte in frame[:-1]:
        result ^= byte
    return result
