"""Sensors in Open Sound Control: what a message is, is told by the end of its address."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.glove.decoding.decoder import LARGEST, Counts
from engine.glove.decoding.forms.companions import Companions
from engine.glove.decoding.forms.osc_packet import OscMessage, osc_messages
from engine.glove.reading import Gravity, Reading
from engine.glove.sample import STANDARD_GRAVITY, Hand, Vector

_TOGETHER_S = 0.005
_MOST_PENDING = 32
_OURS = "signmirror"
# In an address they are written out; `l` and `r` are the text lines' own.
_HANDS: dict[str, Hand] = {"left": "left", "right": "right"}

# Sensor and scale to g or °/s. ZIG SIM and GyrOSC give `accel` in g and `gyro`, `rrate` in rad/s;
# Sensors2OSC has Android's units, m/s² and rad/s; M5Stick has g and °/s.
_VECTORS: dict[str, tuple[str, float]] = {
    "accel": ("lin", 1.0),
    "accelerometer": ("acc", 1.0 / STANDARD_GRAVITY),
    "acc": ("acc", 1.0),
    "linearacceleration": ("lin", 1.0 / STANDARD_GRAVITY),
    **dict.fromkeys(("gyro", "gyroscope", "rrate"), ("gyro", math.degrees(1.0))),
    "gravity": ("gravity", 1.0),
    "grav": ("gravity", 1.0),
}
_QUATERNIONS = {"quaternion", "quat", "rotationvector", "gamerotationvector"}
_SCALARS: dict[str, tuple[str, int, float]] = {
    f"{name}{axis}": (sensor, i, 1.0)
    for name, sensor in (("acc", "acc"), ("gyro", "gyro"))
    for i, axis in enumerate("xyz")
}
_FIRST = {"gravity": 0, "quaternion": 0, "acc": 1, "lin": 1, "gyro": 2}


class OscDecoder:
    """Each datagram is whole. Bundles are taken when they arrive, whatever time they name.

    Knows ZIG SIM, GyrOSC, Sensors2OSC, M5Stick, Muse apps, NGIMU, and our own
    `/signmirror/<left|right>/imu` with t in s, ax, ay, az in g, gx, gy, gz in °/s. A reading's
    `channel` is what stands in the address before the sensor's name.
    """

    def __init__(self) -> None:
        self.counts = Counts()
        self._companions = Companions(self.counts)
        self._pending: dict[tuple[str, str], _Scalars] = {}

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        try:
            messages = osc_messages(data)
        except ValueError:
            self.counts.note("unparsable")
            return []
        found: list[Reading] = []
        parts: list[tuple[int, Reading]] = []
        for message in messages:
            if all(map(math.isfinite, message.numbers)):
                self._message(message, arrival_s, found, parts)
            else:
                self.counts.note("not-finite")
        # Within one datagram accelerations go before the rates that take them along.
        for _, part in sorted(parts, key=lambda pair: pair[0]):
            found.extend(self._companions.add(part))
        kept = [reading for reading in found if _sane(reading)]
        if len(kept) < len(found):
            self.counts.note("out-of-range", len(found) - len(kept))
        self.counts.good += len(kept)
        return kept

    def reset(self) -> None:
        self._companions.reset()
        self._pending.clear()

    def _message(
        self,
        message: OscMessage,
        arrival_s: float,
        found: list[Reading],
        parts: list[tuple[int, Reading]],
    ) -> None:
        names = message.address.strip("/").split("/")
        name = names[-1].lower()
        channel = "/".join(names[:-1])[:64]
        values = message.numbers
        if names[0] == _OURS and name == "imu":
            self._own(names, values, arrival_s, found)
        elif name == "sensors":
            self._ngimu(channel, message, arrival_s, found)
        elif name in _VECTORS:
            sensor, scale = _VECTORS[name]
            if names[0].lower() == "gyrosc" and name == "gyro":
                # Angles, in spite of its name.
                return
            if channel.lower().endswith("muse") and sensor == "gyro":
                scale = 1.0
            self._vector(channel, sensor, scale, values, arrival_s, parts, name)
        elif name in _QUATERNIONS:
            self._quaternion(channel, name, values, arrival_s, parts)
        elif name in _SCALARS:
            self._scalar(channel, *_SCALARS[name], values, arrival_s, parts)
        elif name in ("x", "y", "z") and len(names) > 1 and names[-2].lower() in _VECTORS:
            sensor, scale = _VECTORS[names[-2].lower()]
            before = "/".join(names[:-2])[:64]
            self._scalar(before, sensor, "xyz".index(name), scale, values, arrival_s, parts)
        else:
            self.counts.note("unknown-address")

    def _own(
        self, names: list[str], values: Sequence[float], arrival_s: float, found: list[Reading]
    ) -> None:
        hand = _HANDS.get(names[1]) if len(names) == 3 else None
        if hand is None or len(values) != 7:
            self.counts.note("wrong-count")
            return
        t, ax, ay, az, gx, gy, gz = values
        found.append(_whole(arrival_s, hand, hand, (ax, ay, az), (gx, gy, gz), t))

    def _ngimu(
        self, channel: str, message: OscMessage, arrival_s: float, found: list[Reading]
    ) -> None:
        if len(message.numbers) < 6:
            self.counts.note("wrong-count")
            return
        gx, gy, gz, ax, ay, az = message.numbers[:6]
        acc, gyro = (ax, ay, az), (gx, gy, gz)
        found.append(_whole(arrival_s, channel, None, acc, gyro, message.bundle_s))

    def _vector(
        self,
        channel: str,
        sensor: str,
        scale: float,
        values: Sequence[float],
        arrival_s: float,
        parts: list[tuple[int, Reading]],
        name: str,
    ) -> None:
        if len(values) < 3:
            self.counts.note("wrong-count")
            return
        vector = (values[0] * scale, values[1] * scale, values[2] * scale)
        # GyrOSC may have gravity in it; where a gravity channel comes too, it has not.
        sure = name != "accel" or not channel.lower().startswith("gyrosc")
        parts.append((_FIRST[sensor], _part(channel, sensor, vector, arrival_s, sure)))

    def _quaternion(
        self,
        channel: str,
        name: str,
        values: Sequence[float],
        arrival_s: float,
        parts: list[tuple[int, Reading]],
    ) -> None:
        if len(values) < 4:
            self.counts.note("wrong-count")
            return
        a, b, c, d = values[:4]
        # NGIMU alone has no name before it, and puts w first.
        order = (a, b, c, d) if name == "quaternion" and not channel else (d, a, b, c)
        parts.append((0, Reading(arrival_s, channel, quaternion=order)))

    def _scalar(
        self,
        channel: str,
        sensor: str,
        axis: int,
        scale: float,
        values: Sequence[float],
        arrival_s: float,
        parts: list[tuple[int, Reading]],
    ) -> None:
        if len(values) != 1:
            self.counts.note("wrong-count")
            return
        key = (channel, sensor)
        pending = self._pending.get(key)
        if pending is None:
            if len(self._pending) >= _MOST_PENDING:
                self.counts.note("too-many-channels")
                return
            pending = self._pending[key] = _Scalars()
        vector = pending.add(axis, values[0] * scale, arrival_s, self.counts)
        if vector is not None:
            parts.append((_FIRST[sensor], _part(channel, sensor, vector, arrival_s, True)))


class _Scalars:
    """Three numbers that come one by one, within a few milliseconds."""

    def __init__(self) -> None:
        self._held: dict[int, float] = {}
        self._since_s = 0.0

    def add(self, axis: int, value: float, arrival_s: float, counts: Counts) -> Vector | None:
        held = self._held
        if held and (axis in held or arrival_s - self._since_s > _TOGETHER_S):
            counts.note("incomplete")
            held.clear()
        if not held:
            self._since_s = arrival_s
        held[axis] = value
        if len(held) < 3:
            return None
        vector = (held[0], held[1], held[2])
        held.clear()
        return vector


def _sane(reading: Reading) -> bool:
    numbers = (*(reading.acc or ()), *(reading.gyro or ()), *(reading.gravity_g or ()))
    return all(-LARGEST < number < LARGEST for number in numbers)


def _whole(
    arrival_s: float,
    channel: str,
    hand: Hand | None,
    acc: Vector,
    gyro: Vector,
    stamp_s: float | None,
) -> Reading:
    """A message that holds all there is: g with gravity in it, and °/s."""
    return Reading(
        arrival_s,
        channel,
        hand,
        acc,
        gyro,
        acc_known=True,
        gyro_known=True,
        gravity="included",
        stamp_s=stamp_s,
    )


def _part(channel: str, sensor: str, vector: Vector, arrival_s: float, sure: bool) -> Reading:
    if sensor == "gyro":
        return Reading(arrival_s, channel, gyro=vector, gyro_known=True)
    if sensor == "gravity":
        # Its length is known, so its unit is: g, or m/s².
        scale = 1.0 / STANDARD_GRAVITY if math.hypot(*vector) > 5.0 else 1.0
        x, y, z = vector
        return Reading(arrival_s, channel, gravity_g=(x * scale, y * scale, z * scale))
    gravity: Gravity = "unknown"
    if sure:
        gravity = "removed" if sensor == "lin" else "included"
    return Reading(arrival_s, channel, acc=vector, acc_known=True, gravity=gravity)
