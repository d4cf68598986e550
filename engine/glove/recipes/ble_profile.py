"""What a Bluetooth device offers, as data."""

from __future__ import annotations

import uuid
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from engine.glove.recipes.base import BaseRecipe, Hex, RecipePart
from engine.glove.recipes.framed_recipe import Group, PacketLayout

_SHORT = "0000{}-0000-1000-8000-00805f9b34fb"


def _whole_uuid(text: str) -> str:
    return str(uuid.UUID(_SHORT.format(text) if len(text) == 4 else text))


Uuid = Annotated[str, AfterValidator(_whole_uuid)]
"""Lower case, as Bleak writes it; four digits stand for a standard one."""


class BleWrite(RecipePart):
    """What is written once notifications are on. `service`: where two of them have the same
    characteristic. `consent`: changes what the device remembers, so a person is asked first, by
    `why`."""

    characteristic: Uuid
    data: Hex
    service: Uuid | None = None
    response: bool = True
    consent: bool = False
    why: str = ""


class KeepAlive(RecipePart):
    """What is written again and again, so that the device does not fall asleep."""

    characteristic: Uuid
    data: Hex
    period_s: float = Field(gt=0, le=3600)
    response: bool = False


class BleCharacteristic(RecipePart):
    """A characteristic that notifies: of `packets`, or of `text`: our own lines, or those of
    `text_recipe`. `whole_lines`: each notification is a line, and none is cut."""

    uuid: Uuid
    packets: tuple[PacketLayout, ...] = ()
    text: bool = False
    text_recipe: str | None = None
    whole_lines: bool = False

    @property
    def lengths(self) -> frozenset[int] | None:
        """Lengths of what it sends, in bytes; None where any will do."""
        for packet in self.packets:
            if packet.longer or packet.samples_at is not None or not packet.fields:
                return None
        if not self.packets:
            return None
        return frozenset(packet.length for packet in self.packets)

    @model_validator(mode="after")
    def _one_form(self) -> BleCharacteristic:
        if bool(self.packets) == (self.text or self.text_recipe is not None):
            raise ValueError("either packets or text is needed")
        return self


class BleProfile(BaseRecipe):
    """`device_name`: as it calls itself, with `*` for any letters. `service`: what it advertises;
    both must fit where both are given. `rate_hz`: how many readings a second to expect."""

    kind: Literal["ble"] = "ble"
    device_name: str = "*"
    service: Uuid | None = None
    characteristics: tuple[BleCharacteristic, ...] = Field(min_length=1)
    start: tuple[BleWrite, ...] = ()
    keep_alive: tuple[KeepAlive, ...] = ()
    joins: tuple[Group, ...] = ("acc", "gyro")
    rate_hz: float | None = Field(default=None, gt=0, le=10_000)
    forearm: bool = False
    """It is worn there, and not on the hand."""

    def fits(self, device_name: str, services: frozenset[str] | tuple[str, ...] | None) -> bool:
        """Whether a device of this name, that has or advertises these services, may be one;
        `services` None: they are not known yet."""
        named = fnmatchcase(device_name.lower(), self.device_name.lower())
        if not named or self.service is None or services is None:
            return named
        return self.service in {service.lower() for service in services}
