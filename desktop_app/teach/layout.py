"""The parts of the teaching dialog, and which of them are there when."""

from __future__ import annotations

import itertools
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.appearance.theme import Theme
from desktop_app.choices.teachable_choice import TeachableChoice
from desktop_app.teach.length_chooser import LengthChooser
from desktop_app.teach.take_stage import TakeStage
from desktop_app.teach.take_strip import TakeStrip
from desktop_app.teach.taught_list import TaughtList
from desktop_app.widgets.banner import Banner
from engine.teaching.taught_index import LONGEST_GLOSS
from engine.teaching.taught_store import MOST_TAKES, RELIABLE_TAKES

TeachPhase = Literal["live", "counting", "recording", "review", "replay"]

_SIDE_WIDTH, _NARROWEST_MAIN, _BESIDE = 232, 460, 16
_BUSY = ("counting", "recording", "review")


class TeachLayout(QWidget):
    """Fills `dialog`; knows nothing of takes and files."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self.signs = TaughtList(self)
        self.name_label, self.name = QLabel(self), QLineEdit(self)
        self.rename = QPushButton(self)
        self.length_label, self.length = QLabel(self), LengthChooser(self)
        self.left_handed = QToolButton(self)
        self.banner, self.stage = Banner(self), TakeStage(self)
        self.teachable = TeachableChoice(self)
        self.record, self.keep = QPushButton(self), QPushButton(self)
        self.again, self.stop = QPushButton(self), QPushButton(self)
        self.strip = TakeStrip(self)
        self.hint, self.privacy = QLabel(self), QLabel(self)
        self.close_button = QPushButton(self)
        self.name_label.setBuddy(self.name)
        self.name.setMaxLength(LONGEST_GLOSS)
        self.length_label.setBuddy(self.length)
        self.left_handed.setCheckable(True)
        self.left_handed.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for label in (self.hint, self.privacy):
            label.setObjectName("quiet")
            label.setWordWrap(True)
        for button in (self.rename, self.again, self.stop, self.close_button):
            button.setAutoDefault(False)
        self.banner.button.setAutoDefault(False)
        self._phase: TeachPhase = "live"
        self._takes = 0
        self._arrange(dialog)
        self._order()

    def _arrange(self, dialog: QDialog) -> None:
        side = self._side = QFrame(self)
        side.setObjectName("card")
        side.setMinimumWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.signs)
        names = self._names = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        names.setSpacing(_BESIDE)
        self._name_row, self._choice_row = QHBoxLayout(), QHBoxLayout()
        for row in (self._name_row, self._choice_row):
            row.setSpacing(8)
        self._name_row.addWidget(self.name_label)
        self._name_row.addWidget(self.name, 1)
        self._name_row.addWidget(self.rename)
        self._choice_row.addWidget(self.length_label)
        self._choice_row.addWidget(self.length)
        self._choice_row.addSpacing(8)
        self._choice_row.addWidget(self.left_handed)
        self._choice_row.addStretch(0)
        names.addLayout(self._name_row, 1)
        names.addLayout(self._choice_row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.hint, 1)
        for button in (self.stop, self.again, self.keep, self.record):
            buttons.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.privacy, 1)
        foot.addWidget(self.close_button)
        main = QVBoxLayout()
        main.setSpacing(10)
        main.addLayout(names)
        main.addWidget(self.banner)
        main.addWidget(self.teachable)
        main.addWidget(self.stage, 1)
        main.addLayout(buttons)
        main.addWidget(self.strip)
        main.addLayout(foot)
        body = QHBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(14)
        body.addWidget(side)
        body.addLayout(main, 1)
        self.setObjectName("scrolled")
        self._area = area = QScrollArea(dialog)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self)
        whole = QVBoxLayout(dialog)
        whole.setContentsMargins(14, 14, 14, 12)
        whole.addWidget(area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow dialog, or in large letters, name and choices stand one below the other."""
        self._fold()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return done

    def minimumSizeHint(self) -> QSize:
        # As if folded: else it could never become so narrow.
        hint = super().minimumSizeHint()
        if self._names.direction() == QBoxLayout.Direction.LeftToRight:
            hint.setWidth(min(hint.width(), self._side.width() + 14 + _NARROWEST_MAIN))
        return hint

    def _fold(self) -> None:
        # Words of large letters need more than the usual width.
        side_width = max(_SIDE_WIDTH, self.signs.minimumSizeHint().width() + 26)
        self._side.setFixedWidth(side_width)
        # Decided by what does not depend on it: with or without its scroll bar the same.
        bar = self._area.verticalScrollBar().sizeHint().width()
        room = self._area.width() - bar - side_width - 14
        name = self.name_label.sizeHint().width() + 8
        if self.rename.isVisibleTo(self):
            name += self.rename.sizeHint().width() + 8
        name += 12 * self.fontMetrics().averageCharWidth()
        folded = name + self._choice_row.sizeHint().width() + _BESIDE > room
        ways = QBoxLayout.Direction
        self._names.setDirection(ways.TopToBottom if folded else ways.LeftToRight)
        self._names.setSpacing(8 if folded else _BESIDE)

    def _order(self) -> None:
        """The Tab key goes the way a sign is taught."""
        order: list[QWidget] = [self.name, self.rename, self.length, self.left_handed]
        order += [self.banner.button, *self.teachable.buttons]
        order += [self.stop, self.again, self.keep, self.record]
        for button, delete in zip(self.strip.buttons, self.strip.delete_buttons, strict=True):
            order += [button, delete]
        order += [self.close_button, self.signs.list, self.signs.new_button]
        order += [self.signs.delete_button, self.signs.import_button, self.signs.export_button]
        for first, second in itertools.pairwise(order):
            QWidget.setTabOrder(first, second)

    def set_theme(self, theme: Theme) -> None:
        self.strip.set_theme(theme)

    def show_phase(self, phase: TeachPhase, *, new: bool, takes: int) -> None:
        """`new`: the sign has no take yet; `takes`: how many it has."""
        self._phase, self._takes = phase, takes
        busy = phase in _BUSY
        for part in (self.signs, self.length, self.length_label, self.left_handed, self.strip):
            part.setEnabled(not busy)
        self.name.setEnabled(not busy or (phase == "review" and new))
        self.rename.setVisible(not new)
        self.record.setVisible(phase == "live")
        self.keep.setVisible(phase == "review")
        self.again.setVisible(phase == "review")
        self.stop.setVisible(phase in ("counting", "recording", "replay"))
        self._main_button.setDefault(True)
        if busy or phase == "replay":
            self._main_button.setFocus()
        self._retranslate_phase()

    @property
    def _main_button(self) -> QPushButton:
        """What Enter presses."""
        return {"live": self.record, "review": self.keep}.get(self._phase, self.stop)

    def offer_rename(self, changed: bool) -> None:
        """Enter renames while the name of a sign that is there has been `changed`."""
        self.rename.setEnabled(changed)
        (self.rename if changed else self._main_button).setDefault(True)

    def _retranslate_phase(self) -> None:
        first = self._takes == 0
        self.record.setText(self.tr("&Record") if first else self.tr("&Record another take"))
        replay = self._phase == "replay"
        self.stop.setText(self.tr("&Back to the mirror") if replay else self.tr("&Cancel"))
        if self._takes >= MOST_TAKES:
            text = self.tr("%1 takes, and there is room for no more.")
        elif self._takes >= RELIABLE_TAKES:
            text = self.tr("%1 takes: this sign is ready. At most %3 are kept.")
        elif self._takes:
            text = self.tr("%1 of %2 takes: usable now, reliable with %2 or more (at most %3).")
        else:
            text = self.tr("Record it %2 times or more (at most %3), as you always sign it.")
        for mark, number in (("%1", self._takes), ("%2", RELIABLE_TAKES), ("%3", MOST_TAKES)):
            text = text.replace(mark, str(number))
        self.hint.setText(text)

    def retranslate(self) -> None:
        self.name_label.setText(self.tr("Name o&f the sign"))
        self.rename.setText(self.tr("Rena&me"))
        self.length_label.setText(self.tr("&Length"))
        self.length.setAccessibleName(self.tr("How long a take is"))
        self.length.setToolTip(self.tr("How long a take is"))
        self.left_handed.setText(self.tr("Left-&handed"))
        self.keep.setText(self.tr("&Keep"))
        self.again.setText(self.tr("Record a&gain"))
        self.close_button.setText(self.tr("Close"))
        self.privacy.setText(self.tr("Only how your joints move is stored, never a picture."))
        self.stage.setAccessibleName(self.tr("Mirror picture"))
        self.strip.setAccessibleName(self.tr("Kept takes"))
        self._side.setAccessibleName(self.tr("Taught signs"))
        self.setAccessibleName(self.tr("Teach a sign"))
        self._retranslate_phase()
