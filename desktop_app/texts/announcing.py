"""What just happened, said aloud by a screen reader."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have `text` read out as soon as the reader is free; nothing on the screen changes."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
