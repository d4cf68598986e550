"""A list to choose from that may be narrower than what is chosen in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip

# Styles keep some pixels at either side of the text for themselves.
_AROUND_TEXT = 4


class ElidedList(QComboBox):
    """Closed, a long choice ends in '…' and stands whole in the tool tip."""

    def shown_text(self) -> str:
        """The chosen text as far as there is room for it."""
        return self._elided(self._option())

    def sizeHint(self) -> QSize:
        """As wide as its longest entry needs: Qt's own hint leaves out what styles take at either
        side of the text, and the last letters with it."""
        hint = super().sizeHint()
        if self.sizeAdjustPolicy() != QComboBox.SizeAdjustPolicy.AdjustToContents:
            return hint
        metrics = self.fontMetrics()
        texts = (self.itemText(i) for i in range(self.count()))
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        option = self._option()
        option.rect.setWidth(hint.width())
        taken = hint.width() - self._field(option).width() + _AROUND_TEXT
        # Letters end between pixels.
        return hint.expandedTo(QSize(longest + 2 + taken, 0))

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _elided(self, option: QStyleOptionComboBox) -> str:
        room = self._field(option).width() - _AROUND_TEXT
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def _field(self, option: QStyleOptionComboBox) -> QRect:
        """Where the text goes."""
        return self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self._elided(option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip(), self)
            return True
        return super().event(event)

    def tip(self) -> str:
        """What is cut off; else what the entry, or the list, has to say."""
        text = self.currentText()
        if self.shown_text() != text:
            return text
        own = self.itemData(self.currentIndex(), Qt.ItemDataRole.ToolTipRole)
        return str(own or self.toolTip())
