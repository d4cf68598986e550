"""What lines of text hold: one of the devices we know, or columns that tell themselves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import ValidationError

from engine.glove.decoding.decoder import Counts
from engine.glove.decoding.forms.line_forms import line_form, split_line
from engine.glove.decoding.text_decoder import header_says
from engine.glove.detection.column_names import named_column
from engine.glove.detection.column_roles import acc_unit, could_be_gravity, guess_roles
from engine.glove.reading import Reading
from engine.glove.recipes.columns import HANDS, IGNORED, parse_columns
from engine.glove.recipes.text_recipe import Delimiter, TextRecipe
from engine.messages import Message

_FEWEST = 20
_ENOUGH_TO_GIVE_UP = 60
_MAJORITY = 0.8
_KNOWN_SHARE = 0.6
_DELIMITERS: tuple[tuple[bytes, Delimiter], ...] = ((b";", ";"), (b"\t", "\t"), (b",", ","))
_UNIT_WORDS = {"m/s2": "m/s²", "dps": "°/s"}

_Lines = Sequence[tuple[bytes, float]]


@dataclass(frozen=True, slots=True)
class TextVerdict:
    """As `FormatVerdict`."""

    title: str
    recipe: TextRecipe | None
    reason: Message | None
    confidence: float


def own_recipe(header: bytes) -> TextRecipe | None:
    """What our own header says, as a recipe; None where it is damaged."""
    try:
        said = header_says(header)
        specs = said["cols"].split(",")
        kept = [
            spec if parse_columns([spec], strict=False)[0].role != IGNORED else IGNORED
            for spec in specs
        ]
        hand = HANDS.get(said.get("hand", "").lower())
        return TextRecipe.model_validate(
            {"name": "own-lines", "title": "SignMirror", "columns": kept, "hand": hand}
        )
    except (UnicodeDecodeError, KeyError, ValueError, ValidationError):
        return None


def read_lines(lines: _Lines, recipes: Sequence[TextRecipe], name: str) -> TextVerdict | None:
    """`lines` with their times of arrival in s; `recipes`: devices that are known, tried in this
    order; `name`: what a reason calls the device. None where nothing can be told yet."""
    for recipe in recipes:
        if not recipe.columns or recipe.prefix:
            found = _known(recipe, lines, _KNOWN_SHARE)
            if found is not None:
                return _unless_refused(TextVerdict(recipe.title, recipe, None, 0.95), found)
    return _columns(lines, recipes, name)


def _unless_refused(verdict: TextVerdict, readings: Sequence[Reading]) -> TextVerdict:
    """What tells of fingers alone is known by name, and of no use."""
    if all(r.acc is None and r.angles_deg is None and r.quaternion is None for r in readings):
        reason = Message("glove.fingers-only", name=verdict.title)
        return TextVerdict(verdict.title, None, reason, verdict.confidence)
    return verdict


def _known(recipe: TextRecipe, lines: _Lines, share: float) -> list[Reading] | None:
    """What `recipe` makes of them, where it can read enough of them."""
    form = line_form(recipe, Counts())
    found: list[Reading] = []
    good = 0
    for line, arrival_s in lines:
        read = form.read(line, arrival_s)
        if not isinstance(read, str):
            good += 1
            found.extend(read)
    return found if good >= max(_FEWEST // 2, share * len(lines)) else None


def _columns(lines: _Lines, recipes: Sequence[TextRecipe], name: str) -> TextVerdict | None:
    table = _table(lines)
    if table is None:
        return None
    count = table.values.shape[1]
    for recipe in recipes:
        if recipe.columns and not recipe.prefix:
            found = _known(recipe, table.lines, 0.9)
            if found is not None and _plausible(recipe, found):
                if _either_way(found):
                    return _turn_about(count, table, name)
                return TextVerdict(recipe.title, recipe, None, 0.85)
    specs = table.named
    confidence = 0.9
    if specs is None:
        roles = guess_roles(table.values, table.arrivals_s, table.decimals)
        if roles.unclear:
            return _turn_about(count, table, name)
        specs = roles.specs
        confidence = 0.6 + 0.25 * roles.turned
    kinds = {column.role for column in parse_columns(specs)}
    acc = kinds & {"ax", "linx"}
    if not acc:
        return _nothing_usable(kinds, count, table, name)
    if "linx" in kinds and not kinds & {"qw", "gravx", "roll"}:
        return TextVerdict("", None, Message("glove.lacks-gravity", name=name), confidence)
    if "gx" not in kinds and not kinds & {"qw", "roll"}:
        if len(table.lines) < _ENOUGH_TO_GIVE_UP:
            return None
        return TextVerdict("", None, Message("glove.lacks-rates", name=name), confidence)
    recipe = TextRecipe(
        name=f"columns-{count}",
        title=_title(specs),
        delimiter=table.delimiter,
        columns=tuple(specs),
    )
    return TextVerdict(recipe.title, recipe, None, confidence)


def _turn_about(count: int, table: _Table, name: str) -> TextVerdict | None:
    """What is not clear at rest is clear as soon as the glove is turned."""
    if len(table.lines) < _ENOUGH_TO_GIVE_UP:
        return None
    return TextVerdict("", None, Message("glove.format-unclear", name=name, count=count), 0.4)


def _nothing_usable(kinds: set[str], count: int, table: _Table, name: str) -> TextVerdict | None:
    if len(table.lines) < _ENOUGH_TO_GIVE_UP:
        return None
    if kinds <= {"flex", "t", "seq", IGNORED} and "flex" in kinds and table.never_negative:
        return TextVerdict("", None, Message("glove.fingers-only", name=name), 0.6)
    weightless = [acc_unit(table.values[:, i : i + 3]) == "removed" for i in range(count - 2)]
    if any(weightless) and not table.never_negative:
        return TextVerdict("", None, Message("glove.lacks-gravity", name=name), 0.5)
    return _turn_about(count, table, name)


@dataclass(frozen=True, slots=True)
class _Table:
    values: np.ndarray
    arrivals_s: np.ndarray
    lines: _Lines
    named: tuple[str, ...] | None
    delimiter: Delimiter
    decimals: int
    never_negative: bool


def _table(lines: _Lines) -> _Table | None:
    """The lines that have as many numbers as most have; boot text and damaged ones left out."""
    delimiter = _delimiter(lines)
    apart = None if delimiter == "auto" else delimiter.encode()
    split = [(split_line(line, apart), line, arrival_s) for line, arrival_s in lines]
    numeric = [(n, line, at) for parts, line, at in split if (n := _numbers(parts)) is not None]
    if len(numeric) < _FEWEST:
        return None
    (count, times) = Counter(len(numbers) for numbers, _, _ in numeric).most_common(1)[0]
    if times < max(_FEWEST, _MAJORITY * len(numeric)) or count < 3:
        return None
    rows = [(numbers, line, at) for numbers, line, at in numeric if len(numbers) == count]
    values = np.array([numbers for numbers, _, _ in rows])
    names = next((p for p, _, _ in split if len(p) == count and _all_names(p)), None)
    decimals = max(_decimals(line) for _, line, _ in rows)
    return _Table(
        values=values,
        arrivals_s=np.array([at for _, _, at in rows]),
        lines=[(line, at) for _, line, at in rows],
        named=None if names is None else _named(names, values),
        delimiter=delimiter,
        decimals=decimals,
        never_negative=bool((values >= 0).all()),
    )


def _delimiter(lines: _Lines) -> Delimiter:
    for byte, delimiter in _DELIMITERS:
        if sum(byte in line for line, _ in lines) > 0.5 * len(lines):
            return delimiter
    return "auto"


def _numbers(parts: Sequence[bytes]) -> list[float] | None:
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    return numbers if numbers and all(map(math.isfinite, numbers)) else None


def _decimals(line: bytes) -> int:
    longest = 0
    for part in line.replace(b";", b",").replace(b"\t", b",").replace(b" ", b",").split(b","):
        _, point, rest = part.partition(b".")
        longest = max(longest, len(rest) if point else 0)
    return longest


def _all_names(parts: Sequence[bytes]) -> bool:
    return all(part.strip()[:1].isalpha() for part in parts)


def _named(names: Sequence[bytes], values: np.ndarray) -> tuple[str, ...] | None:
    """Columns as their header names them; a unit that it leaves out is told by gravity. None where
    the names say nothing."""
    specs = [named_column(name.decode("utf-8", "replace")) for name in names]
    bare = [spec.partition(":")[0].rpartition(".") for spec in specs]
    for hand in {before for before, _, role in bare if role == "ax"}:
        places = [i for i, (h, _, role) in enumerate(bare) if h == hand and role in _ACC_ROLES]
        if len(places) != 3 or any(":" in specs[i] for i in places):
            continue
        unit = acc_unit(values[:, places])
        for i in places:
            if unit == "removed":
                specs[i] = specs[i].replace("a", "lin", 1) if not hand else specs[i]
            elif unit:
                specs[i] += f":{unit}"
    return tuple(specs) if any(role in ("ax", "linx") for _, _, role in bare) else None


_ACC_ROLES = ("ax", "ay", "az")


def _either_way(readings: Sequence[Reading]) -> bool:
    """Whether accelerations and rates would do as well exchanged. Rates whose unit is rad/s are
    too small for that."""
    both = [(math.hypot(*r.acc), math.hypot(*r.gyro)) for r in readings if r.acc and r.gyro]
    if not both or any(r.gravity != "included" for r in readings):
        return False
    lengths = np.array(both)
    return could_be_gravity(lengths[:, 0]) and could_be_gravity(lengths[:, 1])


def _plausible(recipe: TextRecipe, readings: Sequence[Reading]) -> bool:
    """What a recipe makes of the lines could have been measured."""
    quaternions = [math.hypot(*r.quaternion) for r in readings if r.quaternion is not None]
    if any(c.role == "qw" for c in parse_columns(recipe.columns)):
        fitting = sum(abs(norm - 1.0) < 0.05 for norm in quaternions)
        if fitting < 0.95 * len(readings):
            return False
    accs = sorted(math.hypot(*r.acc) for r in readings if r.acc is not None)
    if accs:
        middle = accs[len(accs) // 2]
        if readings[0].gravity == "included":
            most = accs[int(0.95 * (len(accs) - 1))]
            if not 0.75 < middle < 1.3 or most > 4.0:
                return False
        if readings[0].gravity == "removed" and middle > 0.6:
            return False
    rates = sorted(math.hypot(*r.gyro) for r in readings if r.gyro is not None)
    if rates and (rates[len(rates) // 4] > 20.0 or rates[-1] > 4500.0):
        return False
    if any(flex < 0.0 for r in readings for flex in r.flex):
        return False
    return _angles_fit(recipe, readings) and _stamps_fit(recipe, readings)


def _angles_fit(recipe: TextRecipe, readings: Sequence[Reading]) -> bool:
    angles = np.array([r.angles_deg for r in readings if r.angles_deg is not None])
    if angles.size == 0:
        return True
    if np.abs(angles).max() > 360.0:
        return False
    if readings[0].acc is not None:
        return True
    # Fingers alone: accelerations with rates beside them would explain the numbers better.
    return guess_roles(angles, np.zeros(len(angles)), 2).gyro is None


def _stamps_fit(recipe: TextRecipe, readings: Sequence[Reading]) -> bool:
    if not any(c.role == "t" and not c.optional for c in parse_columns(recipe.columns)):
        return True
    stamps = np.array([r.stamp_s for r in readings if r.stamp_s is not None])
    if len(stamps) < len(readings) // 2:
        return False
    waited = readings[-1].arrival_s - readings[0].arrival_s
    ran = float(stamps[-1] - stamps[0])
    forward = (np.diff(stamps) >= 0.0).mean() > 0.9
    return bool(forward) and (waited < 0.05 or 0.5 < ran / waited < 2.0)


def _title(specs: Sequence[str]) -> str:
    columns = [spec.rpartition(".")[2].partition(":") for spec in specs]
    units = {role: unit for role, _, unit in columns}
    acc = units.get("ax", units.get("linx", ""))
    said = [_UNIT_WORDS.get(u, u) for u in (acc, units.get("gx", "")) if u and u[0] != "/"]
    if acc.startswith("/"):
        said.append(f"{acc[1:]} counts in 1 g")
    hands = " of two sensors" if any(s.startswith("second.") for s in specs) else ""
    return f"{len(specs)} columns{hands}" + (f", {' and '.join(said)}" if said else "")
