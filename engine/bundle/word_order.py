"""Words in the order of a Vietnamese dictionary."""

from __future__ import annotations

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng, as marks of their own; without one, ngang, which comes first."""

_PLACE = {letter: place for place, letter in enumerate(_LETTERS, 100)}


def word_order(word: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """What to sort a word by: syllable by syllable, letters first and then the tone, as printed
    dictionaries have it. Capital letters do not count; figures stand before letters."""
    return tuple(_syllable(part) for part in word.casefold().split())


def _syllable(text: str) -> tuple[tuple[int, ...], int]:
    letters, tone = "", 0
    for mark in unicodedata.normalize("NFD", text):
        if mark in _TONES:
            tone = _TONES.index(mark) + 1
        else:
            letters += mark
    # What is left of the marks belongs to a letter of its own, as the roof of an â.
    whole = unicodedata.normalize("NFC", letters)
    return tuple(_PLACE.get(letter, _other(letter)) for letter in whole), tone


def _other(letter: str) -> int:
    """Figures and signs before all letters, foreign letters behind them."""
    return min(ord(letter), 99) if not letter.isalpha() else 200 + ord(letter)
