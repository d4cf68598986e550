"""Rates, accelerations, gravity and orientation that phones send apart, each when it likes."""

from __future__ import annotations

from dataclasses import replace

from engine.glove.decoding.decoder import Counts
from engine.glove.reading import Reading

_FRESH_S = 0.1
_SLOW_FRESH_S = 0.5
_ALONE = 20
_MOST_CHANNELS = 16


class Companions:
    """Each rate takes the newest acceleration with it, and gravity and orientation where there are
    any. A device that has no rates, or nothing but rates, is handed on as it is, after a while."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._channels: dict[str, _Latest] = {}

    def add(self, part: Reading) -> list[Reading]:
        """`part`: of one sensor."""
        latest = self._channels.get(part.channel)
        if latest is None:
            if len(self._channels) >= _MOST_CHANNELS:
                self._counts.note("too-many-channels")
                return []
            latest = self._channels[part.channel] = _Latest()
        return latest.add(part, self._counts)

    def reset(self) -> None:
        self._channels.clear()


class _Latest:
    def __init__(self) -> None:
        self._acc: Reading | None = None
        self._gravity: Reading | None = None
        self._quaternion: Reading | None = None
        self._lone_acc = self._lone_gyro = 0

    def add(self, part: Reading, counts: Counts) -> list[Reading]:
        if part.acc is not None and part.gyro is not None:
            return [self._with_orientation(part)]
        if part.gravity_g is not None:
            self._gravity = part
        if part.quaternion is not None:
            self._quaternion = part
        if part.acc is not None:
            return self._add_acc(part)
        if part.gyro is not None:
            return self._add_gyro(part, counts)
        return []

    def _add_acc(self, part: Reading) -> list[Reading]:
        held = self._acc
        whole = held is not None and held.gravity == "included" and _near(held, part, _FRESH_S)
        if not (part.gravity == "removed" and whole):
            self._acc = part
        self._lone_acc += 1
        return [self._with_orientation(part)] if self._lone_acc > _ALONE else []

    def _add_gyro(self, part: Reading, counts: Counts) -> list[Reading]:
        self._lone_acc = 0
        acc = self._acc
        if acc is None or not _near(acc, part, _FRESH_S):
            self._lone_gyro += 1
            if self._lone_gyro > _ALONE:
                return [self._with_orientation(part)]
            counts.note("incomplete")
            return []
        self._lone_gyro = 0
        whole = replace(part, acc=acc.acc, acc_known=acc.acc_known, gravity=acc.gravity)
        return [self._with_orientation(whole)]

    def _with_orientation(self, reading: Reading) -> Reading:
        gravity, quaternion = self._gravity, self._quaternion
        if gravity is not None and _near(gravity, reading, _SLOW_FRESH_S):
            # Whoever sends gravity by itself has usually taken it out of the accelerations.
            kind = "removed" if reading.gravity == "unknown" else reading.gravity
            reading = replace(reading, gravity_g=gravity.gravity_g, gravity=kind)
        if (
            quaternion is not None
            and reading.quaternion is None
            and _near(quaternion, reading, _SLOW_FRESH_S)
        ):
            reading = replace(reading, quaternion=quaternion.quaternion)
        return reading


def _near(one: Reading, other: Reading, within_s: float) -> bool:
    if one.stamp_s is not None and other.stamp_s is not None:
        return abs(one.stamp_s - other.stamp_s) <= within_s
    return abs(one.arrival_s - other.arrival_s) <= within_s
