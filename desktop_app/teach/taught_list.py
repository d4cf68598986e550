"""All taught signs, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.widgets.typed_letters import TypedLetters
from engine.teaching.taught_store import RELIABLE_TAKES, TaughtSign


class TaughtList(QWidget):
    """`chosen` brings a gloss, or '' for a new sign."""

    chosen = Signal(str)
    delete_asked = Signal()
    import_asked = Signal()
    export_one_asked = Signal()
    export_all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: tuple[TaughtSign, ...] = ()
        self._current = ""
        self.texts: Mapping[str, str] = {}
        """How people read a sign that the vocabulary has too, by gloss."""
        self.heading, self.list = QLabel(self), QListWidget(self)
        self.heading.setObjectName("heading")
        self.empty = QLabel(self)
        self.empty.setObjectName("quiet")
        self.empty.setWordWrap(True)
        self.new_button, self.delete_button = QPushButton(self), QPushButton(self)
        self.import_button, self.export_button = QPushButton(self), QPushButton(self)
        self.export_menu = QMenu(self)
        self.export_one = self.export_menu.addAction("")
        self.export_all = self.export_menu.addAction("")
        self.export_button.setMenu(self.export_menu)
        TypedLetters(self.list)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._row_chosen)
        self.new_button.clicked.connect(lambda: self.chosen.emit(""))
        self.delete_button.clicked.connect(self.delete_asked)
        self.import_button.clicked.connect(self.import_asked)
        self.export_one.triggered.connect(self.export_one_asked)
        self.export_all.triggered.connect(self.export_all_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.new_button)
        rows = QGridLayout()
        rows.setSpacing(8)
        rows.addWidget(self.delete_button, 0, 0, 1, 2)
        rows.addWidget(self.import_button, 1, 0)
        rows.addWidget(self.export_button, 1, 1)
        column.addLayout(rows)
        for button in (
            self.new_button,
            self.delete_button,
            self.import_button,
            self.export_button,
        ):
            # Enter belongs to the take, wherever the focus is not on a button.
            button.setAutoDefault(False)
        self.retranslate()

    def show_signs(self, signs: Sequence[TaughtSign], current: str) -> None:
        """List `signs`, with the one called `current` chosen ('': none, a new sign)."""
        self._signs, self._current = tuple(signs), current
        self.list.blockSignals(True)
        self.list.clear()
        row = -1
        for sign in signs:
            text = self.texts.get(sign.gloss, sign.gloss)
            item = QListWidgetItem(f"{text}\n{self._count(len(sign.takes))}")
            item.setData(Qt.ItemDataRole.UserRole, sign.gloss)
            item.setToolTip(text)
            self.list.addItem(item)
            if sign.gloss == current:
                row = self.list.count() - 1
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.list.setVisible(bool(signs))
        self.empty.setVisible(not signs)
        self.delete_button.setEnabled(row >= 0)
        self.export_button.setEnabled(bool(signs))
        self.export_one.setEnabled(row >= 0)

    def glosses(self) -> list[str]:
        return [sign.gloss for sign in self._signs]

    def _count(self, takes: int) -> str:
        if takes < RELIABLE_TAKES:
            text = self.tr("%1 of %2 takes").replace("%2", str(RELIABLE_TAKES))
        else:
            text = self.tr("%1 takes")
        return text.replace("%1", str(takes))

    def _row_chosen(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self.list.item(row).data(Qt.ItemDataRole.UserRole))

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Taught signs"))
        self.list.setAccessibleName(self.tr("Taught signs"))
        self.empty.setText(self.tr("None yet. Name a sign and record it."))
        self.new_button.setText(self.tr("&New sign"))
        self.delete_button.setText(self.tr("&Delete this sign…"))
        self.import_button.setText(self.tr("&Import…"))
        self.export_button.setText(self.tr("E&xport"))
        self.export_one.setText(self.tr("This sign…"))
        self.export_all.setText(self.tr("All signs…"))
        self.show_signs(self._signs, self._current)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
