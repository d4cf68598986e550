"""Everything can be done with the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow

pytestmark = pytest.mark.slow

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def test_letters_switch_skeleton_traces_and_hand(window: MainWindow, qtbot: QtBot) -> None:
    for key, name in (
        (Qt.Key.Key_O, "overlay"),
        (Qt.Key.Key_T, "traces"),
        (Qt.Key.Key_L, "left_handed"),
    ):
        action = window.actions_by_name[name]
        before = action.isChecked()
        qtbot.keyClick(window, key)
        assert action.isChecked() is not before
        assert window.settings.flag(name, before) is not before
    assert not window.page.traces.isVisible()
    assert [button.isChecked() for button in window.page.switches] == [False, False, True]


def test_full_screen_and_back(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen())


def test_help_lists_every_key_and_closes_with_escape(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    box = next(w for w in window.findChildren(QMessageBox) if w.isVisible())
    native = QKeySequence.SequenceFormat.NativeText
    for action in window.actions_by_name.values():
        for key in action.shortcuts():
            assert key.toString(native) in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(w.isVisible() for w in window.findChildren(QMessageBox)))


def test_a_source_is_chosen_without_a_mouse(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    chooser = window.page.source_chooser
    qtbot.waitUntil(chooser.view().isVisible)
    qtbot.keyClick(chooser.view(), Qt.Key.Key_End)
    qtbot.keyClick(chooser.view(), Qt.Key.Key_Return)
    assert not chooser.view().isVisible()
    chosen = chooser.itemData(chooser.count() - 1)
    # It is remembered once it has shown a picture, which a busy machine may take a while to do.
    qtbot.waitUntil(lambda: window.settings.text("source") == chosen, timeout=60_000)


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = [
        key.toString() for action in window.actions_by_name.values() for key in action.shortcuts()
    ]
    assert len(set(keys)) == len(keys)
    wanted = "F1 F11 O T L Ctrl+O Ctrl+K Ctrl+C Ctrl+Backspace Ctrl+Z"
    assert set(wanted.split()) <= set(keys)


def test_tab_reaches_everything_that_can_be_used(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    reached: list[QWidget] = []
    widget: QWidget = page.source_chooser
    widget.setFocus()
    for _ in range(20):
        focused = window.focusWidget()
        assert focused is not None
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab, PLAIN)
    wanted = (page.bundle_chooser, page.mirror, page.transcript, page.copy_button)
    assert {*wanted, page.clear_button} <= set(reached)
    for focused in set(reached):
        named = focused.accessibleName() or getattr(focused, "text", str)()
        assert named or isinstance(focused, QComboBox), focused


def test_a_broken_bundle_is_not_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.choose_bundle("no_such_bundle")
    qtbot.waitUntil(lambda: window.page.banner.isVisible(), timeout=60_000)
    assert "no_such_bundle" in window.page.banner.label.text()
    assert window.settings.text("bundle") == ""
    window.choose_bundle("asl20")
    qtbot.waitUntil(lambda: window.settings.text("bundle") == "asl20", timeout=60_000)
    assert not window.page.banner.isVisible()
