"""An error that nobody has caught: one small box, and the window goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.unexpected import UnexpectedNotice
from engine.logs import log_file
from engine.logs.uncaught import on_uncaught, uncaught_in_thread, watch_for_uncaught


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in the program; pytest's own hooks are back afterwards."""
    kept = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    watch_for_uncaught()
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = kept
    on_uncaught(None)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    return window


def boxes(window: QMainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def fail() -> None:
    raise ValueError("nobody expects this")


def test_a_thread_that_fails_is_said_once_and_holds_nothing_up(
    qtbot: QtBot, window: QMainWindow, watched: None
) -> None:
    UnexpectedNotice(window).listen()
    for _ in range(3):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(boxes(window)), timeout=20_000)
    (box,) = boxes(window)
    assert str(log_file()) in box.informativeText()
    assert not box.isModal()
    ticked: list[bool] = []
    QTimer.singleShot(0, lambda: ticked.append(True))
    qtbot.waitUntil(lambda: bool(ticked), timeout=20_000)
    assert len(boxes(window)) == 1


def test_an_error_in_a_slot_is_said(
    qtbot: QtBot, window: QMainWindow, watched: None, caplog: pytest.LogCaptureFixture
) -> None:
    UnexpectedNotice(window).listen()
    error = ValueError("from a slot")
    # What PySide calls for a slot that raises.
    sys.excepthook(ValueError, error, None)
    qtbot.waitUntil(lambda: bool(boxes(window)), timeout=20_000)
    assert "from a slot" in caplog.text


def test_a_thread_that_was_told_to_end_is_no_error(watched: None) -> None:
    told: list[object] = []
    on_uncaught(told.append)
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert threading.excepthook is uncaught_in_thread and told == []
