"""Tables as spreadsheets and loggers write them: any separator, any Unicode encoding.

Excel in Vietnam and most of Europe separates by semicolons and writes 0,5 for a half; loggers put
remarks before the header and a separator behind the last column.
"""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.errors import DataError

_DELIMITERS = (",", ";", "\t")
_REMARKS = ("#", "//", "%")
_BYTE_ORDERS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class TableText:
    """`rows`: the line each row stands on and its cells, without outer spaces; blank lines, remarks
    and `sep=` lines are left out. `ends_whole`: whether the last line has its line end."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    delimiter: str
    ends_whole: bool

    def number(self, cell: str) -> float:
        """A decimal comma counts only where commas separate nothing. Raises ValueError."""
        return float(cell if self.delimiter == "," else cell.replace(",", "."))


def decoded(content: bytes) -> str:
    """Text by its byte order mark, else UTF-8. Raises UnicodeDecodeError."""
    for mark, encoding in _BYTE_ORDERS:
        if content.startswith(mark):
            return content.decode(encoding)
    return content.decode("utf-8")


def delimiter_of(text: str) -> str:
    """What separates columns: a `sep=` line says it, else the mark that cuts most lines alike."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and lines[0].strip().strip('"').lower().startswith("sep="):
        said = lines[0].strip().strip('"')[4:5]
        return said if said in _DELIMITERS else ","
    lines = [line for line in lines if not line.lstrip().startswith(_REMARKS)][:50]
    counts = {mark: [line.count(mark) for line in lines] for mark in _DELIMITERS}
    # Decimal commas come with another separator: where each line has one, it separates.
    for mark in ("\t", ";"):
        if counts[mark] and min(counts[mark]) > 0:
            return mark
    return max(_DELIMITERS, key=lambda mark: sum(counts[mark])) if lines else ","


def read_table(file: Path) -> TableText:
    """Raises DataError naming a file that cannot be read as text or table."""
    try:
        text = decoded(file.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: not a readable CSV file; save it as CSV in UTF-8") from error
    return table_of(text, file)


def table_of(text: str, file: Path) -> TableText:
    """`file` is named in errors."""
    delimiter = delimiter_of(text)
    rows = []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if not bare or bare.startswith(_REMARKS) or bare.strip('"').lower().startswith("sep="):
            continue
        try:
            cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
        except csv.Error as error:
            raise DataError(f"{file}: line {number} is no line of a CSV file") from error
        cells = [cell.strip() for cell in cells]
        if any(cells):
            rows.append((number, tuple(cells)))
    # A separator behind the last column makes an empty one, in the header or everywhere.
    while rows and len(rows[-1][1]) > 1 and all(not cells[-1] for _, cells in rows):
        rows = [(number, cells[:-1]) for number, cells in rows]
    return TableText(tuple(rows), delimiter, text.endswith(("\n", "\r")))


def read_numbers(file: Path) -> NDArray[np.float64]:
    """`(rows, columns)`; a first row that is not numbers is a header. Raises DataError naming the
    file and the line that is not like the others."""
    table = read_table(file)
    rows: list[list[float]] = []
    for place, (line, cells) in enumerate(table.rows):
        try:
            values = [table.number(cell) for cell in cells]
        except ValueError as error:
            if place == 0:
                continue
            raise DataError(f"{file}: line {line} holds something that is no number") from error
        if rows and len(values) != len(rows[0]):
            raise DataError(f"{file}: line {line} has {len(values)} columns, not {len(rows[0])}")
        rows.append(values)
    if not rows:
        raise DataError(f"{file}: holds no row of numbers")
    return np.array(rows, float)
