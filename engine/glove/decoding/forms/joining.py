"""Accelerations and rates that are sent one after the other become one reading."""

from __future__ import annotations

from collections.abc import Sequence

from engine.glove.decoding.decoder import Counts
from engine.glove.reading import Reading
from engine.glove.recipes.framed_recipe import Group

_ALONE = 20
_MOST_CHANNELS = 16


class Joiner:
    """Holds what came of a reading until it is whole.

    What comes twice before the other was there replaces what came first, which is counted as
    'incomplete'. A device that never sends the other is handed on as it is, after a while: whoever
    reads must say what it lacks.
    """

    def __init__(self, wanted: Sequence[Group], counts: Counts, ordered: bool = False) -> None:
        """`ordered`: the device sends them in the order of `wanted`, so that a later one that comes
        first belongs to an earlier one that was lost."""
        self._wanted, self._counts, self._ordered = tuple(wanted), counts, ordered
        self._channels: dict[str, _Pending] = {}

    def add(self, readings: Sequence[Reading]) -> list[Reading]:
        """`readings`: those of one packet, the oldest first."""
        if not self._wanted or not readings:
            return list(readings)
        channel = readings[0].channel
        pending = self._channels.get(channel)
        if pending is None:
            if len(self._channels) >= _MOST_CHANNELS:
                self._counts.note("too-many-channels", len(readings))
                return []
            pending = self._channels[channel] = _Pending()
        groups = [group for group in self._wanted if getattr(readings[0], group) is not None]
        if len(groups) == len(self._wanted):
            pending.held.clear()
            return list(readings)
        if not groups:
            return list(readings)
        return self._join(pending, groups[0], readings)

    def reset(self) -> None:
        self._channels.clear()

    def _join(self, pending: _Pending, group: Group, readings: Sequence[Reading]) -> list[Reading]:
        held = pending.held
        if pending.lone == group:
            return list(readings)
        if pending.lone is not None:
            # The other comes after all.
            pending.lone, pending.alone = None, 0
        before = self._wanted[: self._wanted.index(group)]
        unfit = self._ordered and any(not held.get(other) for other in before)
        if held.get(group) or unfit:
            pending.alone += 1
            if pending.alone > _ALONE:
                held.clear()
                pending.lone = group
                return list(readings)
            self._counts.note("incomplete", len(readings) if unfit else len(held[group]))
            if unfit:
                return []
        held[group] = list(readings)
        if any(not held.get(other) for other in self._wanted):
            return []
        pending.alone = 0
        count = min(len(held[other]) for other in self._wanted)
        found = [
            _merged([held[other][i] for other in self._wanted], readings[i]) for i in range(count)
        ]
        held.clear()
        return found


class _Pending:
    def __init__(self) -> None:
        self.held: dict[Group, list[Reading]] = {}
        self.alone = 0
        self.lone: Group | None = None


def _merged(parts: Sequence[Reading], last: Reading) -> Reading:
    """Counts are those of the part that is named last, since each may count for itself."""
    acc = next((part for part in parts if part.acc is not None), last)
    gyro = next((part for part in parts if part.gyro is not None), last)
    return Reading(
        arrival_s=max(part.arrival_s for part in parts),
        channel=last.channel,
        hand=last.hand,
        acc=acc.acc,
        gyro=gyro.gyro,
        acc_known=acc.acc_known,
        gyro_known=gyro.gyro_known,
        gravity=acc.gravity,
        gravity_g=_first(parts, "gravity_g"),
        quaternion=_first(parts, "quaternion"),
        angles_deg=_first(parts, "angles_deg"),
        flex=_first(parts, "flex") or (),
        stamp_s=_first(parts[::-1], "stamp_s"),
        sequence=_first(parts[::-1], "sequence"),
    )


def _first(parts: Sequence[Reading], name: str):  # type: ignore[no-untyped-def]
    for part in parts:
        value = getattr(part, name)
        if value is not None and value != ():
            return value
    return None
