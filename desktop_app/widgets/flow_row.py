"""Rows for narrow windows: one that wraps, and one that puts what has no room into a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop_app.widgets.once_at_a_time import OnceAtATime

_SPACING = 8
# In letters; a list that is narrower says nothing any more of what is chosen in it.
_COMFORTABLE_LIST, _NARROWEST_LIST, _LIST_FRAME = 16, 13, 46


class FlowLayout(QLayout):
    """Left to right, and on in the next line where the width is used up."""

    def __init__(self, parent: QWidget | None = None, spacing: int = _SPACING) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._items:
            if not item.isEmpty():
                least = least.expandedTo(item.minimumSize())
        return least

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height that is needed in this width; `move`: put the widgets there, too."""
        x = y = line = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint().expandedTo(item.minimumSize())
            width = min(hint.width(), rect.width())
            if x and x + width > rect.width():
                x, y, line = 0, y + line + self.spacing() // 2, 0
            if move:
                item.setGeometry(QRect(rect.topLeft() + QPoint(x, y), QSize(width, hint.height())))
            x += width + self.spacing()
            line = max(line, hint.height())
        return y + line


class ControlRow(QWidget):
    """Lists with their labels, then buttons; always one line, whatever the width.

    Where it is narrow the labels go first, then the buttons from the last one on: they are
    entries of the menu '…' then.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels: list[QLabel] = []
        self.lists: list[QComboBox] = []
        self.buttons: list[QToolButton] = []
        self.overflow = QToolButton(self)
        self.overflow.setObjectName("overflow")
        self.overflow.setText("…")
        self.overflow.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.overflow.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.overflow_menu = QMenu(self.overflow)
        self.overflow.setMenu(self.overflow_menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_SPACING)
        self._row.addStretch(1)
        self._row.addWidget(self.overflow)
        self.overflow.hide()
        self._fitted: tuple[object, ...] = ()
        self.fit = OnceAtATime(self._fit)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def add_list(self, label: QLabel, chooser: QComboBox) -> None:
        place = 2 * len(self.lists)
        self._row.insertWidget(place, label)
        self._row.insertWidget(place + 1, chooser)
        self.labels.append(label)
        self.lists.append(chooser)

    def add_button(self, action: QAction) -> QToolButton:
        """A button that does what this action does, and stands for it."""
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row.insertWidget(self._row.count() - 1, button)
        self.buttons.append(button)
        self.fit()
        return button

    def minimumSizeHint(self) -> QSize:
        lists = len(self.lists) * (self._list_width(_NARROWEST_LIST) + _SPACING)
        return QSize(lists + self.overflow.sizeHint().width(), self.sizeHint().height())

    def _list_width(self, letters: int) -> int:
        return letters * self.fontMetrics().averageCharWidth() + _LIST_FRAME

    def _fit(self) -> None:
        """Show what there is room for."""
        wide = [label.sizeHint().width() + _SPACING for label in self.labels]
        buttons = [button.sizeHint().width() + _SPACING for button in self.buttons]
        more = self.overflow.sizeHint().width() + _SPACING
        room = self.width()
        comfortable = self._list_width(_COMFORTABLE_LIST)
        narrowest = self._list_width(_NARROWEST_LIST)
        narrow = len(self.lists) * (narrowest + _SPACING)
        labelled = len(self.lists) * (comfortable + _SPACING) + sum(wide) + sum(buttons) <= room
        count = len(buttons)
        if narrow + sum(buttons) > room:
            while count and narrow + sum(buttons[:count]) + more > room:
                count -= 1
        fitted = (labelled, count, comfortable, tuple(self.buttons))
        if fitted == self._fitted:
            return
        self._fitted = fitted
        for label in self.labels:
            label.setVisible(labelled)
        for chooser in self.lists:
            chooser.setMinimumWidth(comfortable if labelled else narrowest)
        for i, button in enumerate(self.buttons):
            button.setVisible(i < count)
        self.overflow_menu.clear()
        self.overflow_menu.addActions([b.defaultAction() for b in self.buttons[count:]])
        self.overflow.setVisible(count < len(buttons))

    def retranslate(self) -> None:
        self.overflow.setToolTip(self.tr("More"))
        self.overflow.setAccessibleName(self.tr("More"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # Another language, another font: the same words take another width.
            self.fit()
        return done

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
