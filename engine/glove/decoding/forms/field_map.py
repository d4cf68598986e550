"""From the numbers of one line or packet to readings."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.glove.decoding.decoder import LARGEST, Counts
from engine.glove.decoding.forms.unwrapping import ClockUnit, UnwrappedClock, UnwrappedCount
from engine.glove.reading import Gravity, Reading
from engine.glove.recipes.columns import Column
from engine.glove.sample import Hand, Vector

_ACC, _LIN = ("ax", "ay", "az"), ("linx", "liny", "linz")
_GRAVITY, _GYRO = ("gravx", "gravy", "gravz"), ("gx", "gy", "gz")
_QUATERNION = ("qw", "qx", "qy", "qz")
_ORIENTATION = ("roll", "pitch", "yaw")
_SHARED = ("t", "dt", "seq", "-")
_LARGEST_COUNT = 2.0**63
_JUMP_S = 10.0

_Triplet = tuple[int, int, int, float, float, float]


class FieldMap:
    """Which number is what: compiled once, used for each line.

    Columns named for several channels give one reading each. A clock or counter that is named
    without a channel is everybody's.
    """

    def __init__(
        self, columns: Sequence[Column], counts: Counts, hand: Hand | None = None, channel: str = ""
    ) -> None:
        """`hand`, `channel`: of columns that name none."""
        self._counts = counts
        channels = dict.fromkeys(c.channel for c in columns if c.role not in _SHARED)
        self._clocks = {c.channel: _Clock(i, c) for i, c in enumerate(columns) if c.role == "t"}
        later = [(i, c.scale) for i, c in enumerate(columns) if c.role == "dt"]
        self._later = later[0] if later else None
        self._tallies = {c.channel: _Tally(i, c) for i, c in enumerate(columns) if c.role == "seq"}
        self._blocks = [_Block(columns, name, hand, channel) for name in channels]
        self._size = len(columns)

    @property
    def spreads(self) -> bool:
        """The numbers themselves say how much later than the packet's stamp each sample is."""
        return self._later is not None

    def __len__(self) -> int:
        """How many numbers it takes."""
        return self._size

    def readings(self, values: Sequence[float], arrival_s: float) -> list[Reading] | str:
        """The readings in `values`, or the kind of trouble, as `Counts` names it."""
        total = sum(values)
        if total - total != 0.0:
            return "not-finite"
        stamps: dict[str, float | None] = {}
        for name, clock in self._clocks.items():
            stamp = clock.at(values, arrival_s, self._counts)
            if stamp is not None and self._later is not None:
                stamp += values[self._later[0]] * self._later[1]
            stamps[name] = stamp
        sequences: dict[str, int] = {}
        for name, tally in self._tallies.items():
            if not 0.0 <= values[tally.index] < _LARGEST_COUNT:
                return "out-of-range"
            sequences[name] = tally.at(values)
        found: list[Reading] = []
        for block in self._blocks:
            name = block.own
            stamp = stamps.get(name, stamps.get(""))
            reading = block.reading(
                values, arrival_s, stamp, sequences.get(name, sequences.get(""))
            )
            if reading is None:
                return "out-of-range"
            found.append(reading)
        return found

    def restart(self) -> None:
        """The connection was opened anew: clocks and counters may be anywhere."""
        for clock in self._clocks.values():
            clock.restart()
        for tally in self._tallies.values():
            tally.restart()


class _Clock:
    def __init__(self, index: int, column: Column) -> None:
        self._index, self._column = index, column
        self._unit = ClockUnit() if math.isnan(column.scale) else None
        self.restart()

    def restart(self) -> None:
        self._unwrapped = UnwrappedClock(self._column.modulus)
        self._ahead: float | None = None

    def at(self, values: Sequence[float], arrival_s: float, counts: Counts) -> float | None:
        raw: float | None = values[self._index]
        assert raw is not None
        if self._unit is None:
            raw *= self._column.scale
        else:
            raw = self._unit.seconds(raw, arrival_s)
            if raw is None:
                return None
        stamp = self._unwrapped.next(raw, arrival_s)
        ahead = stamp - arrival_s
        if self._unwrapped.went_back:
            counts.note("backward-clock")
        elif self._ahead is not None and ahead - self._ahead > _JUMP_S:
            counts.note("future-clock")
        self._ahead = ahead
        return stamp


