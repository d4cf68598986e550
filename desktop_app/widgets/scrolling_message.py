"""A message that stays on the screen, however long it is and however large the letters are."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QMessageBox, QScrollArea, QStyle

# Qt's own name for the label with the message.
_LABEL = "qt_msgbox_label"
_AROUND = 64


class ScrollingMessage(QMessageBox):
    """Where the screen is too low for its text, the text can be scrolled."""

    def showEvent(self, event: QShowEvent) -> None:
        label, grid = self.findChild(QLabel, _LABEL), self.layout()
        if isinstance(label, QLabel) and isinstance(grid, QGridLayout):
            screen = self.screen().availableGeometry()
            # The frame that the desktop adds, and a strip of what lies behind.
            most = screen.height() - _AROUND
            needed = self.sizeHint().height()
            if needed > most and grid.indexOf(label) >= 0:
                lower = max(60, label.sizeHint().height() - (needed - most))
                self._scroll(label, grid, lower)
        super().showEvent(event)

    def _scroll(self, label: QLabel, grid: QGridLayout, height: int) -> None:
        place = cast(tuple[int, int, int, int], grid.getItemPosition(grid.indexOf(label)))
        grid.removeWidget(label)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.windowTitle())
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        area.setFixedSize(label.sizeHint().width() + 2 * bar, height)
        area.setWidgetResizable(True)
        area.setWidget(label)
        grid.addWidget(area, *place)
