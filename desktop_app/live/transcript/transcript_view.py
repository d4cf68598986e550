"""The signs so far, with their times; to read, to copy or to clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from desktop_app.live.transcript.list_notices import ListNotices
from desktop_app.widgets.typed_letters import TypedLetters
from engine.segmentation.transcript import TranscriptEntry

Row = Callable[[TranscriptEntry], tuple[str, str]]
"""A sign as people read it, and its time as text."""

_SIGN = Qt.ItemDataRole.UserRole


class TranscriptView(QListWidget):
    """One line a sign. The newest is in view until somebody scrolls up to read; from then on
    nothing moves, and a button says that there is something new below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # However many lines there are, a new one costs the same.
        self.setUniformItemSizes(True)
        # It gives way first where the window is low; the sign and the bars stay whole.
        self.setMinimumHeight(44)
        self._entries: Sequence[TranscriptEntry] = ()
        self._follows, self._unseen = True, 0
        self.notices = ListNotices(self)
        self.notices.newest_wanted.connect(self.scrollToBottom)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        TypedLetters(self)

    def show_entries(self, entries: Sequence[TranscriptEntry], row: Row) -> None:
        """Oldest first. Only what is new is asked of `row`; `renew` has all asked again."""
        if entries is self._entries:
            return
        known, gone = self._entries, self._gone(entries)
        if gone is None:
            self.clear()
            known, gone = (), 0
        first = self.verticalScrollBar().value()
        for _ in range(gone):
            self.takeItem(0)
        for entry in entries[len(known) - gone :]:
            text, moment = row(entry)
            item = QListWidgetItem(f"{moment}   {text}")
            item.setData(_SIGN, text)
            item.setToolTip(text)
            self.addItem(item)
        new = len(entries) - (len(known) - gone)
        self._entries = entries
        if self._follows or not known:
            self.scrollToBottom()
            return
        if gone:
            # The lines that are being read stay where they are.
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(max(0, first - gone))
        self._unseen += new
        self._show_unseen()

    def renew(self) -> None:
        """Have every line written anew: in another language, say."""
        self._entries = ()
        self.clear()

    def clear(self) -> None:
        super().clear()
        self._follows, self._unseen = True, 0
        self._show_unseen()

    def copy(self, *, chosen: bool) -> None:
        """Signs as one line of text, into the clipboard: the selected ones where that is what is
        `chosen` and there are any, else all."""
        items = [self.item(i) for i in range(self.count())]
        selected = [item for item in items if item.isSelected()] if chosen else []
        copied = [item.data(_SIGN) for item in selected or items]
        if not copied:
            self.notices.say(self.tr("There is nothing to copy yet"))
            return
        QGuiApplication.clipboard().setText(" ".join(copied))
        text = self.tr("Copied 1 sign") if len(copied) == 1 else self.tr("Copied %1 signs")
        self.notices.say(text.replace("%1", str(len(copied))))

    def _gone(self, entries: Sequence[TranscriptEntry]) -> int | None:
        """How many of the oldest lines are no longer there; None where `entries` does not go on
        from what is shown."""
        known = self._entries
        if not known:
            return 0
        gone = next((i for i, entry in enumerate(known) if entries and entry is entries[0]), None)
        if gone is None:
            return None
        left = len(known) - gone
        return gone if left <= len(entries) and entries[left - 1] is known[-1] else None

    def _scrolled(self, value: int) -> None:
        self._follows = value >= self.verticalScrollBar().maximum()
        if self._follows:
            self._unseen = 0
        self._show_unseen()

    def _show_unseen(self) -> None:
        text = self.tr("Newest below: %1").replace("%1", str(self._unseen)) if self._unseen else ""
        self.notices.show_newest(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        follows = self._follows
        super().resizeEvent(event)
        if follows:
            self.scrollToBottom()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_unseen()
        super().changeEvent(event)
