"""Figures as tables of plain text, as wide as they need to be."""

from __future__ import annotations

from collections.abc import Sequence


def table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The title, the headings, a line under them, and the rows, columns standing one below the
    other."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    lines = [headings, ["─" * width for width in widths], *rows]
    written = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    return "\n".join(["", title, *written])
