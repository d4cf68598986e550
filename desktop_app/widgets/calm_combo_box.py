"""A list to choose from that changes by choice alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QWheelEvent

from desktop_app.widgets.elided_list import ElidedList
from desktop_app.widgets.typed_letters import is_typed


class CalmComboBox(ElidedList):
    """The wheel does nothing while the list is closed: who scrolls past it must not end up with
    another camera. Letters go to an entry, and to no shortcut of the window."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        # What is not taken goes on to whatever can scroll behind it.
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if is_typed(event):
            event.accept()
            return True
        return super().event(event)
