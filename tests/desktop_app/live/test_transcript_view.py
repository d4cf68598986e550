"""The list of signs: it stays where one reads, says what was copied, and takes any number."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidgetItem
from pytestqt.qtbot import QtBot

from desktop_app.live.live_page import LivePage
from desktop_app.live.transcript import list_notices
from desktop_app.live.transcript.transcript_view import TranscriptView
from desktop_app.main_window import MainWindow
from desktop_app.texts.translation import Translation
from engine.prediction import Prediction, Timing
from engine.segmentation.transcript import MOST_ENTRIES, TranscriptEntry

CONTROL = Qt.KeyboardModifier.ControlModifier


def row(entry: TranscriptEntry) -> tuple[str, str]:
    return entry.sign, f"{entry.t_s:.0f}"


def entries(count: int, first: int = 0) -> tuple[TranscriptEntry, ...]:
    return tuple(TranscriptEntry(f"sign{i}", float(i), 0.9) for i in range(first, first + count))


@pytest.fixture
def view(application: QApplication, qtbot: QtBot) -> TranscriptView:
    Translation(application).use("en")
    view = TranscriptView()
    qtbot.addWidget(view)
    view.resize(240, 160)
    view.show()
    return view


def top_line(view: TranscriptView) -> QListWidgetItem:
    return view.itemAt(4, 4)


def is_at_end(view: TranscriptView) -> bool:
    view.executeDelayedItemsLayout()
    return view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_the_newest_is_in_view_until_one_scrolls_up(view: TranscriptView) -> None:
    many = entries(60)
    view.show_entries(many[:40], row)
    assert is_at_end(view) and not view.notices.newest.isVisible()
    view.verticalScrollBar().setValue(5)
    line = top_line(view)
    view.show_entries(many[:43], row)
    view.executeDelayedItemsLayout()
    assert top_line(view) is line
    assert view.notices.newest.isVisible()
    assert view.notices.newest.text() == "Newest below: 3"
    view.notices.newest.click()
    assert is_at_end(view) and not view.notices.newest.isVisible()
    view.show_entries(many, row)
    assert is_at_end(view) and not view.notices.newest.isVisible()


def test_it_follows_in_a_window_that_becomes_lower(view: TranscriptView) -> None:
    many = entries(60)
    view.show_entries(many[:40], row)
    view.resize(240, 90)
    QApplication.processEvents()
    assert is_at_end(view)
    view.show_entries(many, row)
    assert is_at_end(view)


def test_lines_stay_while_the_oldest_go(view: TranscriptView) -> None:
    many = entries(80)
    view.show_entries(many[:40], row)
    view.verticalScrollBar().setValue(12)
    line = top_line(view)
    text = line.text()
    view.show_entries(many[5:45], row)
    view.executeDelayedItemsLayout()
    assert view.count() == 40
    assert view.item(0).text().endswith("sign5")
    assert top_line(view) is line and line.text() == text
    assert view.item(39).text().endswith("sign44")


def test_another_list_is_shown_from_its_beginning_to_its_end(view: TranscriptView) -> None:
    view.show_entries(entries(40), row)
    view.verticalScrollBar().setValue(3)
    for shown in (entries(3, 100), (), entries(30, 200), (*entries(4), *entries(2, 200))):
        view.show_entries(shown, row)
        assert [view.item(i).text().split()[1] for i in range(view.count())] == [
            entry.sign for entry in shown
        ]
        assert is_at_end(view)


def test_a_new_sign_costs_little_however_many_there_are(view: TranscriptView) -> None:
    asked: list[TranscriptEntry] = []

    def noted(entry: TranscriptEntry) -> tuple[str, str]:
        asked.append(entry)
        return row(entry)

    many = entries(MOST_ENTRIES + 50)
    view.show_entries(many[:MOST_ENTRIES], noted)
    asked.clear()
    started = time.process_time()
    for first in range(1, 51):
        view.show_entries(many[first : MOST_ENTRIES + first], noted)
    # A handful of milliseconds each; all lines anew would take a hundred times as long.
    assert time.process_time() - started < 5.0
    assert len(asked) == 50
    assert view.count() == MOST_ENTRIES


def test_copying_says_how_many(view: TranscriptView, qtbot: QtBot) -> None:
    clipboard = QApplication.clipboard()
    clipboard.setText("kept")
    view.copy(chosen=False)
    assert clipboard.text() == "kept"
    assert "nothing" in view.notices.said.text()
    view.show_entries(entries(6), row)
    view.copy(chosen=True)
    assert clipboard.text() == "sign0 sign1 sign2 sign3 sign4 sign5"
    assert view.notices.said.isVisible() and view.notices.said.text() == "Copied 6 signs"
    view.item(3).setSelected(True)
    view.copy(chosen=False)
    assert view.notices.said.text() == "Copied 6 signs"
    view.copy(chosen=True)
    assert clipboard.text() == "sign3"
    assert view.notices.said.text() == "Copied 1 sign"
    view.item(1).setSelected(True)
    view.copy(chosen=True)
    assert clipboard.text() == "sign1 sign3"
    assert view.rect().contains(view.notices.said.geometry())


def test_what_was_said_goes(
    view: TranscriptView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.notices._timer.setInterval(20)
    view.notices.say("Copied 2 signs")
    assert view.notices.said.isVisible()
    qtbot.waitUntil(lambda: not view.notices.said.isVisible(), timeout=10_000)
    assert list_notices.SAID_FOR_MS >= 3_000


@pytest.fixture
def window_source() -> str:
    """It shows nothing: the only signs are the tests' own."""
    return "no such file.mp4"


