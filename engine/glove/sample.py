"""The one contract for what a glove measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Hand = Literal["left", "right"]
Vector = tuple[float, float, float]

STANDARD_GRAVITY = 9.80665
"""m/s² in one g."""


@dataclass(frozen=True, slots=True)
class ImuSample:
    """One moment of one wrist, calibrated.

    `t_s`: on the host's monotonic clock, that of `time.perf_counter()`, when it was measured;
    increasing for each hand. `acc_g` with gravity included, `gyro_dps` in degrees per
    second, in the wrist's axes: x along the arm. `sequence`: the device's own count, unwrapped,
    and `device_s` its own clock, unwrapped, where it has one. `derived`: the rates were worked out
    from orientations, not measured.
    """

    t_s: float
    acc_g: Vector
    gyro_dps: Vector
    hand: Hand
    sequence: int | None = None
    device_s: float | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class FingerSample:
    """One moment of a glove that tells angles of fingers and no accelerations.

    `angles_deg`: as many as its recipe names, each in (-180, 180].
    """

    t_s: float
    angles_deg: tuple[float, ...]
    hand: Hand | None = None
    sequence: int | None = None
    device_s: float | None = None
