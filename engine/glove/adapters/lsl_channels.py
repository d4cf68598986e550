"""Which channel of a Lab Streaming Layer stream is which axis of which wrist."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.glove.reading import Gravity, Reading
from engine.glove.sample import STANDARD_GRAVITY, Hand, Vector

_LABEL = re.compile(
    r"(?P<side>left|right|l|r)?"
    r"(?P<kind>linearacceleration|linacc|lin|gravity|grav|acceleration|accelerometer|accel|acc|a"
    r"|angularvelocity|rotationrate|gyroscope|gyro|gyr|g|w)"
    r"(?P<axis>[xyz])"
)
_SEPARATORS = re.compile(r"[\s_.:/()-]+")
_SIDES: dict[str, Hand] = {"left": "left", "l": "left", "right": "right", "r": "right"}
_WORDS: dict[str, Hand] = {"left": "left", "right": "right"}
_GYRO = ("angularvelocity", "rotationrate", "gyroscope", "gyro", "gyr", "g", "w")
_LINEAR = ("linearacceleration", "linacc", "lin")
_GRAVITY = ("gravity", "grav")
_ACC_UNITS = {
    "g": 1.0,
    "mg": 1e-3,
    "milli-g": 1e-3,
    **dict.fromkeys(("m/s2", "m/s^2", "m/s²", "ms-2", "m/s/s"), 1 / STANDARD_GRAVITY),
}
_GYRO_UNITS = {
    **dict.fromkeys(("dps", "deg/s", "°/s", "degrees/s", "degree/s", "deg/sec"), 1.0),
    **dict.fromkeys(("rad/s", "rads/s", "radians/s", "rad/sec"), math.degrees(1)),
    "mdps": 1e-3,
}


@dataclass(frozen=True, slots=True)
class _Triplet:
    """Three channels of one sensor. `scale`: None where the unit is not told."""

    at: tuple[int, int, int]
    scale: float | None

    def of(self, values: Sequence[float]) -> Vector:
        x, y, z = self.at
        scale = 1.0 if self.scale is None else self.scale
        return values[x] * scale, values[y] * scale, values[z] * scale


@dataclass(frozen=True, slots=True)
class _Wrist:
    hand: Hand | None
    acc: _Triplet | None
    gyro: _Triplet | None
    gravity: _Triplet | None
    removed: bool


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """How one sample of the stream becomes one reading a wrist."""

    wrists: tuple[_Wrist, ...]

    def readings(
        self, values: Sequence[float], arrival_s: float, stamp_s: float | None
    ) -> list[Reading]:
        """`values`: one of each channel. Nothing where a value is not finite."""
        if not all(map(math.isfinite, values)):
            return []
        return [self._reading(wrist, values, arrival_s, stamp_s) for wrist in self.wrists]

    @staticmethod
    def _reading(
        wrist: _Wrist, values: Sequence[float], arrival_s: float, stamp_s: float | None
    ) -> Reading:
        gravity: Gravity = "removed" if wrist.removed else "unknown"
        return Reading(
            arrival_s=arrival_s,
            channel=wrist.hand or "",
            hand=wrist.hand,
            acc=wrist.acc.of(values) if wrist.acc else None,
            gyro=wrist.gyro.of(values) if wrist.gyro else None,
            acc_known=wrist.acc is not None and wrist.acc.scale is not None,
            gyro_known=wrist.gyro is not None and wrist.gyro.scale is not None,
            gravity=gravity,
            gravity_g=wrist.gravity.of(values) if wrist.gravity else None,
            stamp_s=stamp_s,
        )


def plan_channels(
    name: str, count: int, labels: Sequence[str | None], units: Sequence[str | None]
) -> ChannelPlan | None:
    """By labels as 'AccX', 'gyro_z' or 'lax', with units where they are told. Without labels, six
    channels are acceleration and rates of one wrist, and twelve those of the left and then the
    right one. `name` of the stream may tell the hand. None where nothing fits."""
    told = _hand_in(name)
    if not any(labels):
        return _by_count(count, told)
    found: dict[tuple[Hand | None, str], dict[str, int]] = {}
    kinds: dict[tuple[Hand | None, str], str] = {}
    for index, label in enumerate(labels[:count]):
        match = _LABEL.fullmatch(_SEPARATORS.sub("", (label or "").lower()))
        if match is None:
            continue
        kind, side = match["kind"], _SIDES.get(match["side"] or "")
        sensor = "gyro" if kind in _GYRO else "gravity" if kind in _GRAVITY else "acc"
        key = (side or told, sensor)
        if match["axis"] not in found.setdefault(key, {}):
            found[key][match["axis"]] = index
            kinds.setdefault(key, kind)
    hands = sorted({hand for hand, _ in found}, key=str)
    wrists = []
    for hand in hands:
        acc = _triplet(found.get((hand, "acc")), units, _ACC_UNITS)
        gyro = _triplet(found.get((hand, "gyro")), units, _GYRO_UNITS)
        gravity = _triplet(found.get((hand, "gravity")), units, _ACC_UNITS)
        if acc or gyro:
            removed = kinds.get((hand, "acc"), "") in _LINEAR
            wrists.append(_Wrist(hand, acc, gyro, gravity, removed))
    return ChannelPlan(tuple(wrists)) if wrists else None


def _by_count(count: int, hand: Hand | None) -> ChannelPlan | None:
    hands: tuple[Hand | None, ...]
    if count == 6:
        hands = (hand,)
    elif count == 12:
        hands = ("left", "right")
    else:
        return None
    wrists = []
    for number, whose in enumerate(hands):
        at = 6 * number
        acc = _Triplet((at, at + 1, at + 2), None)
        gyro = _Triplet((at + 3, at + 4, at + 5), None)
        wrists.append(_Wrist(whose, acc, gyro, None, False))
    return ChannelPlan(tuple(wrists))


def _triplet(
    axes: dict[str, int] | None, units: Sequence[str | None], known: dict[str, float]
) -> _Triplet | None:
    if axes is None or len(axes) < 3:
        return None
    at = (axes["x"], axes["y"], axes["z"])
    unit = units[at[0]] if at[0] < len(units) else None
    return _Triplet(at, known.get((unit or "").strip().lower()))


def _hand_in(name: str) -> Hand | None:
    words = re.split(r"[^a-z]+", name.lower())
    hands = {_WORDS[word] for word in words if word in _WORDS}
    return hands.pop() if len(hands) == 1 else None