def sign(window: MainWindow, qtbot: QtBot, *glosses: str) -> None:
    board = window.engine._board
    for gloss in glosses:
        timing = Timing(1.0, 1.0, 1.0)
        named = Prediction(3.0, gloss, 0.9, (), {}, "generated", timing).over(1.0, 2.6)
        assert board.entered(board._source, named)
    qtbot.waitUntil(
        lambda: window.page.transcript.count() == len(window.engine.latest().transcript),
        timeout=10_000,
    )


def listed(page: LivePage) -> list[str]:
    return [page.transcript.item(i).text().split()[-1] for i in range(page.transcript.count())]


def test_ctrl_c_copies_what_is_selected(window: MainWindow, qtbot: QtBot) -> None:
    sign(window, qtbot, "cat", "day", "cop")
    transcript, clipboard = window.page.transcript, QApplication.clipboard()
    transcript.setFocus()
    transcript.item(1).setSelected(True)
    qtbot.keyClick(transcript, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == "day"
    # A click on the button leaves the list chosen, and so does the key Tab.
    qtbot.mouseClick(window.page.copy_button, Qt.MouseButton.LeftButton)
    assert clipboard.text() == "day"
    window.page.copy_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.page.copy_button, Qt.Key.Key_Space)
    assert clipboard.text() == "day"
    window.page.mirror.setFocus()
    qtbot.keyClick(window.page.mirror, Qt.Key.Key_C, CONTROL)
    assert clipboard.text() == "cat day cop"
    assert transcript.notices.said.text() == "Copied 3 signs"


def test_clearing_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    page, undo = window.page, window.page.transcript.notices.undo
    action = window.actions_by_name["undo"]
    assert not action.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    sign(window, qtbot, "cat", "day")
    page.clear_button.click()
    qtbot.waitUntil(lambda: page.transcript.count() == 0, timeout=10_000)
    assert undo.isVisible() and undo.text() == "Undo clear" and action.isEnabled()
    sign(window, qtbot, "cop")
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: listed(page) == ["cat", "day", "cop"], timeout=10_000)
    assert not undo.isVisible() and not action.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Backspace, CONTROL)
    qtbot.waitUntil(lambda: page.transcript.count() == 0, timeout=10_000)
    # Clearing an empty list does not forget what the last clearing took.
    page.clear_button.click()
    undo.click()
    qtbot.waitUntil(lambda: listed(page) == ["cat", "day", "cop"], timeout=10_000)


def test_after_a_while_what_was_cleared_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    sign(window, qtbot, "cat")
    page = window.page
    assert 10_000 <= window.clearing.timer.interval() <= 120_000
    window.clearing.timer.setInterval(20)
    page.clear_button.click()
    qtbot.waitUntil(lambda: not window.actions_by_name["undo"].isEnabled(), timeout=10_000)
    assert not page.transcript.notices.undo.isVisible()
    window.engine.restore_transcript()
    assert window.engine.latest().transcript == ()
