"""What a person is told once, in the banner, with a button that answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """`text` and `button` are asked for each time they are shown: the language may have changed.
    `work` is what the button does, besides putting the note away."""

    text: Callable[[], str]
    button: Callable[[], str]
    work: Callable[[], None] | None = None


class Notes:
    """One after another, the oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Note] = []

    @property
    def first(self) -> Note | None:
        return self._waiting[0] if self._waiting else None

    def add(self, note: Note) -> None:
        self._waiting.append(note)

    def drop(self, note: Note) -> None:
        """It is out of date, whether anybody has read it or not."""
        if note in self._waiting:
            self._waiting.remove(note)

    def answer(self) -> None:
        """The button of the first one was pressed."""
        if self._waiting:
            note = self._waiting.pop(0)
            if note.work is not None:
                note.work()
