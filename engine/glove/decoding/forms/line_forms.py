"""What one line of text may look like: columns, labelled values, or a JSON object."""

from __future__ import annotations

import json
from typing import Any, Protocol

from engine.glove.decoding.decoder import Counts
from engine.glove.decoding.forms.field_map import FieldMap
from engine.glove.reading import Reading
from engine.glove.recipes.columns import IGNORED, Column, parse_columns
from engine.glove.recipes.text_recipe import Delimiter, TextRecipe
from engine.glove.sample import Hand

_APART = bytes.maketrans(b":=|,;\t[](){}", b" " * 12)


class LineForm(Protocol):
    def read(self, line: bytes, arrival_s: float) -> list[Reading] | str:
        """`line` is neither empty nor led by blanks; a string is the kind of trouble."""
        ...

    def restart(self) -> None: ...


def line_form(recipe: TextRecipe, counts: Counts) -> LineForm:
    if recipe.labels:
        return LabelledForm(recipe, counts)
    if recipe.keys:
        return JsonForm(recipe, counts)
    columns = parse_columns(recipe.columns)
    return ColumnForm(columns, counts, recipe.delimiter, recipe.prefix.encode(), recipe.hand)


class ColumnForm:
    """Numbers in fixed places. A decimal comma is one where `;` or a tab stands between numbers."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        counts: Counts,
        delimiter: Delimiter = "auto",
        prefix: bytes = b"",
        hand: Hand | None = None,
    ) -> None:
        self._prefix = prefix
        self._delimiter = None if delimiter == "auto" else delimiter.encode()
        self._forms: dict[int, tuple[list[int], FieldMap]] = {}
        shorter = tuple(column for column in columns if not column.optional)
        for chosen in (shorter, columns):
            used = [i for i, column in enumerate(chosen) if column.role != IGNORED]
            fields = FieldMap([chosen[i] for i in used], counts, hand)
            self._forms[len(chosen)] = (used, fields)

    def read(self, line: bytes, arrival_s: float) -> list[Reading] | str:
        if self._prefix:
            if not line.startswith(self._prefix):
                return "text"
            line = line[len(self._prefix) :]
        parts = split_line(line, self._delimiter)
        form = self._forms.get(len(parts))
        if form is None:
            return _wrong(parts)
        used, fields = form
        if b"_" in line:
            # Python's own way to write numbers, and nobody else's.
            return "unparsable"
        try:
            values = [float(parts[i]) for i in used]
        except ValueError:
            return _wrong(parts) if len(parts) == 1 else "unparsable"
        return fields.readings(values, arrival_s)

    def restart(self) -> None:
        for _, fields in self._forms.values():
            fields.restart()


def split_line(line: bytes, delimiter: bytes | None) -> list[bytes]:
    """`delimiter` None: `;`, tab, comma or blanks, whichever there is. One at the end is borne."""
    if delimiter is None:
        for delimiter in (b";", b"\t", b","):
            if delimiter in line:
                break
        else:
            return line.split()
    if delimiter == b" ":
        return line.split()
    if delimiter in (b";", b"\t") and b"," in line:
        line = line.replace(b",", b".")
    parts = line.split(delimiter)
    if parts[-1].strip() == b"":
        parts.pop()
    return parts


def _wrong(parts: list[bytes]) -> str:
    """Boot text is text; a line of numbers that has too few or too many of them is not."""
    try:
        for part in parts:
            float(part)
    except ValueError:
        return "text"
    return "wrong-count" if parts else "text"


class LabelledForm:
    """`Ax: 0.05 Ay: -0.12 | Gx=12.5`: a name before its values; other names are passed over."""

    def __init__(self, recipe: TextRecipe, counts: Counts) -> None:
        self._glued = recipe.glued
        self._labels: dict[bytes, tuple[int, int]] = {}
        columns: list[Column] = []
        for label, specs in recipe.labels.items():
            parsed = parse_columns(specs)
            self._labels[label.lower().encode()] = (len(columns), len(parsed))
            columns.extend(parsed)
        self._size = len(columns)
        self._fields = FieldMap(columns, counts, recipe.hand)
        self._prefix = recipe.prefix.encode()

    def read(self, line: bytes, arrival_s: float) -> list[Reading] | str:
        if not line.startswith(self._prefix):
            return "text"
        tokens = line[len(self._prefix) :].lower()
        words = _unglued(tokens) if self._glued else tokens.translate(_APART).split()
        values: list[float | None] = [None] * self._size
        known = 0
        at, end = 0, len(words)
        while at < end:
            place = self._labels.get(words[at])
            at += 1
            if place is None:
                continue
            known += 1
            first, count = place
            if at + count > end:
                return "wrong-count"
            try:
                values[first : first + count] = [float(word) for word in words[at : at + count]]
            except ValueError:
                return "unparsable"
            at += count
        if not known:
            return "text"
        found = [value for value in values if value is not None]
        if len(found) != self._size:
            return "wrong-count"
        return self._fields.readings(found, arrival_s)

    def restart(self) -> None:
        self._fields.restart()


def _unglued(line: bytes) -> list[bytes]:
    """`a2048b1033` is a, 2048, b, 1033."""
    words: list[bytes] = []
    start = 0
    for i in range(1, len(line) + 1):
        if i == len(line) or _letter(line[i]) != _letter(line[start]):
            words.append(line[start:i].strip())
            start = i
    return words


def _letter(byte: int) -> bool:
    return 0x61 <= byte <= 0x7A or byte in b"()"


class JsonForm:
    """One object a line, or objects one after another without lines."""

    def __init__(self, recipe: TextRecipe, counts: Counts) -> None:
        self._places: list[tuple[list[str], int]] = []
        columns: list[Column] = []
        for key, specs in recipe.keys.items():
            parsed = parse_columns(specs)
            self._places.append((key.split("."), len(parsed)))
            columns.extend(parsed)
        self._fields = FieldMap(columns, counts, recipe.hand)

    def read(self, line: bytes, arrival_s: float) -> list[Reading] | str:
        if not line.startswith(b"{"):
            return "text"
        try:
            content: Any = json.loads(line)
        except (ValueError, RecursionError):
            return "unparsable"
        values: list[float] = []
        for path, count in self._places:
            found: Any = content
            for key in path:
                found = found.get(key) if isinstance(found, dict) else None
            numbers = found if isinstance(found, list) else [found]
            if len(numbers) != count or not all(type(n) in (int, float) for n in numbers):
                return "wrong-count" if found is not None else "unparsable"
            try:
                values.extend(float(number) for number in numbers)
            except OverflowError:
                return "not-finite"
        return self._fields.readings(values, arrival_s)

    def restart(self) -> None:
        self._fields.restart()
