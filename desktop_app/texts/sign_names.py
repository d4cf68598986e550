"""Signs as people read them, in the window's language."""

from __future__ import annotations

from engine.bundle import BundleCard, Sign


class SignNames:
    """Texts of the signs in use, and of every vocabulary used before: its signs still stand in the
    list of signs so far, and must not turn into glosses there."""

    def __init__(self) -> None:
        self._known: dict[str, Sign] = {}
        self.in_use: dict[str, str] = {}
        """Gloss to text, of the vocabulary in use alone."""
        self._language = "en"

    def use(self, card: BundleCard | None, language: str) -> None:
        """`card`: of the vocabulary in use; its texts go before those of an earlier one."""
        self._language = language
        signs = card.vocabulary if card else ()
        self._known |= {sign.gloss: sign for sign in signs}
        self.in_use = {sign.gloss: sign.text(language) for sign in signs}

    def text(self, gloss: str) -> str:
        """What no vocabulary has, a taught sign say, is its own text."""
        known = self._known.get(gloss)
        return known.text(self._language) if known else gloss
