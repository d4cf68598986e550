"""F11: the picture and the sign alone, large; and back, with everything as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.translation import Translation
from desktop_app.window import presentation
from engine.live.live_engine import LiveEngine
from tests.desktop_app.geometry import settle
from tests.desktop_app.window.test_small_screens import STATE


@pytest.fixture
def window(application: QApplication, settings: Settings, qtbot: QtBot) -> Iterator[MainWindow]:
    translation = Translation(application)
    translation.use("en")
    window = MainWindow(LiveEngine("reference:father", "asl20"), settings, translation, "asl20")
    qtbot.addWidget(window)
    window._paint.stop()
    with qtbot.waitActive(window):
        window.show()
    window.page.show_state(STATE, 4.0)
    settle()
    yield window
    window.close()


def layout_of(window: MainWindow) -> dict[str, object]:
    """What is to be as it was: what can be seen, and where."""
    parts: list[QWidget] = [window.menuBar(), *window.page.findChildren(QWidget)]
    places = {
        str(i): (part.isVisible(), part.mapTo(window, QPoint()).toTuple(), part.size().toTuple())
        for i, part in enumerate(parts)
        if part.isVisible()
    }
    return {
        "parts": places,
        "geometry": window.geometry().getRect(),
        "state": window.windowState(),
        "focus": window.focusWidget(),
        "checked": {n: a.isChecked() for n, a in window.actions_by_name.items()},
    }


@pytest.mark.parametrize("leave", [Qt.Key.Key_Escape, Qt.Key.Key_F11], ids=["Esc", "F11"])
@pytest.mark.parametrize("maximised", [False, True])
def test_picture_and_sign_alone_and_back(
    window: MainWindow, qtbot: QtBot, leave: Qt.Key, maximised: bool
) -> None:
    window.set_details(True)
    window.actions_by_name["traces"].setChecked(False)
    if maximised:
        window.showMaximized()
    else:
        window.resize(900, 560)
    window.page.clear_button.setFocus()
    settle(12)
    before, small = layout_of(window), window.page.sign_card.height()

    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    settle(12)
    page = window.page
    assert page.mirror.isVisible() and page.sign_card.isVisible()
    away = (window.menuBar(), page.controls, page.banner, page.bars, page.transcript, page.details)
    assert not any(part.isVisible() for part in (*away, page.traces, page.copy_button))
    # Letters of a sign fill three fifths of its card: 54 pixels of a desk's screen are 15 mm,
    # which is what eyes make out at 3 m.
    assert page.sign_card.height() > small
    assert page.sign_card.height() * 0.47 > 54
    shown = page.mirror.height() + page.sign_card.height()
    assert shown > 0.85 * window.height()
    qtbot.keyClick(window, leave)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    settle(12)
    assert layout_of(window) == before


def test_the_hint_tells_how_to_leave_and_goes(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = window.presentation.hint
    assert presentation.HINT_MS >= 4_000
    window.presentation.hint_timer.setInterval(200)
    window.actions_by_name["full_screen"].trigger()
    assert hint.isVisible() and "Esc" in hint.text()
    settle()
    assert window.page.rect().contains(hint.geometry())
    qtbot.waitUntil(lambda: not hint.isVisible(), timeout=20_000)
    # Whoever has only a mouse moves it, and finds a way out.
    qtbot.mouseMove(window.page.mirror, QPoint(50, 60))
    qtbot.mouseMove(window.page.mirror, QPoint(80, 90))
    qtbot.waitUntil(hint.isVisible, timeout=20_000)
    hint.click()
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert not hint.isVisible()
    assert not window.actions_by_name["full_screen"].isChecked()
    settle()
    qtbot.mouseMove(window.page.mirror, QPoint(60, 60))
    settle()
    assert not hint.isVisible()


def test_the_desktops_own_way_out_of_full_screen_ends_it(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_name["full_screen"].trigger()
    qtbot.waitUntil(window.isFullScreen)
    settle()
    window.showNormal()
    qtbot.waitUntil(lambda: not window.presentation.on, timeout=20_000)
    assert window.menuBar().isVisible() and window.page.controls.isVisible()


def test_a_window_closed_in_a_presentation_opens_as_before(
    window: MainWindow, settings: Settings, qtbot: QtBot
) -> None:
    window.resize(1000, 600)
    settle()
    window.actions_by_name["full_screen"].trigger()
    qtbot.waitUntil(window.isFullScreen)
    window.close()
    again = MainWindow(
        LiveEngine("reference:father", "asl20"), settings, window.translation, "asl20"
    )
    qtbot.addWidget(again)
    again.show()
    settle()
    assert not again.isFullScreen()
    assert (again.width(), again.height()) == (1000, 600)
    assert again.menuBar().isVisible()


def test_dialogs_and_keys_work_in_it(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_name["full_screen"].trigger()
    qtbot.waitUntil(window.isFullScreen)
    overlay = window.actions_by_name["overlay"]
    before = overlay.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_O)
    assert overlay.isChecked() is not before
    window.page.show_state(STATE, 4.0)
    settle()
    assert not window.page.banner.isVisible()
