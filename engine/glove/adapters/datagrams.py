"""Gloves and phones that send packets to a port of this computer: UDP, and OSC in it."""

from __future__ import annotations

import contextlib
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.glove.adapters.format_wait import FormatWait, StreamRecipe
from engine.glove.adapters.threaded import POLL_S, ThreadedAdapter, cannot_listen
from engine.glove.decoding.datagrams import SlimeVrDecoder, recognise_datagram
from engine.glove.decoding.decoder import Decoder
from engine.glove.reading import Reading
from engine.glove.spec import LOOPBACK
from engine.messages import Message

_LARGEST = 65535
_ROOM = 1 << 20
"""Bytes the system keeps while we are busy: seconds of two gloves."""
_SENDERS = 8
_FORGOTTEN_S = 2.0

Address = tuple[Any, ...]


@dataclass
class _Sender:
    address: Address
    decoder: Decoder
    heard_s: float


class DatagramAdapter(ThreadedAdapter):
    """Everyone who sends has a decoder of their own. What the first one sends keeps its channel's
    name; a second one that sends meanwhile gets '#2' after it, and so on. Whoever has been silent
    for two seconds gives up the place: a glove that starts anew sends from another port.
    """

    _listens = True

    def __init__(
        self,
        on_readings: Callable[[Sequence[Reading]], None],
        port: int,
        decoder_for: Callable[[bytes], Decoder],
        *,
        host: str = LOOPBACK,
        transport: str,
    ) -> None:
        """`decoder_for`: by the first packet of a sender. `host`: the address it listens on; the
        loopback hears this computer alone."""
        super().__init__(on_readings, f"{transport}:{port}", f"{transport.upper()} {port}")
        self._address = (host, port)
        self._decoder_for = decoder_for
        self._socket: socket.socket | None = None
        self._places: list[_Sender | None] = [None] * _SENDERS
        self._retired: Counter[str] = Counter()
        """The account of senders that gave up their place."""

    def _open(self) -> None:
        host, port = self._address
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_DGRAM)
        self._socket = listening
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
            listening.bind(self._address)
        except (OSError, UnicodeError, TypeError) as error:
            raise cannot_listen(error, f"{host}:{port}", port) from error
        listening.settimeout(POLL_S)

    def _read(self) -> None:
        listening = self._socket
        assert listening is not None
        try:
            packet, address = listening.recvfrom(_LARGEST)
        except (TimeoutError, ConnectionResetError):
            # Windows tells here of an answer of ours that reached nobody.
            return
        self._take(packet, address, time.perf_counter())

    def _take(self, packet: bytes, address: Address, arrival_s: float) -> None:
        self._heard(1)
        number = self._place_of(address, packet, arrival_s)
        if number is None:
            self._note("too-many-senders")
            return
        sender = self._places[number]
        assert sender is not None
        sender.heard_s = arrival_s
        readings = sender.decoder.feed(packet, arrival_s)
        if number and readings:
            ending = f"#{number + 1}"
            readings = [replace(reading, channel=reading.channel + ending) for reading in readings]
        self._answer(sender, packet)
        self._hand_on(readings)

    def _answer(self, sender: _Sender, packet: bytes) -> None:
        """Most want none."""

    def _shut(self) -> None:
        listening, self._socket = self._socket, None
        if listening is not None:
            listening.close()

    def _decoders_bad(self) -> dict[str, int]:
        bad = Counter(self._retired)
        for sender in self._places:
            if sender is not None:
                bad.update(sender.decoder.counts.snapshot())
        return bad

    def _silence(self) -> Message:
        return Message("glove.nobody-sends", name=self._title, port=self._address[1])

    def _place_of(self, address: Address, packet: bytes, now_s: float) -> int | None:
        free = None
        for number, sender in enumerate(self._places):
            if sender is not None and sender.address == address:
                return number
            if free is None and (sender is None or now_s - sender.heard_s > _FORGOTTEN_S):
                free = number
        if free is not None:
            before = self._places[free]
            if before is not None:
                self._retired.update(before.decoder.counts.snapshot())
            self._places[free] = _Sender(address, self._decoder_for(packet), now_s)
        return free


class UdpAdapter(DatagramAdapter):
    """Text lines or frames, whole in every packet; SlimeVR's trackers and Wear OS watches."""

    def __init__(
        self,
        on_readings: Callable[[Sequence[Reading]], None],
        port: int,
        *,
        host: str = LOOPBACK,
        recipe: StreamRecipe | None = None,
    ) -> None:
        self._recipe = recipe
        super().__init__(on_readings, port, self._told_by, host=host, transport="udp")

    def _told_by(self, packet: bytes) -> Decoder:
        if self._recipe is not None:
            return FormatWait(self._recipe, name=self._title)
        return recognise_datagram(packet) or FormatWait(name=self._title)

    def _answer(self, sender: _Sender, packet: bytes) -> None:
        """A SlimeVR tracker looks for its server first, and sends nothing before it is answered."""
        if not isinstance(sender.decoder, SlimeVrDecoder) or self._socket is None:
            return
        answer = SlimeVrDecoder.answer(packet)
        if answer is not None:
            with contextlib.suppress(OSError):
                self._socket.sendto(answer, sender.address)


class OscAdapter(DatagramAdapter):
    """Open Sound Control: bundles are taken when they come, whatever time stands in them."""

    def __init__(
        self,
        on_readings: Callable[[Sequence[Reading]], None],
        port: int,
        *,
        host: str = LOOPBACK,
    ) -> None:
        from engine.glove.decoding.osc_decoder import OscDecoder

        super().__init__(on_readings, port, lambda _: OscDecoder(), host=host, transport="osc")
