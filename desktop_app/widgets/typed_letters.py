"""Letters that mean something where they are typed, although the window has shortcuts for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_BESIDE_LETTERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def is_typed(event: QEvent) -> bool:
    """Whether Qt asks, before a shortcut fires, who else wants a key that writes something."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    plain = not event.modifiers() & ~_BESIDE_LETTERS
    return plain and bool(event.text()) and event.text().isprintable()


class TypedLetters(QObject):
    """Keeps letters for a list, where they go to the entry that begins with them."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_typed(event):
            event.accept()
            return True
        return False
