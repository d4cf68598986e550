"""Notifications of a Bluetooth device."""

from __future__ import annotations

from engine.glove.decoding.decoder import Counts
from engine.glove.decoding.forms.joining import Joiner
from engine.glove.decoding.forms.packet_forms import PacketForms
from engine.glove.decoding.text_decoder import TextDecoder
from engine.glove.reading import Reading
from engine.glove.recipes.recipe import BleCharacteristic, BleProfile, TextRecipe, find_recipe
from engine.messages import Message, PlainError


class BleDecoder:
    """Each notification is whole, but for text, whose lines may go over several."""

    def __init__(self, profile: BleProfile) -> None:
        """RecipeError where the profile names a recipe for text that is not there."""
        self.counts = Counts()
        self._joiner = Joiner(profile.joins, self.counts)
        self._packets: dict[str, PacketForms] = {}
        self._texts: dict[str, TextDecoder] = {}
        self._whole_lines: set[str] = set()
        for characteristic in profile.characteristics:
            if characteristic.packets:
                forms = PacketForms(characteristic.packets, self.counts)
                self._packets[characteristic.uuid] = forms
            else:
                self._texts[characteristic.uuid] = _text_decoder(characteristic, self.counts)
                if characteristic.whole_lines:
                    self._whole_lines.add(characteristic.uuid)
        self._first = profile.characteristics[0].uuid

    def feed_from(
        self, characteristic_uuid: str, payload: bytes, arrival_s: float
    ) -> list[Reading]:
        """`payload`: one notification of this characteristic."""
        uuid = characteristic_uuid.lower()
        text = self._texts.get(uuid)
        if text is not None:
            if uuid in self._whole_lines:
                payload += b"\n"
            return text.feed(payload, arrival_s)
        forms = self._packets.get(uuid)
        if forms is None:
            self.counts.note("unknown-packet")
            return []
        read = forms.read(bytes(payload), arrival_s)
        if isinstance(read, str):
            self.counts.note(read)
            return []
        found = self._joiner.add(read)
        self.counts.good += len(found)
        return found

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        """A notification of the profile's first characteristic."""
        return self.feed_from(self._first, data, arrival_s)

    def reset(self) -> None:
        self._joiner.reset()
        for forms in self._packets.values():
            forms.restart()
        for text in self._texts.values():
            text.reset()


def _text_decoder(characteristic: BleCharacteristic, counts: Counts) -> TextDecoder:
    name = characteristic.text_recipe
    if name is None:
        return TextDecoder(counts=counts)
    recipe = find_recipe(name)
    if not isinstance(recipe, TextRecipe):
        raise PlainError(Message("glove.recipe-unknown", name=name))
    return TextDecoder(recipe, counts)
