"""Signs that a screen reader says by itself, wherever its reader's focus is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.texts.announcing import announce
from engine.segmentation.transcript import TranscriptEntry


class SignAnnouncer:
    """Says a sign once, as it is entered in the list: the guesses before that come and go."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._known: tuple[TranscriptEntry, ...] = ()

    def follow(
        self, entries: tuple[TranscriptEntry, ...], text: Callable[[str], str]
    ) -> tuple[str, ...]:
        """Announce what is new at the end of `entries`; `text` names a gloss. Returns what is
        said; without a screen reader nobody hears it."""
        if entries == self._known:
            return ()
        said = tuple(text(entry.sign) for entry in new_entries(self._known, entries))
        self._known = entries
        for words in said:
            announce(self._widget, words)
        return said


def new_entries(
    known: Sequence[TranscriptEntry], entries: Sequence[TranscriptEntry]
) -> Sequence[TranscriptEntry]:
    """What follows the last known one. A list that has lost it is another list: nothing is new."""
    if not known:
        return entries
    for i in range(len(entries) - 1, -1, -1):
        if entries[i] == known[-1]:
            return entries[i + 1 :]
    return ()
