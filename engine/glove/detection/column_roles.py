"""Which column is what, seen from the numbers alone."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.glove.calibration.acc_units import COUNTS_PER_G, is_gravity_removed
from engine.glove.sample import STANDARD_GRAVITY

_Table = npt.NDArray[np.float64]

_TIME_UNITS = (("us", 1e-6), ("ms", 1e-3), ("s", 1.0), ("ns", 1e-9))
_ACC_UNITS = (
    ("g", 1.0),
    ("m/s2", STANDARD_GRAVITY),
    ("mg", 1000.0),
    *((f"/{count}", float(count)) for count in COUNTS_PER_G),
)
_UNIT_ERROR = 0.15
"""Sensors are a few percent off, and seldom more than a tenth."""
_COUNTS_LIKE_FLEX = 2100.0
_STEADY = 0.2
_FASTEST = 4.0
"""Times gravity: a hand seldom exceeds it, and rates exceed their bias by far when it turns."""
_SURE_OF_DEGREES = 40.0
"""No hand turns by so many radians a second."""
_LEAST_STILL = 0.25
_SLOWEST_S = 0.05


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """`specs`: one for each column, as `parse_columns` reads them. `acc`: unit of accelerations, ''
    where it is not known and None where there are none; `gyro` and `gravity` alike. `turned`: how
    far the sensor was turned while it was watched, 0..1; accelerations are surer then. `unclear`:
    accelerations and rates may be the other way round, as long as nothing turns: rates of a biased
    gyroscope at rest may be as long as gravity."""

    specs: tuple[str, ...]
    acc: str | None
    gyro: str | None
    gravity_removed: bool
    turned: float
    unclear: bool


def guess_roles(values: _Table, arrivals_s: npt.NDArray[np.float64], decimals: int) -> ColumnRoles:
    """`values`: lines x columns; `arrivals_s`: of the lines; `decimals`: digits after the point
    that the numbers have at most.

    Time is the column whose steps match the arrivals, a quaternion has norm 1, accelerations are
    three columns whose norm is gravity's when nothing moves, rates are three near 0 then, and what
    is never negative are flexes. Rates have a unit only where they are too large for rad/s.
    """
    count = values.shape[1]
    specs = ["-"] * count
    free = np.ones(count, dtype=bool)
    _claim_clock(values, arrivals_s, specs, free)
    _claim_counter(values, specs, free)
    _claim_quaternion(values, specs, free, decimals)
    units: list[tuple[str, str]] = []
    removed = False
    unclear = False
    turned = 0.0
    while len(units) < 2:
        pair = _best_pair(values, free, any(s == "qw" for s in specs), not units)
        if pair is None:
            break
        units.append((pair.unit, _gyro_unit(values, pair)))
        removed = removed or pair.removed
        unclear = unclear or pair.either
        turned = max(turned, _turned(values, pair.acc))
        names = ("linx", "liny", "linz") if pair.removed else ("ax", "ay", "az")
        for i, name in enumerate(names):
            specs[pair.acc + i] = f"{name}:{pair.unit}" if pair.unit else name
            free[pair.acc + i] = False
        if pair.gyro is not None:
            for i, name in enumerate(("gx", "gy", "gz")):
                unit = units[-1][1]
                specs[pair.gyro + i] = f"{name}:{unit}" if unit else name
                free[pair.gyro + i] = False
    if len(units) == 2:
        specs = _two_channels(specs)
    for i in np.flatnonzero(free).tolist():
        if (values[:, i] >= 0).all() and np.ptp(values[:, i]) > 0:
            specs[i] = "flex"
    has_gyro = any(s.rpartition(".")[2].startswith("gx") for s in specs)
    return ColumnRoles(
        tuple(specs),
        units[0][0] if units else None,
        units[0][1] if units and has_gyro else None,
        removed,
        turned,
        unclear,
    )


def acc_unit(values: _Table) -> str:
    """Unit of three columns by their norm at rest: as of a column, 'removed', or '' for none."""
    norm = float(np.median(np.linalg.norm(values, axis=1)))
    if is_gravity_removed(norm):
        return "removed"
    unit, error = _nearest_unit(norm)
    return unit if error < _UNIT_ERROR else ""


def could_be_gravity(norms_g: npt.NDArray[np.float64]) -> bool:
    """Whether lengths, in g, are those of accelerations that have gravity in them."""
    norm = float(np.median(norms_g))
    return norm > 0.0 and abs(math.log(norm)) < _UNIT_ERROR and _steady(norms_g)


def _steady(norms: npt.NDArray[np.float64]) -> bool:
    norm = float(np.median(norms))
    spread = float(np.median(np.abs(norms - norm)))
    return spread <= _STEADY * norm and float(np.quantile(norms, 0.95)) <= _FASTEST * norm


def _claim_clock(
    values: _Table,
    arrivals_s: npt.NDArray[np.float64],
    specs: list[str],
    free: npt.NDArray[np.bool_],
) -> None:
    waited = float(arrivals_s[-1] - arrivals_s[0])
    for i in range(values.shape[1]):
        steps = np.diff(values[:, i])
        # One restart or wrap is borne.
        if (steps <= 0).sum() > 1 or len(steps) < 4:
            continue
        ran = float(np.median(steps)) * len(steps)
        for unit, scale in _TIME_UNITS:
            if waited > _SLOWEST_S and 1 / 1.6 < ran * scale / waited < 1.6:
                specs[i], free[i] = f"t:{unit}", False
                return


def _claim_counter(values: _Table, specs: list[str], free: npt.NDArray[np.bool_]) -> None:
    for i in np.flatnonzero(free):
        steps = np.diff(values[:, i])
        if len(steps) and (steps == 1.0).mean() > 0.8:
            specs[int(i)], free[i] = "seq", False
            return


def _claim_quaternion(
    values: _Table, specs: list[str], free: npt.NDArray[np.bool_], decimals: int
) -> None:
    allowed = 0.003 + 2.0 * 10.0**-decimals
    for i in range(values.shape[1] - 3):
        if not free[i : i + 4].all():
            continue
        norms = np.linalg.norm(values[:, i : i + 4], axis=1)
        others = free.copy()
        others[i : i + 4] = False
        if (np.abs(norms - 1.0) < allowed).mean() > 0.95 and _has_triple(others):
            for k, name in enumerate(("qw", "qx", "qy", "qz")):
                specs[i + k], free[i + k] = name, False
            return


def _has_triple(free: npt.NDArray[np.bool_]) -> bool:
    return any(free[i : i + 3].all() for i in range(len(free) - 2))


@dataclass(frozen=True, slots=True)
class _Pair:
    acc: int
    gyro: int | None
    unit: str
    removed: bool
    score: float
    either: bool = False
    """It would do as well with accelerations and rates exchanged."""


def _best_pair(
    values: _Table, free: npt.NDArray[np.bool_], oriented: bool, first: bool
) -> _Pair | None:
    places = [i for i in range(len(free) - 2) if free[i : i + 3].all()]
    pairs: list[_Pair] = []
    for acc in places:
        unit, score = _acc_score(values[:, acc : acc + 3])
        if not unit:
            continue
        beside = [g for g in (acc + 3, acc - 3) if g in places and _like_rates(values, g, acc)]
        pairs.extend(_Pair(acc, g, unit, False, score + (1.0 if g > acc else 0.9)) for g in beside)
        if first and not beside:
            pairs.append(_Pair(acc, None, unit, False, score))
    if pairs:
        best = max(pairs, key=lambda pair: pair.score)
        either = any((p.acc, p.gyro) == (best.gyro, best.acc) for p in pairs)
        return replace(best, either=either)
    if oriented and first:
        # With an orientation beside it, gravity may have been taken out.
        calm = [i for i in places if _around_zero(values[:, i : i + 3])]
        if len(calm) >= 1:
            gyro = calm[0] + 3 if calm[0] + 3 in places else None
            return _Pair(calm[0], gyro, "", True, 0.0)
    return None


def _acc_score(triple: _Table) -> tuple[str, float]:
    """The unit, '' where they are no accelerations; and how well they fit, at most 1."""
    norms = np.linalg.norm(triple, axis=1)
    norm = float(np.median(norms))
    if norm <= 0.0:
        return "", 0.0
    unit, error = _nearest_unit(norm)
    if error > _UNIT_ERROR or not _steady(norms):
        return "", 0.0
    whole = bool((triple == np.round(triple)).all())
    positive = bool((triple >= 0).all())
    if norm > 100.0 and norm < _COUNTS_LIKE_FLEX and positive and whole:
        return "", 0.0
    if norm < 100.0 and whole:
        return "", 0.0
    # What turns and keeps its norm is surely gravity.
    sure = 0.5 * min(1.0, float(np.ptp(triple, axis=0).max()) / norm)
    return unit, 0.5 * (1.0 - error / _UNIT_ERROR) + sure - (0.2 if positive and whole else 0.0)


def _nearest_unit(norm: float) -> tuple[str, float]:
    errors = [(abs(math.log(norm / length)), unit) for unit, length in _ACC_UNITS]
    error, unit = min(errors)
    return unit, error


def _like_rates(values: _Table, at: int, acc: int) -> bool:
    """Near 0 whenever the accelerations stay as they are."""
    rates = values[:, at : at + 3]
    if (rates >= 0).all() and (rates == np.round(rates)).all():
        return False
    changes = np.linalg.norm(np.diff(values[:, acc : acc + 3], axis=0), axis=1)
    calm = np.flatnonzero(changes <= np.quantile(changes, _LEAST_STILL))
    norms = np.linalg.norm(rates, axis=1)
    still = float(np.median(norms[calm]))
    acc_norm = float(np.median(np.linalg.norm(values[:, acc : acc + 3], axis=1)))
    # Counts are up to 131 in one °/s; a sensor at rest is off by less than 20.
    return still < (20.0 if acc_norm < 100.0 else 2600.0) or still < 0.3 * float(norms.max())


def _around_zero(triple: _Table) -> bool:
    middle = np.abs(np.median(triple, axis=0))
    return bool((middle < 20.0).all()) and not bool((triple >= 0).all())


def _gyro_unit(values: _Table, pair: _Pair) -> str:
    if pair.gyro is None or pair.unit.startswith("/"):
        return ""
    largest = float(np.abs(values[:, pair.gyro : pair.gyro + 3]).max())
    return "dps" if _SURE_OF_DEGREES < largest < 4000.0 else ""


def _turned(values: _Table, at: int) -> float:
    triple = values[:, at : at + 3]
    norm = float(np.median(np.linalg.norm(triple, axis=1)))
    return min(1.0, float(np.ptp(triple, axis=0).max()) / norm) if norm > 0 else 0.0


def _two_channels(specs: list[str]) -> list[str]:
    """Sensors of both hands in one line: nobody told which is which, so they are counted."""
    seen: dict[str, int] = {}
    named: list[str] = []
    for spec in specs:
        role = spec.partition(":")[0]
        if role in ("-", "seq") or role == "t" or role.startswith("q"):
            named.append(spec)
            continue
        seen[role] = seen.get(role, 0) + 1
        named.append(f"{('first', 'second')[min(seen[role], 2) - 1]}.{spec}")
    return named
