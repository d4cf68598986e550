"""What a device leaves out is worked out from what it sends, or it is said what is lacking."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field, replace

from engine.glove.calibration.acc_units import GRAVITY_REMOVED_BELOW
from engine.glove.reading import Reading
from engine.glove.sample import Vector
from engine.messages import Message

_Quaternion = tuple[float, float, float, float]

_IDENTITY_RUN = 50
_LOOKED_AT = 60
_LONGEST_STEP_S = 0.25
_MOST_CHANNELS = 16


@dataclass(slots=True)
class _Channel:
    quaternion: _Quaternion | None = None
    at_s: float | None = None
    rates: Vector = (0.0, 0.0, 0.0)
    identities: int = 0
    norms: deque[float] = field(default_factory=lambda: deque(maxlen=_LOOKED_AT))
    without_gravity: bool = False


class Completion:
    """What is remembered of one connection between its readings. `name`: what people call it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._channels: dict[str, _Channel] = {}

    def channel(self, name: str) -> _Channel:
        if name not in self._channels and len(self._channels) >= _MOST_CHANNELS:
            self._channels.clear()
        return self._channels.setdefault(name, _Channel())


def complete(reading: Reading, state: Completion) -> Reading | Message:
    """A reading with accelerations, gravity in them, and rates; or why it cannot be one.

    Gravity comes from its own channel or from the orientation; rates, where there are none, from
    successive orientations: `derived`, and 0 at the first. Angles of fingers are handed on as they
    are. Accelerations whose gravity nobody told are watched: without it they are nearly 0.
    """
    if reading.acc is None and reading.gyro is None:
        return _without_motion(reading, state)
    channel = state.channel(reading.channel)
    orientation = _orientation(reading, channel)
    if reading.acc is None:
        return Message("glove.lacks-acceleration", name=state.name)
    gravity = reading.gravity
    if gravity == "unknown" and reading.acc_known and _looks_weightless(reading.acc, channel):
        gravity = "removed"
    if gravity == "removed":
        down = _gravity(reading, orientation)
        if down is None or not reading.acc_known:
            return Message("glove.lacks-gravity", name=state.name)
        x, y, z = reading.acc
        acc = (x + down[0], y + down[1], z + down[2])
        reading = replace(reading, acc=acc, gravity="included")
    if reading.gyro is not None:
        return reading
    if orientation is None:
        return Message("glove.lacks-rates", name=state.name)
    at_s = reading.arrival_s if reading.stamp_s is None else reading.stamp_s
    rates = _rates(orientation, at_s, channel)
    return replace(reading, gyro=rates, gyro_known=True, derived=True)


def _without_motion(reading: Reading, state: Completion) -> Reading | Message:
    angles = reading.angles_deg
    if angles is not None and len(angles) > 3:
        return reading
    if angles is None and reading.quaternion is None and reading.flex:
        return Message("glove.fingers-only", name=state.name)
    return Message("glove.lacks-acceleration", name=state.name)


def _orientation(reading: Reading, channel: _Channel) -> _Quaternion | None:
    """None too where the device says the same for ever, for want of a sensor."""
    q = reading.quaternion
    if q is None:
        angles = reading.angles_deg
        return _from_angles(angles) if angles is not None and len(angles) == 3 else None
    channel.identities = channel.identities + 1 if q == (1.0, 0.0, 0.0, 0.0) else 0
    if channel.identities > _IDENTITY_RUN:
        return None
    norm = math.hypot(*q)
    w, x, y, z = q
    return (w / norm, x / norm, y / norm, z / norm) if norm > 0.5 else None


def _from_angles(angles: tuple[float, ...]) -> _Quaternion:
    """Roll, pitch and yaw in °, turned about z, then y, then x."""
    roll, pitch, yaw = (math.radians(angle) / 2.0 for angle in angles)
    cr, sr, cp, sp = math.cos(roll), math.sin(roll), math.cos(pitch), math.sin(pitch)
    cy, sy = math.cos(yaw), math.sin(yaw)
    return (
        cr * cp * cy + sr * sp * sy,
        sr * cp * cy - cr * sp * sy,
        cr * sp * cy + sr * cp * sy,
        cr * cp * sy - sr * sp * cy,
    )


def _looks_weightless(acc: Vector, channel: _Channel) -> bool:
    channel.norms.append(math.hypot(*acc))
    if len(channel.norms) == _LOOKED_AT:
        middle = sorted(channel.norms)[_LOOKED_AT // 2]
        # Held between the two, since a hand that moves has more than gravity, or less.
        channel.without_gravity = middle < (
            0.6 if channel.without_gravity else GRAVITY_REMOVED_BELOW
        )
        channel.norms.clear()
    return channel.without_gravity


def _gravity(reading: Reading, orientation: _Quaternion | None) -> Vector | None:
    """What a sensor at rest would measure, in g."""
    if reading.gravity_g is not None:
        return reading.gravity_g
    if orientation is None:
        return None
    w, x, y, z = orientation
    return 2.0 * (x * z - w * y), 2.0 * (y * z + w * x), w * w - x * x - y * y + z * z


def _rates(q: _Quaternion, at_s: float, channel: _Channel) -> Vector:
    """°/s in the sensor's axes, from the turn since the last orientation."""
    before, then_s = channel.quaternion, channel.at_s
    if before is not None and then_s is not None and at_s == then_s:
        return channel.rates
    channel.quaternion, channel.at_s = q, at_s
    channel.rates = (0.0, 0.0, 0.0)
    if before is None or then_s is None or not 0.0 < at_s - then_s <= _LONGEST_STEP_S:
        return channel.rates
    w, x, y, z = _times_conjugate(before, q)
    if w < 0.0:
        # The same orientation, and the shorter way to it.
        w, x, y, z = -w, -x, -y, -z
    sine = math.hypot(x, y, z)
    if sine > 1e-12:
        rate = math.degrees(2.0 * math.atan2(sine, w)) / (at_s - then_s) / sine
        channel.rates = (x * rate, y * rate, z * rate)
    return channel.rates


def _times_conjugate(p: _Quaternion, q: _Quaternion) -> _Quaternion:
    """The conjugate of `p`, times `q`: the turn from one to the other, seen by the sensor."""
    a, b, c, d = p[0], -p[1], -p[2], -p[3]
    e, f, g, h = q
    return (
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    )
