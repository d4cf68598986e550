"""What people call their columns: `accX`, `Gyro Y (dps)`, `timestamp_ms`, `flex_index`."""

from __future__ import annotations

_AXES = ("x", "y", "z")
_FINGERS = ("thumb", "index", "middle", "ring", "pinky", "little", "polegar", "bend", "flex")
_ACC = ("a", "acc", "accel", "acceleration", "accelerometer")
_GYRO = ("g", "gy", "gyr", "gyro", "gyroscope", "rate", "omega", "w")
_LIN = ("lin", "linacc", "linaccel", "linear", "linearacceleration", "linearaccel", "useraccel")
_GRAVITY = ("grav", "gravity")
_UNITS = (
    ("m/s2", ("ms2", "mps2", "mss")),
    ("rad/s", ("rads", "radps", "radsec")),
    ("dps", ("dps", "degs", "degps", "degsec")),
    ("mg", ("mg",)),
    ("g", ("g",)),
)
_TIMES = {
    "t": "t:auto",
    "time": "t:auto",
    "timestamp": "t:auto",
    "clock": "t:auto",
    "ms": "t:ms",
    "millis": "t:ms",
    "timems": "t:ms",
    "timestampms": "t:ms",
    "tms": "t:ms",
    "us": "t:us",
    "micros": "t:us",
    "timeus": "t:us",
    "timestampus": "t:us",
    "tus": "t:us",
}
_OTHERS = {
    "seq": "seq",
    "sequence": "seq",
    "count": "seq",
    "counter": "seq",
    "roll": "roll:deg",
    "pitch": "pitch:deg",
    "yaw": "yaw:deg",
    **{f"{stem}{axis}": f"q{axis}" for stem in ("q", "quat") for axis in ("w", "x", "y", "z")},
    **{f"q{i}": f"q{axis}" for i, axis in enumerate("wxyz")},
}


def named_column(name: str) -> str:
    """As `parse_columns` reads it, with its unit where the name tells it; '-' where it tells
    nothing."""
    hand, plain = _hand(_plain(name))
    unit, bare = _unit(plain)
    if plain in _TIMES:
        return _TIMES[plain]
    if bare in _OTHERS:
        return hand + _OTHERS[bare]
    if any(bare.startswith(finger) for finger in _FINGERS):
        return hand + "flex"
    role = _vector(bare)
    return "-" if role is None else hand + role + (f":{unit}" if unit else "")


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum() or letter == "_")


def _hand(name: str) -> tuple[str, str]:
    for hand in ("left", "right"):
        if name.startswith(hand):
            return f"{hand}.", name[len(hand) :].replace("_", "")
        if name.endswith(f"_{hand}"):
            return f"{hand}.", name[: -len(hand)].replace("_", "")
    for letter, hand in (("l", "left"), ("r", "right")):
        if name.startswith(f"{letter}_"):
            return f"{hand}.", name[2:].replace("_", "")
        if name.endswith(f"_{letter}"):
            return f"{hand}.", name[:-2].replace("_", "")
    return "", name.replace("_", "")


def _unit(name: str) -> tuple[str, str]:
    """The unit at a name's end, and the name without it."""
    for unit, spellings in _UNITS:
        for spelling in spellings:
            bare = name.removesuffix(spelling)
            if bare != name and _vector(bare) is not None:
                return unit, bare
    return "", name


def _vector(name: str) -> str | None:
    """`accx`, `xacc` and `gyroz` are what they sound like."""
    for stem, axis in ((name[:-1], name[-1:]), (name[1:], name[:1])):
        if axis not in _AXES:
            continue
        for role, stems in (("a", _ACC), ("g", _GYRO), ("lin", _LIN), ("grav", _GRAVITY)):
            if stem in stems:
                return f"{role}{axis}"
    return None
