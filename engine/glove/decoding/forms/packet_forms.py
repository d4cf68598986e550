"""What whole packets hold: which is which, and the numbers in it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace

from engine.glove.decoding.decoder import Counts
from engine.glove.decoding.forms.field_map import FieldMap
from engine.glove.reading import Reading
from engine.glove.recipes.columns import parse_columns
from engine.glove.recipes.framed_recipe import PacketLayout
from engine.glove.sample import Hand


class PacketForms:
    """The packets of one device, or of one characteristic of it."""

    def __init__(
        self, packets: Sequence[PacketLayout], counts: Counts, hand: Hand | None = None
    ) -> None:
        self._forms = [_Form(packet, counts, hand) for packet in packets]

    def read(self, packet: bytes, arrival_s: float) -> list[Reading] | str:
        """The readings, none where the packet is known and not used, or the kind of trouble."""
        kind = "unknown-packet"
        for form in self._forms:
            if not form.is_of(packet):
                continue
            if form.unused:
                return []
            if form.holds(packet):
                return form.read(packet, arrival_s)
            kind = "wrong-length"
        return kind

    def restart(self) -> None:
        for form in self._forms:
            form.restart()


class _Form:
    def __init__(self, layout: PacketLayout, counts: Counts, hand: Hand | None) -> None:
        self._id = bytes.fromhex(layout.id)
        self._at = slice(layout.id_at, layout.id_at + len(self._id))
        self._head = struct.Struct(layout.head)
        self._body = struct.Struct(layout.layout)
        self._has_head = bool(layout.head_fields)
        self._samples, self._samples_at = layout.samples, layout.samples_at
        self._longer = layout.longer
        self._period_s = 0.0 if layout.rate_hz is None else 1.0 / layout.rate_hz
        self.unused = not layout.fields
        columns = parse_columns((*layout.head_fields, *layout.fields))
        self._fields = FieldMap(columns, counts, hand)

    def is_of(self, packet: bytes) -> bool:
        return packet[self._at] == self._id

    def holds(self, packet: bytes) -> bool:
        length = self._head.size + self._count(packet) * self._body.size
        return len(packet) == length or (self._longer and len(packet) > length)

    def _count(self, packet: bytes) -> int:
        if self._samples_at is None:
            return self._samples
        # One that holds none has no length that fits.
        return packet[self._samples_at] or 1 if len(packet) > self._samples_at else 1

    def read(self, packet: bytes, arrival_s: float) -> list[Reading] | str:
        head = self._head.unpack_from(packet) if self._has_head else ()
        at, count = self._head.size, self._count(packet)
        if count == 1:
            values = head + self._body.unpack_from(packet, at)
            return self._fields.readings(values, arrival_s)
        found: list[Reading] = []
        for i in range(count):
            values = head + self._body.unpack_from(packet, at)
            at += self._body.size
            readings = self._fields.readings(values, arrival_s)
            if isinstance(readings, str):
                return readings
            # The packet was sent when its last sample was there.
            ago = (count - 1 - i) * self._period_s
            found.extend(self._spread(reading, i, ago) for reading in readings)
        return found

    def _spread(self, reading: Reading, i: int, ago: float) -> Reading:
        stamp, count = reading.stamp_s, reading.sequence
        if count is not None:
            count = count + i if self._samples_at is not None else count * self._samples + i
        if stamp is not None and not self._fields.spreads:
            stamp -= ago
        return replace(reading, arrival_s=reading.arrival_s - ago, stamp_s=stamp, sequence=count)

    def restart(self) -> None:
        self._fields.restart()
