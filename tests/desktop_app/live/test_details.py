"""The figures for those who ask for them, in plain words; letters as large as the computer's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.app import SMALLEST_POINTS, make_application
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.translation import Translation
from engine.live.live_engine import LiveEngine
from tests.desktop_app.geometry import settle
from tests.desktop_app.window.test_small_screens import STATE

JARGON = ("landmark", "frame", "label", "bundle")


@pytest.fixture
def opened(
    application: QApplication, settings: Settings, qtbot: QtBot
) -> Iterator[Callable[[], MainWindow]]:
    windows = []

    def make() -> MainWindow:
        translation = Translation(application)
        translation.use("en")
        window = MainWindow(LiveEngine("reference:father", "asl20"), settings, translation, "asl20")
        qtbot.addWidget(window)
        window._paint.stop()
        with qtbot.waitActive(window):
            window.show()
        window.page.show_state(STATE, 4.0)
        settle()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()


def test_figures_are_shown_when_asked_for_and_that_is_remembered(
    opened: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = opened()
    page, action = window.page, window.actions_by_name["details"]
    assert page.details.button.isVisible() and not page.strip.isVisible()
    assert not action.isChecked()
    qtbot.mouseClick(page.details.button, Qt.MouseButton.LeftButton)
    assert page.strip.isVisible() and action.isChecked()
    window.close()
    again = opened()
    assert again.page.strip.isVisible() and again.actions_by_name["details"].isChecked()
    again.actions_by_name["details"].trigger()
    assert not again.page.strip.isVisible() and not again.page.details.button.isChecked()
    again.close()
    assert not opened().page.strip.isVisible()


def test_what_stands_on_the_page_is_in_plain_words(opened: Callable[[], MainWindow]) -> None:
    page = opened().page
    page.details.set_open(True)
    settle()
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    choosers = (page.source_chooser, page.bundle_chooser)
    words += [c.itemText(i) for c in choosers for i in range(c.count())]
    words += [button.text() for button in page.controls.buttons]
    assert "Body and hands 21 ms" in words
    assert "Vocabulary from a folder…" in words
    assert [w for w in words if any(odd in w.lower() for odd in JARGON)] == []


@pytest.mark.parametrize(("computer", "ours"), [(6.0, SMALLEST_POINTS), (10.0, 10.0), (15.0, 15.0)])
def test_letters_are_as_large_as_the_computers(
    application: QApplication, computer: float, ours: float
) -> None:
    before = application.font()
    try:
        font = QFont(before)
        font.setPointSizeF(computer)
        application.setFont(font)
        assert make_application().font().pointSizeF() == ours
    finally:
        application.setFont(before)
