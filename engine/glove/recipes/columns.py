"""How one value in a line or packet is named: `ax:g`, `left.gx:/131`, `t:us`, `flex*5`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from engine.glove.sample import STANDARD_GRAVITY, Hand

IGNORED = "-"
"""What is not used."""

HANDS: dict[str, Hand] = {"l": "left", "left": "left", "r": "right", "right": "right"}
"""As a header or a column names them."""

AUTO = math.nan
"""Scale of a clock whose unit is found from the times of arrival."""

_ACC = {
    "g": 1.0,
    "mg": 1e-3,
    "m/s2": 1.0 / STANDARD_GRAVITY,
    "ms2": 1.0 / STANDARD_GRAVITY,
    "m/s^2": 1.0 / STANDARD_GRAVITY,
}
_GYRO = {
    "dps": 1.0,
    "deg/s": 1.0,
    "mdps": 1e-3,
    "rad/s": math.degrees(1.0),
    "rads": math.degrees(1.0),
}
_ANGLE = {"deg": 1.0, "rad": math.degrees(1.0)}
_TIME = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "auto": AUTO}
_COUNT = {"u8": 2.0**8, "u16": 2.0**16, "u32": 2.0**32}
_WRAPPING = ("us", "ms")

_UNITS: dict[str, dict[str, float]] = {
    **dict.fromkeys(("ax", "ay", "az", "linx", "liny", "linz"), _ACC),
    **dict.fromkeys(("gravx", "gravy", "gravz"), _ACC),
    **dict.fromkeys(("gx", "gy", "gz"), _GYRO),
    **{role: {} for role in ("qw", "qx", "qy", "qz")},
    **dict.fromkeys(("roll", "pitch", "yaw", "angle"), _ANGLE),
    "t": _TIME,
    "dt": _TIME,
    "seq": _COUNT,
    "flex": {},
    IGNORED: {},
}
_MOST_REPEATS = 64


@dataclass(frozen=True, slots=True)
class Column:
    """`role`: 'ax'…'az' with gravity, 'linx'… without, 'gravx'… gravity alone, 'gx'…, 'qw'…,
    'roll', 'pitch', 'yaw', 'angle' of a finger, 't', 'dt' added to it, 'seq', 'flex' or '-'. The
    value times `scale` is in g, °/s, ° or s where `known`. `modulus`: after so many s or counts the
    device starts again at 0; `optional`: lines without it are good too."""

    role: str
    channel: str = ""
    scale: float = 1.0
    known: bool = False
    modulus: float | None = None
    optional: bool = False

    @property
    def hand(self) -> Hand | None:
        return HANDS.get(self.channel)


def parse_columns(specs: Iterable[str], strict: bool = True) -> tuple[Column, ...]:
    """`[CHANNEL.]ROLE[:UNIT][*COUNT][?]`; `lax` and `rax` are `left.ax` and `right.ax`.

    Units: g, mg, m/s2; dps, mdps, rad/s; deg, rad; s, ms, us, ns, auto; u8, u16, u32 for counts; or
    `/16384`, the counts in one g, °/s or whole. ValueError names what cannot be read; unless
    `strict`, a name that is not known is not used.
    """
    found: list[Column] = []
    for spec in specs:
        found.extend(_parse(spec.strip(), strict))
    return tuple(found)


def _parse(spec: str, strict: bool) -> list[Column]:
    text, optional = (spec[:-1], True) if spec.endswith("?") else (spec, False)
    text, star, count = text.partition("*")
    times = int(count) if star and count.isascii() and count.isdigit() else 1
    if (star and not count.isdigit()) or not 1 <= times <= _MOST_REPEATS:
        raise ValueError(f"{spec}: after * stands a number from 1 to {_MOST_REPEATS}")
    name, _, unit = text.partition(":")
    channel, role = _channel_and_role(name.strip())
    if role not in _UNITS:
        if strict:
            raise ValueError(f"{spec}: no such column")
        return [Column(IGNORED)] * times
    scale, known = _scale(spec, role, unit.strip())
    modulus = None
    if role == "t" and unit in _WRAPPING:
        modulus = 2.0**32 * scale
    elif role == "seq":
        modulus, scale = (scale if known else None), 1.0
    return [Column(role, channel, scale, known, modulus, optional)] * times


def _channel_and_role(name: str) -> tuple[str, str]:
    channel, dot, role = name.rpartition(".")
    if dot:
        return HANDS.get(channel.lower(), channel), _plain(role)
    role = _plain(name)
    if role not in _UNITS and name[:1] in ("l", "r") and _plain(name[1:]) in _UNITS:
        return HANDS[name[0]], _plain(name[1:])
    return "", role


def _plain(role: str) -> str:
    """`flex3`, `f3` and `angle7` are one more of their kind."""
    bare = role.rstrip("0123456789")
    if bare != role and bare in ("f", "flex", "angle"):
        return "flex" if bare == "f" else bare
    return role


def _scale(spec: str, role: str, unit: str) -> tuple[float, bool]:
    if not unit:
        # Arduino's millis() is what a bare clock is.
        return (1e-3, True) if role in ("t", "dt") else (1.0, False)
    if role in ("flex", IGNORED):
        return 1.0, False
    if unit in _UNITS[role]:
        return _UNITS[role][unit], True
    if unit.startswith("/") and role not in ("t", "dt", "seq"):
        try:
            counts = float(unit[1:])
        except ValueError:
            counts = 0.0
        if math.isfinite(counts) and counts > 0.0:
            return 1.0 / counts, True
    raise ValueError(f"{spec}: unit {unit} is not known")
