"""What the played devices measure: known for every number of a sample, so that tests can compare.
Needs nothing but Python, for devices that must start within moments."""

from __future__ import annotations

import math

HEADER = "#signmirror 1 hand={hand} cols=t:us,seq,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps"
STANDARD_GRAVITY = 9.80665


MANY = 4000
"""After so many, the samples begin anew."""


def values(number: int) -> tuple[float, float, float, float, float, float]:
    """Acceleration in g and rates in degrees per second of sample `number`."""
    number %= MANY
    return (
        round(0.5 * math.sin(number / 20), 4),
        round(0.3 * math.cos(number / 31), 4),
        0.98,
        round(number * 0.1 - 200, 1),
        round(100 * math.sin(number / 17), 2),
        -3.25,
    )


def line(number: int, t_s: float) -> str:
    """In our own text protocol."""
    told = ",".join(f"{value:g}" for value in values(number))
    return f"{round(t_s * 1e6)},{number},{told}"
