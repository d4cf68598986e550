"""A glove's samples beside a video: whatever its logger writes, as acceleration in g and rate in
degrees per second, of one wrist or of both.

The header says which column is which. What cannot be told is refused by name: six numbers in the
wrong order train a network on nonsense without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.errors import DataError
from training.readers.files.csv_text import TableText, read_table
from training.readers.files.even_time import evenly_in_time
from training.readers.files.listing import ImuSeries, Wrist

UNITS = ("g", "g", "g", "deg/s", "deg/s", "deg/s")
COLUMNS = ("ax", "ay", "az", "gx", "gy", "gz")
_SIDES: tuple[Wrist, Wrist] = ("left", "right")
STANDARD_GRAVITY = 9.80665

_ACC = r"(?:a|acc|accel|acceleration|accelerometer)"
_GYRO = r"(?:g|w|gyr|gyro|gyroscope|rate|angularvelocity|angvel)"
_TIME = re.compile(r"^(?:t|time|timestamp|timestampms|timestampus|ms|us|millis|micros|seconds)$")
_SCALES = {
    "": 1.0,
    "g": 1.0,
    "mg": 1e-3,
    "m/s2": 1 / STANDARD_GRAVITY,
    "ms2": 1 / STANDARD_GRAVITY,
    "ms-2": 1 / STANDARD_GRAVITY,
    "deg/s": 1.0,
    "dps": 1.0,
    "degs": 1.0,
    "mdps": 1e-3,
    "rad/s": 180 / np.pi,
    "rads": 180 / np.pi,
    "rps": 180 / np.pi,
}
_ACC_UNITS = frozenset({"", "g", "mg", "m/s2", "ms2", "ms-2"})
_SECONDS = {"ms": 1e-3, "millis": 1e-3, "us": 1e-6, "micros": 1e-6, "ns": 1e-9}
_MOST_G, _MOST_DPS = 16.0, 4000.0
"""The largest range of the sensors that gloves are made with: beyond it, a unit is another one."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns stand, accelerations first, what each is multiplied by, whose they are
    where that is told, and where the time stands, with seconds a unit (None: to be told from its
    values)."""

    places: tuple[int, ...]
    scales: tuple[float, ...]
    time: int | None = None
    seconds: float | None = None
    wrists: tuple[Wrist, ...] = ()


def read_glove(file: Path) -> ImuSeries:
    """Of a `.csv` or `.npy`, `(n, 6)`, or `(n, 12)` where its header names both wrists: left and
    right accelerations, left and right rates. Evenly in time where the file tells time. Raises
    DataError naming the file and what is wrong with it."""
    if file.suffix.lower() == ".npy":
        rows, layout = _array(file)
    else:
        rows, layout = _table(file)
    if len(rows) < 2:
        raise DataError(f"{file}: needs at least 2 rows of {' '.join(COLUMNS)}")
    samples = rows[:, list(layout.places)] * np.array(layout.scales)
    if not np.isfinite(samples).all():
        raise DataError(f"{file}: holds values that are no numbers")
    _check_ranges(file, samples)
    half = samples.shape[1] // 2
    units = ("g",) * half + ("deg/s",) * half
    if layout.time is None:
        return ImuSeries(samples.astype(np.float32), units, wrists=layout.wrists)
    steady, rate = _steady(file, samples, rows[:, layout.time], layout.seconds)
    return ImuSeries(steady, units, rate, layout.wrists)


def _table(file: Path) -> tuple[NDArray[np.float64], _Layout]:
    table = read_table(file)
    rows = list(table.rows)
    if not rows:
        raise DataError(f"{file}: holds no row of numbers")
    layout: _Layout | None = None
    if not _are_numbers(table, rows[0][1]):
        titles = rows.pop(0)[1]
        units: tuple[str, ...] = ()
        if rows and not any(_is_number(table, cell) for cell in rows[0][1] if cell):
            units = rows.pop(0)[1]
        layout = _named(file, titles, units)
        # The header's own trailing separator is no column.
        width = len(titles)
        while width and not titles[width - 1]:
            width -= 1
    else:
        width = len(rows[0][1])
    if rows and len(rows[-1][1]) < width and not table.ends_whole:
        # Switched off in the middle of a line.
        rows.pop()
    numbers = _numbers(file, table, rows, width)
    return numbers, layout or _by_place(file, numbers)


def _numbers(
    file: Path, table: TableText, rows: list[tuple[int, tuple[str, ...]]], width: int
) -> NDArray[np.float64]:
    values = []
    for line, cells in rows:
        kept = cells[:width] if not any(cells[width:]) else cells
        if len(kept) != width:
            raise DataError(f"{file}: line {line} has {len(kept)} columns, not {width}")
        try:
            values.append([table.number(cell) for cell in kept])
        except ValueError as error:
            raise DataError(f"{file}: line {line} holds something that is no number") from error
    if not values:
        raise DataError(f"{file}: holds no row of numbers")
    return np.array(values, float)


def _array(file: Path) -> tuple[NDArray[np.float64], _Layout]:
    try:
        rows = np.asarray(np.load(file, allow_pickle=False), np.float64)
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise DataError(f"{file}: not a readable array of numbers") from error
    if rows.ndim != 2:
        raise DataError(f"{file}: needs at least 2 rows of {' '.join(COLUMNS)}")
    if rows.shape[0] in (6, 7) and rows.shape[1] > 7:
        # Channel first, as many tools save it.
        rows = rows.T
    return rows, _by_place(file, rows)


def _by_place(file: Path, rows: NDArray[np.float64]) -> _Layout:
    """Without a header there are six columns in our order, or a clock before them."""
    columns = rows.shape[1]
    if columns == 6:
        return _Layout(tuple(range(6)), (1.0,) * 6)
    if columns == 7 and len(rows) > 1 and (np.diff(rows[:, 0]) > 0).all():
        return _Layout(tuple(range(1, 7)), (1.0,) * 6, time=0)
    raise DataError(
        f"{file}: has {columns} columns and no header that says which of them are"
        f" {' '.join(COLUMNS)}"
    )


def _named(file: Path, titles: tuple[str, ...], units: tuple[str, ...]) -> _Layout:
    places: dict[str, int] = {}
    scales: dict[str, float] = {}
    time: int | None = None
    seconds: float | None = None
    sides: set[Wrist | None] = set()
    for place, title in enumerate(titles):
        word, unit = _parts(title)
        if units and place < len(units) and units[place]:
            unit = _unit(units[place])
        wrist, name = _column(word)
        if name is not None:
            axis = name[-2:]
            if name in places:
                raise DataError(f"{file}: its header names {name} twice, in {title!r} too")
            known = unit in _ACC_UNITS if axis[0] == "a" else unit in _SCALES
            if not known or (axis[0] == "g" and unit in _ACC_UNITS - {"", "g"}):
                raise DataError(f"{file}: the unit of {title!r} is not known")
            places[name] = place
            # 'gx (g)' is nobody's angular rate; but a lone g in such a title is the sensor's own.
            scales[name] = 1.0 if axis[0] == "g" and unit == "g" else _SCALES[unit]
            sides.add(wrist)
        elif time is None and _TIME.match(word):
            time = place
            named = unit or next((u for u in ("ms", "us") if word.endswith(u)), word)
            seconds = _SECONDS.get(named, 1.0 if unit in ("s", "sec") else None)
    if None in sides and len(sides) > 1:
        raise DataError(f"{file}: its header names a wrist for some of its columns and not for all")
    wrists = tuple(side for side in _SIDES if side in sides)
    names = _names(wrists)
    missing = [name for name in names if name not in places]
    if missing:
        raise DataError(
            f"{file}: its header does not name {' '.join(missing)}; columns are to be called"
            f" {' '.join(COLUMNS)}, or left_ax … right_gz, with time before them where there is one"
        )
    order = tuple(places[name] for name in names)
    return _Layout(order, tuple(scales[name] for name in names), time, seconds, wrists)


def _names(wrists: tuple[Wrist, ...]) -> tuple[str, ...]:
    """Of the columns, in the order of the channels."""
    if not wrists:
        return COLUMNS
    return tuple(
        f"{wrist} {one}" for kind in (COLUMNS[:3], COLUMNS[3:]) for wrist in wrists for one in kind
    )


def _parts(title: str) -> tuple[str, str]:
    """`Acc X (m/s²)` is `accx` and `m/s2`."""
    match = re.match(r"^(.*?)[\s_]*[(\[](.*?)[)\]]\s*$", title.strip())
    word, unit = (match[1], match[2]) if match else (title, "")
    return re.sub(r"[\s_.\-]", "", word).lower(), _unit(unit)


def _unit(text: str) -> str:
    plain = text.strip().lower().replace("²", "2").replace("^", "").replace("°", "deg")
    return re.sub(r"[\s*]", "", plain).replace("/sec", "/s").replace("degree", "deg")


def _column(word: str) -> tuple[Wrist | None, str | None]:
    """`accx` is `ax`; `leftaccx`, `laccx` and `accxleft` are `left ax`, of the left wrist."""
    match = re.match(rf"^(left|right|l|r)?(?:({_ACC})|({_GYRO}))([xyz])(left|right)?$", word)
    if match is None or (match[1] and match[5]):
        return None, None
    name = ("a" if match[2] else "g") + match[4]
    said = match[1] or match[5]
    if not said:
        return None, name
    wrist: Wrist = "left" if said[0] == "l" else "right"
    return wrist, f"{wrist} {name}"


def _is_number(table: TableText, cell: str) -> bool:
    try:
        table.number(cell)
    except ValueError:
        return False
    return True


def _are_numbers(table: TableText, cells: tuple[str, ...]) -> bool:
    return all(_is_number(table, cell) for cell in cells if cell)


def _check_ranges(file: Path, samples: NDArray[np.float64]) -> None:
    half = samples.shape[1] // 2
    triples = samples[:, :half].reshape(len(samples), -1, 3)
    acc = float(np.median(np.linalg.norm(triples, axis=2), axis=0).max())
    rate = float(np.abs(samples[:, half:]).max())
    if acc > _MOST_G / 4:
        raise DataError(
            f"{file}: an acceleration of {acc:.3g} g is none of a hand; name its unit in the"
            " header, as in 'ax (m/s^2)'"
        )
    if rate > _MOST_DPS:
        raise DataError(
            f"{file}: a rate of {rate:.3g} °/s is none of a hand; name its unit in the header, as"
            " in 'gx (mdps)'"
        )


def _steady(
    file: Path, samples: NDArray[np.float64], time: NDArray[np.float64], seconds: float | None
) -> tuple[NDArray[np.float32], float | None]:
    """Evenly in time, by the file's own clock; the rate in Hz where that clock tells it."""
    steady, rate = evenly_in_time(file, samples, time)
    if seconds is not None:
        rate /= seconds
    else:
        # Seconds, milli- or microseconds: a hand's sensor makes some dozens to hundreds a second.
        rate = next((rate * by for by in (1.0, 1e3, 1e6, 1e9) if 5 <= rate * by <= 2000), 0.0)
    # A clock that counts in nothing known says how samples are spaced, not how fast they came.
    return steady, rate if 5 <= rate <= 2000 else None
