"""The unit of an accelerometer, from what it says at rest, where it feels gravity alone."""

from __future__ import annotations

from dataclasses import dataclass

from engine.glove.sample import STANDARD_GRAVITY

GRAVITY_REMOVED_BELOW = 0.3
"""A length at rest below this, in any unit, has no gravity in it."""

COUNTS_PER_G = (2048, 4096, 8192, 16384)
"""Of the usual sensors: 16 bits for ±16, ±8, ±4 and ±2 g."""

ACC_UNITS: dict[str, float] = {
    "g": 1.0,
    "m/s²": STANDARD_GRAVITY,
    "mg": 1000.0,
    **{f"counts, {count} per g": float(count) for count in COUNTS_PER_G},
}
"""How many make one g."""

_TOLERANCE = 0.15


@dataclass(frozen=True, slots=True)
class AccUnit:
    name: str
    per_g: float


def acc_unit_of(length_at_rest: float) -> AccUnit | None:
    """The unit in which gravity has about this length, within 15 %; None where it is none of
    `ACC_UNITS`. Cheap sensors are off by 5 % and more, so the unit's own value is taken, and not
    what was measured."""
    name = min(ACC_UNITS, key=lambda name: abs(length_at_rest / ACC_UNITS[name] - 1.0))
    if abs(length_at_rest / ACC_UNITS[name] - 1.0) > _TOLERANCE:
        return None
    return AccUnit(name, ACC_UNITS[name])


def is_gravity_removed(length_at_rest: float) -> bool:
    return length_at_rest < GRAVITY_REMOVED_BELOW