class _Tally:
    def __init__(self, index: int, column: Column) -> None:
        self.index = index
        self._modulus = None if column.modulus is None else int(column.modulus)
        self.restart()

    def restart(self) -> None:
        self._unwrapped = UnwrappedCount(self._modulus)

    def at(self, values: Sequence[float]) -> int:
        return self._unwrapped.next(int(values[self.index]))


class _Block:
    """What one channel has."""

    def __init__(
        self, columns: Sequence[Column], own: str, hand: Hand | None, channel: str
    ) -> None:
        mine: dict[str, tuple[int, Column]] = {}
        for i, column in enumerate(columns):
            if column.channel == own:
                mine.setdefault(column.role, (i, column))
        self.own = own
        first = next(column for column in columns if column.channel == own)
        self.hand: Hand | None = first.hand or (None if own else hand)
        self.channel = own or channel
        roles = _ACC if all(role in mine for role in _ACC) else _LIN
        self._acc, self._gyro = _triplet(mine, roles), _triplet(mine, _GYRO)
        self._acc_known = self._acc is not None and all(mine[r][1].known for r in roles)
        self._gyro_known = self._gyro is not None and all(mine[r][1].known for r in _GYRO)
        self._gravity: Gravity = "unknown"
        if self._acc is not None and roles is _LIN:
            self._gravity = "removed"
        elif self._acc_known:
            self._gravity = "included"
        self._gravity_g = _triplet(mine, _GRAVITY)
        self._quaternion = _places(mine, _QUATERNION)
        angles = [
            (i, c.scale) for i, c in enumerate(columns) if c.role == "angle" and c.channel == own
        ]
        turns = [mine[role] for role in _ORIENTATION if role in mine]
        self._angles = angles or [(i, c.scale) for i, c in turns]
        self._flex = [i for i, c in enumerate(columns) if c.role == "flex" and c.channel == own]

    def reading(
        self,
        values: Sequence[float],
        arrival_s: float,
        stamp_s: float | None,
        sequence: int | None,
    ) -> Reading | None:
        """None where a number is larger than any sensor's."""
        acc = gyro = gravity = quaternion = angles = None
        if self._acc is not None and (acc := _vector(self._acc, values)) is None:
            return None
        if self._gyro is not None and (gyro := _vector(self._gyro, values)) is None:
            return None
        if self._gravity_g is not None and (gravity := _vector(self._gravity_g, values)) is None:
            return None
        if self._quaternion is not None:
            w, x, y, z = self._quaternion
            q = (values[w[0]] * w[1], values[x[0]] * x[1], values[y[0]] * y[1], values[z[0]] * z[1])
            norm = q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]
            # Zeros are what a sensor sends that has no orientation yet.
            if 0.5 < norm < 2.0:
                quaternion = q
        if self._angles:
            angles = tuple([values[i] * scale for i, scale in self._angles])
            if not all(-LARGEST < angle < LARGEST for angle in angles):
                return None
        return Reading(
            arrival_s,
            self.channel,
            self.hand,
            acc,
            gyro,
            self._acc_known,
            self._gyro_known,
            self._gravity,
            gravity,
            quaternion,
            angles,
            tuple([values[i] for i in self._flex]) if self._flex else (),
            stamp_s,
            sequence,
        )


def _vector(triplet: _Triplet, values: Sequence[float]) -> Vector | None:
    i, j, k, a, b, c = triplet
    x, y, z = values[i] * a, values[j] * b, values[k] * c
    if -LARGEST < x < LARGEST and -LARGEST < y < LARGEST and -LARGEST < z < LARGEST:
        return x, y, z
    return None


def _places(
    mine: dict[str, tuple[int, Column]], roles: Sequence[str]
) -> list[tuple[int, float]] | None:
    if not all(role in mine for role in roles):
        return None
    return [(mine[role][0], mine[role][1].scale) for role in roles]


def _triplet(mine: dict[str, tuple[int, Column]], roles: Sequence[str]) -> _Triplet | None:
    places = _places(mine, roles)
    if places is None:
        return None
    (i, a), (j, b), (k, c) = places
    return i, j, k, a, b, c
