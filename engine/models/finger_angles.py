"""Angles of fingers as a network takes them."""

from __future__ import annotations

from engine.arrays import Array, array_namespace


def encode_angles(degrees: Array) -> Array:
    """`(..., angles, n)` to `(..., 2 * angles, n)`: all sines, then all cosines. 179° and -179°,
    two degrees apart on a hand, are so for the network too."""
    xp = array_namespace(degrees)
    radians = degrees * (3.141592653589793 / 180.0)
    return xp.concat([xp.sin(radians), xp.cos(radians)], axis=-2)
