"""What a decoder makes of what was sent: before clocks are joined and units are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.glove.sample import Hand, Vector

Gravity = Literal["included", "removed", "unknown"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One moment of one sensor of one device, as it was sent.

    `arrival_s`: `time.perf_counter()` when the last byte was here. `channel`: which of a
    connection's sensors, where there are several ('left', 'right', an OSC device's name); `hand`:
    which hand, where the stream itself says so. `stamp_s`: the device's clock in s, unwrapped;
    a clock that starts anew is handed on as it is. `sequence`: the device's count, unwrapped.

    `acc` is in g where `acc_known`, else in whatever the device sends; so are `gyro` (°/s) and
    `gyro_known`. `gravity` says whether it is in `acc`; `gravity_g`: a separate gravity channel, in
    g. `quaternion` is w, x, y, z. `angles_deg`: fingers', or roll, pitch and yaw. `derived`: `gyro`
    was worked out from orientations.
    """

    arrival_s: float
    channel: str = ""
    hand: Hand | None = None
    acc: Vector | None = None
    gyro: Vector | None = None
    acc_known: bool = False
    gyro_known: bool = False
    gravity: Gravity = "unknown"
    gravity_g: Vector | None = None
    quaternion: tuple[float, float, float, float] | None = None
    angles_deg: tuple[float, ...] | None = None
    flex: tuple[float, ...] = ()
    stamp_s: float | None = None
    sequence: int | None = None
    derived: bool = False
