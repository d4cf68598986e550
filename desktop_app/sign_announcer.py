"""What a screen reader says by itself, wherever its reader's focus is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from engine.spotting import TranscriptEntry


def announcement(widget: QWidget, text: str) -> QAccessibleAnnouncementEvent:
    """`text` to be said in the name of `widget`, after what is being said now."""
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    return event


class SignAnnouncer:
    """Says a sign once, as it is entered in the list: the guesses before that come and go."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._known: tuple[TranscriptEntry, ...] = ()

    def follow(
        self, entries: Sequence[TranscriptEntry], text: Callable[[str], str]
    ) -> tuple[str, ...]:
        """Announce what is new at the end of `entries`; `text` names a gloss. Returns what is
        said; without a screen reader nobody hears it."""
        said = tuple(text(entry.sign) for entry in new_entries(self._known, entries))
        self._known = tuple(entries)
        for words in said:
            QAccessible.updateAccessibility(announcement(self._widget, words))
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
