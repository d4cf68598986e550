"""How long a take is."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from desktop_app.texts.figures import seconds
from desktop_app.widgets.calm_combo_box import CalmComboBox

_LENGTHS_S = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)


class LengthChooser(CalmComboBox):
    """Some lengths and, among them, the one that fits the vocabulary in use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = False
        self.activated.connect(self._choose)
        self._fill(_LENGTHS_S, 3.0)

    @property
    def seconds(self) -> float:
        return float(self.currentData())

    def set_seconds(self, seconds: float) -> None:
        """As if the user had chosen it."""
        self._fill((*_LENGTHS_S, seconds), seconds)
        self._chosen = True

    def offer(self, seconds: float) -> None:
        """The vocabulary's own length; it is taken unless the user has chosen one."""
        current = self.seconds if self._chosen else seconds
        self._fill((*_LENGTHS_S, seconds, current), current)

    def _choose(self) -> None:
        self._chosen = True

    def _fill(self, lengths_s: tuple[float, ...], current_s: float) -> None:
        self.clear()
        for length_s in sorted(set(lengths_s)):
            self.addItem(seconds(length_s), length_s)
        self.setCurrentIndex(self.findData(current_s))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for i in range(self.count()):
                self.setItemText(i, seconds(self.itemData(i)))
        super().changeEvent(event)
