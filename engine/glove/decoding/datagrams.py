"""Binary datagrams that are told by their length and their first bytes: SlimeVR and Wear OS."""

from __future__ import annotations

import math
import struct

from engine.glove.decoding.decoder import LARGEST, Counts, Decoder
from engine.glove.decoding.forms.joining import Joiner
from engine.glove.decoding.forms.unwrapping import UnwrappedClock
from engine.glove.reading import Reading
from engine.glove.sample import STANDARD_GRAVITY, Vector

_DAY_S = 86_400.0

_HANDSHAKE, _ROTATION, _ACCELERATION, _ROTATION_DATA, _BUNDLE = 3, 1, 4, 17, 100
_KNOWN = frozenset({0, _ROTATION, _HANDSHAKE, _ACCELERATION, _ROTATION_DATA, _BUNDLE})
_ANSWER = b"\x03Hey OVR =D 5"

_WEAR_OS = struct.Struct(">28f")


class SlimeVrDecoder:
    """Trackers of SlimeVR: orientation, and acceleration without gravity in m/s², both big-endian;
    no rates. Each sensor of a tracker is a channel."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._joiner = Joiner(("quaternion", "acc"), self.counts)

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        """`data`: one datagram."""
        found: list[Reading] = []
        if len(data) < 12:
            self.counts.note("wrong-length")
            return found
        (kind,) = struct.unpack_from(">I", data)
        if kind == _BUNDLE:
            at = 12
            while at + 6 <= len(data):
                size, inner = struct.unpack_from(">HI", data, at)
                self._packet(inner, data[at + 6 : at + 2 + size], arrival_s, found)
                at += 2 + max(size, 4)
        else:
            self._packet(kind, data[12:], arrival_s, found)
        self.counts.good += len(found)
        return found

    def reset(self) -> None:
        self._joiner.reset()

    @staticmethod
    def answer(data: bytes) -> bytes | None:
        """What a tracker that looks for its server must be sent back, or None."""
        return _ANSWER if len(data) >= 12 and data[:4] == b"\0\0\0\x03" else None

    def _packet(self, kind: int, body: bytes, arrival_s: float, found: list[Reading]) -> None:
        part: Reading | None = None
        try:
            if kind == _ACCELERATION:
                x, y, z = struct.unpack_from(">3f", body)
                acc = _scaled((x, y, z), 1.0 / STANDARD_GRAVITY)
                channel = _sensor(body[12] if len(body) > 12 else 0)
                if acc is not None:
                    part = Reading(arrival_s, channel, acc=acc, acc_known=True, gravity="removed")
            elif kind == _ROTATION_DATA:
                part = _rotation(arrival_s, body[0], struct.unpack_from(">4f", body, 2))
            elif kind == _ROTATION:
                part = _rotation(arrival_s, 0, struct.unpack_from(">4f", body))
            else:
                if kind not in _KNOWN:
                    self.counts.note("unknown-packet")
                return
        except (struct.error, IndexError):
            self.counts.note("wrong-length")
            return
        if part is None:
            self.counts.note("not-finite")
            return
        found.extend(self._joiner.add([part]))


def _sensor(number: int) -> str:
    return f"sensor {number}"


def _rotation(arrival_s: float, sensor: int, q: tuple[float, ...]) -> Reading | None:
    x, y, z, w = q
    norm = math.hypot(x, y, z, w)
    if not 0.7 < norm < 1.4:
        return None
    return Reading(arrival_s, _sensor(sensor), quaternion=(w, x, y, z))


class WearOsDecoder:
    """wearable-motion-capture's watch: 28 big-endian floats, the time of day in [1..4], rates in
    rad/s in [10..12], acceleration without gravity and gravity, in m/s², in [16..18] and [20..22].
    """

    LENGTH = _WEAR_OS.size
    """Bytes."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._clock = UnwrappedClock(_DAY_S)

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        """`data`: one datagram."""
        if len(data) != self.LENGTH:
            self.counts.note("wrong-length")
            return []
        values = _WEAR_OS.unpack(data)
        gyro = _scaled(values[10:13], math.degrees(1.0))
        acc = _scaled(values[16:19], 1.0 / STANDARD_GRAVITY)
        gravity = _scaled(values[20:23], 1.0 / STANDARD_GRAVITY)
        hours, minutes, seconds, nanoseconds = values[1:5]
        stamp = hours * 3600.0 + minutes * 60.0 + seconds + nanoseconds * 1e-9
        if gyro is None or acc is None or gravity is None or not 0.0 <= stamp <= _DAY_S + 1.0:
            self.counts.note("not-finite")
            return []
        stamp = self._clock.next(stamp, arrival_s)
        if self._clock.went_back:
            self.counts.note("backward-clock")
        self.counts.good += 1
        return [
            Reading(
                arrival_s,
                acc=acc,
                gyro=gyro,
                acc_known=True,
                gyro_known=True,
                gravity="removed",
                gravity_g=gravity,
                stamp_s=stamp,
            )
        ]

    def reset(self) -> None:
        self._clock = UnwrappedClock(_DAY_S)


def _scaled(values: tuple[float, ...], scale: float) -> Vector | None:
    """None where one is not finite, or larger than any sensor's."""
    x, y, z = values
    if not all(-LARGEST < value < LARGEST for value in (x, y, z)):
        return None
    return x * scale, y * scale, z * scale


def recognise_datagram(data: bytes) -> Decoder | None:
    """The decoder for datagrams like this one, or None where it is neither of these two."""
    if len(data) == WearOsDecoder.LENGTH:
        decoder = WearOsDecoder()
        if decoder.feed(data, 0.0):
            return WearOsDecoder()
    if len(data) >= 12 and data[:3] == b"\0\0\0" and data[3] in _KNOWN:
        return SlimeVrDecoder()
    return None
