"""Names as people write them: the same word or person, however the letters are stored.

A Mac stores `mẹ` as letters and marks, Windows as one letter; a folder copied from one to the other
keeps both. Nobody becomes two people, and no sign two signs, by that, by a capital or by a space.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable


def composed(text: str) -> str:
    """Composed letters (NFC), single spaces, none around."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def same(text: str) -> str:
    """Equal for what people take for the same name."""
    return unicodedata.normalize("NFC", composed(text).casefold())


def one_spelling(names: Iterable[str]) -> dict[str, str]:
    """The spelling to use for each name: of those that are the same, the commonest, and of equally
    common ones the first in order."""
    counts: Counter[str] = Counter(composed(name) for name in names)
    best: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        best.setdefault(same(name), name)
    return best
