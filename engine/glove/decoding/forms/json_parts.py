"""What all decoders of JSON share, and Android's units."""

from __future__ import annotations

import json
import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from engine.glove.decoding.decoder import LARGEST, Counts
from engine.glove.decoding.forms.companions import Companions
from engine.glove.reading import Gravity, Reading
from engine.glove.sample import STANDARD_GRAVITY, Vector

LONGEST_BATCH_S = 10.0
"""No batch holds more than that: what is told to be older has a clock of its own."""

_LARGEST_BODY = 4 * 1024 * 1024


class JsonDecoder(ABC):
    """One whole JSON value at a time."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._companions = Companions(self.counts)

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        """`data`: one message or body, whole."""
        if len(data) > _LARGEST_BODY:
            self.counts.note("too-long")
            return []
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            self.counts.note("unparsable")
            return []
        found: list[Reading] = []
        for part in self.parts(content, arrival_s):
            found.extend(self._companions.add(part))
        self.counts.good += len(found)
        return found

    def reset(self) -> None:
        self._companions.reset()

    @abstractmethod
    def parts(self, content: Any, arrival_s: float) -> list[Reading]:
        """What single sensors tell in it, the oldest first."""

    def numbers(self, values: Sequence[Any], at_least: int) -> list[float] | None:
        """The first `at_least` of them, or None, counted."""
        numbers = values[:at_least]
        if len(numbers) < at_least or not all(type(n) in (int, float) for n in numbers):
            self.counts.note("wrong-count")
            return None
        if not all(-LARGEST < n < LARGEST for n in numbers):
            self.counts.note("not-finite" if _strange(numbers) else "out-of-range")
            return None
        return [float(n) for n in numbers]


def _strange(numbers: Sequence[float]) -> bool:
    return any(isinstance(n, float) and not math.isfinite(n) for n in numbers)


def time_s(value: object, unit_s: float) -> float | None:
    """`value` times `unit_s`, or None where it is no time."""
    if type(value) not in (int, float):
        return None
    assert isinstance(value, int | float)
    if not -1e20 < value < 1e20:
        return None
    return value * unit_s if unit_s >= 1.0 else value / (1.0 / unit_s)


def android_part(
    arrival_s: float, channel: str, kind: str, numbers: Sequence[float], stamp_s: float | None
) -> Reading:
    """One sensor's three numbers, in m/s² or rad/s. `kind`: 'acc' with gravity, 'lin' without,
    'unsure', 'gravity' or 'gyro'."""
    scale = math.degrees(1.0) if kind == "gyro" else 1.0 / STANDARD_GRAVITY
    vector: Vector = (numbers[0] * scale, numbers[1] * scale, numbers[2] * scale)
    if kind == "gyro":
        return Reading(arrival_s, channel, gyro=vector, gyro_known=True, stamp_s=stamp_s)
    if kind == "gravity":
        return Reading(arrival_s, channel, gravity_g=vector, stamp_s=stamp_s)
    gravity: Gravity = _GRAVITY[kind]
    return Reading(arrival_s, channel, acc=vector, acc_known=True, gravity=gravity, stamp_s=stamp_s)


_GRAVITY: dict[str, Gravity] = {"acc": "included", "lin": "removed", "unsure": "unknown"}


def turned_part(
    arrival_s: float, channel: str, q: Sequence[float], stamp_s: float | None
) -> Reading:
    """`q`: w, x, y, z."""
    return Reading(arrival_s, channel, quaternion=(q[0], q[1], q[2], q[3]), stamp_s=stamp_s)
