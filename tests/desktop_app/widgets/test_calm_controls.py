"""Nothing is chosen by scrolling past it or by typing into it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.widgets.calm_combo_box import CalmComboBox

LETTERS = {"o": "overlay", "t": "traces", "l": "left_handed"}


def scroll(widget: QWidget) -> None:
    """One notch of a mouse wheel down, and one up, over the middle of `widget`."""
    middle = QPointF(widget.rect().center())
    for notch in (-120, -120, 120):
        event = QWheelEvent(
            middle,
            widget.mapToGlobal(middle),
            QPoint(),
            QPoint(0, notch),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    if isinstance(widget, QAbstractSlider):
        return widget.value()
    return widget.property("value")


def test_the_wheel_changes_no_choice(window: MainWindow, qtbot: QtBot) -> None:
    window.open_teach()
    choices = [w for kind in (QComboBox, QAbstractSpinBox) for w in window.findChildren(kind)]
    choices += [w for w in window.findChildren(QAbstractSlider) if not isinstance(w, QScrollBar)]
    assert {window.page.source_chooser, window.page.bundle_chooser} <= set(choices)
    assert window.teach is not None and window.teach.parts.length in choices
    told: list[object] = []
    window.page.source_chooser.chosen.connect(told.append)
    window.page.bundle_chooser.chosen.connect(told.append)
    for choice in choices:
        for focused in (False, True):
            if focused:
                choice.setFocus()
            before = value_of(choice)
            scroll(choice)
            assert value_of(choice) == before, choice
    assert told == []


def test_the_wheel_still_moves_a_list_that_is_open(application: QApplication, qtbot: QtBot) -> None:
    chooser = CalmComboBox()
    qtbot.addWidget(chooser)
    chooser.addItems([f"camera {i}" for i in range(500)])
    chooser.show()
    chooser.showPopup()
    qtbot.waitUntil(chooser.view().isVisible)
    bar = chooser.view().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 3)
    before = bar.value()
    scroll(chooser.view().viewport())
    assert bar.value() > before
    chooser.hidePopup()


def test_letters_fire_nothing_where_they_are_typed(window: MainWindow, qtbot: QtBot) -> None:
    kinds = (QComboBox, QAbstractItemView, QLineEdit, QAbstractSpinBox)
    typed = [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    page = window.page
    assert {page.source_chooser, page.bundle_chooser, page.transcript} <= set(typed)
    before = {name: window.actions_by_name[name].isChecked() for name in LETTERS.values()}
    # What a letter chooses in a list is another matter.
    page.source_chooser.blockSignals(True)
    page.bundle_chooser.blockSignals(True)
    for widget in typed:
        widget.setFocus()
        assert window.focusWidget() is widget
        for letter in LETTERS:
            qtbot.keyClicks(widget, letter)
    assert before == {name: window.actions_by_name[name].isChecked() for name in LETTERS.values()}
    page.mirror.setFocus()
    for letter, name in LETTERS.items():
        qtbot.keyClicks(page.mirror, letter)
        assert window.actions_by_name[name].isChecked() is not before[name]


def test_other_keys_still_work_in_a_list(window: MainWindow, qtbot: QtBot) -> None:
    window.page.transcript.setFocus()
    qtbot.keyClick(window.page.transcript, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    qtbot.keyClick(window.page.transcript, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen())
