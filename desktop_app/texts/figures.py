"""Numbers as they are written in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QLocale

_BOUND = "\N{NO-BREAK SPACE}"


def write_numbers_in(language: str) -> None:
    """From now on: 29.9 in 'en', 29,9 in 'vi'; Qt's own dialogs write theirs so too."""
    QLocale.setDefault(QLocale(language))


def number(value: float, digits: int = 0) -> str:
    """With so many digits after the point."""
    return QLocale().toString(float(value), "f", digits)


def percent(share: float) -> str:
    """Of 0 to 1: '83 %', never broken over two lines."""
    return f"{number(100 * share)}{_BOUND}%"


def seconds(value: float) -> str:
    """'1.5 s', without a digit that says nothing."""
    text = QLocale().toString(float(value), "g", 3)
    return f"{text}{_BOUND}s"
