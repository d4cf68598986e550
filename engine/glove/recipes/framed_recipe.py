"""Binary packets, as data."""

from __future__ import annotations

import struct
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from engine.glove.recipes.base import BaseRecipe, ColumnSpecs, Hex, RecipePart
from engine.glove.recipes.columns import parse_columns

Checksum = Literal["none", "sum8", "xor8"]
Group = Literal["acc", "gyro", "quaternion"]


def _struct(layout: str) -> str:
    if layout and layout[0] not in "<>":
        raise ValueError("begins with < or >, the order of bytes")
    try:
        struct.calcsize(layout)
    except struct.error as error:
        raise ValueError(str(error)) from None
    return layout


StructLayout = Annotated[str, AfterValidator(_struct)]
"""As Python's `struct` writes it, the order of bytes first."""


class PacketLayout(RecipePart):
    """`id`: the bytes at `id_at` that tell this packet from others. `head` with `head_fields` is
    what it begins with, then `samples` times `layout` with `fields`, the oldest first and
    `rate_hz` apart, to its very end unless `longer`. Padding `x` skips the id. Without `fields` it
    is known and not used.

    `seq` in the head counts packets; or samples, where the byte at `samples_at` says how many there
    are."""

    id: Hex = ""
    id_at: int = Field(default=0, ge=0, le=1023)
    head: StructLayout = ""
    head_fields: ColumnSpecs = ()
    layout: StructLayout = ""
    fields: ColumnSpecs = ()
    samples: int = Field(default=1, ge=1, le=64)
    samples_at: int | None = Field(default=None, ge=0, le=64)
    rate_hz: float | None = Field(default=None, gt=0, le=10_000)
    longer: bool = False

    @property
    def length(self) -> int:
        """Bytes that are read; with `samples_at`, where there is one sample."""
        return struct.calcsize(self.head) + self.samples * struct.calcsize(self.layout)

    @model_validator(mode="after")
    def _fits(self) -> PacketLayout:
        for layout, fields in ((self.head, self.head_fields), (self.layout, self.fields)):
            values = len(struct.unpack(layout, bytes(struct.calcsize(layout))))
            named = len(parse_columns(fields))
            if fields and values != named:
                raise ValueError(f"{layout} holds {values} values, and {named} are named")
        if not self.fields and not self.id:
            raise ValueError("a packet needs an id or fields")
        if self.samples_at is not None and self.samples_at >= struct.calcsize(self.head):
            raise ValueError("samples_at lies in the head")
        if (self.samples > 1 or self.samples_at is not None) and self.rate_hz is None:
            raise ValueError("several samples in a packet need rate_hz")
        return self


class FramedRecipe(BaseRecipe):
    """How packets are found in a stream of bytes, and what is in them.

    Either each begins with `sync` and is `length` bytes long, or all end with `terminator`, and
    what looks like it inside is `escape` and the byte that `escapes` gives. The last byte is the
    `checksum`. Packets are joined until `joins` is complete.
    """

    kind: Literal["framed"] = "framed"
    sync: Hex = ""
    length: int | None = Field(default=None, ge=2, le=1024)
    terminator: Hex = ""
    escape: Hex = ""
    escapes: dict[Hex, Hex] = Field(default_factory=dict)
    checksum: Checksum = "none"
    packets: tuple[PacketLayout, ...] = Field(min_length=1)
    joins: tuple[Group, ...] = ("acc", "gyro")
    baud: int | None = None

    @model_validator(mode="after")
    def _one_framing(self) -> FramedRecipe:
        if (self.length is None) == (not self.terminator):
            raise ValueError("exactly one of length and terminator is needed")
        if self.length is not None and not self.sync:
            raise ValueError("packets of one length need sync")
        if len(self.terminator) > 2 or len(self.escape) > 2:
            raise ValueError("terminator and escape are one byte each")
        return self
