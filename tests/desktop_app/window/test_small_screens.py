"""Nothing is cut off or out of reach from 800 x 500 upwards, in both languages and large letters.

The engine of these windows is made, not started: nothing moves while it is measured.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.live.top_bars import TopBars
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.translation import Translation
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.scrolling_message import ScrollingMessage
from engine.bundle import load_bundle
from engine.live.live_engine import LiveEngine
from tests.desktop_app.geometry import cut, faults, outside, overlaps, reachable, settle
from tests.desktop_app.live.test_live_page import OPEN

pytestmark = pytest.mark.slow

STATE = replace(OPEN, card=load_bundle("asl20").card, no_camera=True)
LONG = "nghiêng mình chào người lớn tuổi"
# Inside a window's frame: of 1366 x 768 at 150 % the desktop's bars leave the second or the third.
SIZES = ((1024, 640), (911, 512), (895, 432), (1097, 617), (1920, 1080), (800, 500), (784, 430))

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def opened(
    application: QApplication, settings: Settings, qtbot: QtBot
) -> Iterator[Callable[..., MainWindow]]:
    usual, translation = application.font(), Translation(application)

    def make(language: str = "en", letters: float = 1.0, *, theme: str = "light") -> MainWindow:
        font = application.font()
        font.setPointSizeF(usual.pointSizeF() * letters)
        application.setFont(font)
        settings.set("theme", theme)
        translation.use(language)
        engine = LiveEngine("reference:father", "asl20")
        window = MainWindow(engine, settings, translation, "asl20")
        qtbot.addWidget(window)
        window._paint.stop()
        window.show()
        window.page.show_state(STATE, 4.0)
        settle()
        return window

    yield make
    application.setFont(usual)
    translation.use("en")


@pytest.mark.parametrize("letters", [1.0, 1.5], ids=["usual", "large letters"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_everything_is_inside_in_every_size(
    opened: MakeWindow, language: str, letters: float
) -> None:
    window = opened(language, letters)
    everything = reachable(window)
    assert len(everything) == 5
    for size, details in itertools.product(SIZES, (False, True)):
        window.set_details(details)
        window.resize(*size)
        settle()
        assert (window.width(), window.height()) == size
        assert faults(window) == [], (size, details)
        assert reachable(window) == everything
        assert window.page.strip.isVisible() is details


def test_a_long_sign_stays_whole_in_the_smallest_window(opened: MakeWindow) -> None:
    window = opened("vi")
    window.resize(800, 500)
    window.page.sign_card.show_sign(LONG, 0.5, "")
    settle()
    assert faults(window) == []


def test_traces_then_bars_then_the_list_give_way_and_come_back(opened: MakeWindow) -> None:
    window, gone = opened(), []
    page = window.page
    parts = {"traces": page.traces, "bars": page.bars, "list": page.transcript}
    window.resize(1280, 720)
    settle()
    assert all(part.isVisible() for part in parts.values())
    for height in range(720, 315, -15):
        window.resize(1280, height)
        settle()
        gone += [n for n, part in parts.items() if not part.isVisible() and n not in gone]
        assert page.mirror.isVisible() and page.sign_card.isVisible()
        assert page.trace_note_shown or page.traces.isVisible() or page.body.height() < 260
    assert gone == ["traces", "bars", "list"]
    window.resize(1280, 720)
    settle()
    assert all(part.isVisible() for part in parts.values())
    window.resize(500, 300)
    settle()
    assert window.width() <= 560 and window.height() <= 330


def test_traces_that_are_off_or_missing_are_not_promised(opened: MakeWindow) -> None:
    window = opened()
    window.resize(800, 500)
    settle()
    assert window.page.trace_note_shown
    window.set_traces(False)
    assert not window.page.trace_note_shown
    window.set_traces(True)
    # Of landmarks alone there are no traces.
    window.page.show_state(replace(STATE, card=load_bundle("ksl13").card), 0.0)
    assert not window.page.trace_note_shown


@pytest.mark.parametrize("letters", [1.0, 1.5], ids=["usual", "large letters"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_teaching_dialog_can_be_used_on_a_small_screen(
    opened: MakeWindow, language: str, letters: float
) -> None:
    window = opened(language, letters)
    window.resize(784, 450)
    window.open_teach()
    dialog = window.teach
    assert dialog is not None
    # With the vocabularies that can be taught, one button each.
    dialog.show_state(STATE)
    for size in ((784, 460), (784, 430), (1000, 600)):
        dialog.resize(*size)
        settle()
        assert (dialog.width(), dialog.height()) == size
        assert cut(dialog) == [] and overlaps(dialog) == []
        area = next(a for a in dialog.findChildren(QScrollArea) if a.widget() is dialog.parts)
        assert area.horizontalScrollBar().maximum() == 0
        for part in (dialog.parts.name, dialog.parts.record, dialog.parts.close_button):
            area.ensureWidgetVisible(part)
            settle()
            place = QRect(part.mapTo(dialog, QPoint()), part.size())
            assert dialog.rect().contains(place), (size, part)
    dialog.close()


def test_a_message_that_is_too_high_can_be_scrolled(
    application: QApplication, qtbot: QtBot
) -> None:
    box = ScrollingMessage()
    qtbot.addWidget(box)
    box.setText("<br>".join(f"line {i}" for i in range(200)))
    close = box.addButton("Close", ScrollingMessage.ButtonRole.AcceptRole)
    box.open()
    settle()
    free = box.screen().availableGeometry()
    assert box.frameGeometry().height() <= free.height()
    assert outside(box) == [] or box.findChild(QScrollArea) is not None
    assert box.rect().contains(QRect(close.mapTo(box, QPoint()), close.size()))
    area = box.findChild(QScrollArea)
    assert area is not None and area.verticalScrollBar().maximum() > 0
    short = ScrollingMessage()
    qtbot.addWidget(short)
    short.setText("one line")
    short.open()
    settle()
    assert short.findChild(QScrollArea) is None


def test_a_long_reason_does_not_push_the_window_open(opened: MakeWindow) -> None:
    window = opened("vi", 1.5)
    window.resize(800, 500)
    path = "/home/" + "/".join(["a-very-long-folder-name"] * 8) + "/letter.mp4"
    failed = replace(STATE, source_state="failed", source_message=f"{path}: empty", frame=None)
    window.page.show_state(failed, 0.0)
    settle()
    assert window.width() == 800
    assert outside(window) == [] and overlaps(window) == []
    assert window.page.banner.label.width() > 200


def tip_at(widget: QWidget, y: int) -> str:
    position = QPoint(4, y)
    QApplication.sendEvent(
        widget, QHelpEvent(QEvent.Type.ToolTip, position, widget.mapToGlobal(position))
    )
    return QToolTip.text()


def test_cut_words_end_in_dots_and_stand_whole_in_the_tool_tip(
    opened: MakeWindow, qtbot: QtBot
) -> None:
    bars = TopBars()
    qtbot.addWidget(bars)
    bars.resize(240, bars.height())
    bars.show()
    bars.show_rows([(LONG, 0.9), ("cat", 0.05)])
    assert tip_at(bars, 5) == LONG
    # A tip goes only after a while, so its text is asked for by itself.
    assert bars.cut_text(bars.row_height + 5) == bars.cut_text(bars.height() - 2) == ""
    window = opened()
    window.resize(800, 500)
    chooser = window.page.source_chooser
    chooser.set_current("/videos/a lesson with a very long name indeed.mp4")
    settle()
    assert chooser.shown_text().endswith("…")
    assert tip_at(chooser, 5) == chooser.currentText()
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(LONG)
    label.resize(60, 20)
    label.show()
    assert tip_at(label, 5) == LONG
    label.resize(900, 20)
    assert label.shown_text() == LONG


def test_what_is_cut_or_outside_would_be_noticed(application: QApplication, qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    middle = QWidget()
    window.setCentralWidget(middle)
    label, button = QLabel("a long word", middle), QPushButton("another", middle)
    window.resize(400, 200)
    window.show()
    settle()
    label.setGeometry(0, 0, 200, 60)
    button.setGeometry(0, 80, 200, 60)
    assert (cut(window), outside(window), overlaps(window)) == ([], [], [])
    label.setGeometry(0, 0, 20, 60)
    button.setGeometry(390, 80, 200, 60)
    assert len(cut(window)) == 1 and len(outside(window)) == 1
    button.setGeometry(5, 5, 200, 60)
    assert len(overlaps(window)) == 1
