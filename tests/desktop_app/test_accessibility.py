"""What a screen reader finds, in which order the Tab key goes, and what is said by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QGraphicsView,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.live.transcript.sign_announcer import SignAnnouncer, new_entries
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.translation import Translation
from engine.live.live_engine import LiveEngine
from engine.segmentation.transcript import TranscriptEntry
from tests.desktop_app.geometry import settle
from tests.desktop_app.window.test_small_screens import STATE

pytestmark = pytest.mark.slow


@pytest.fixture
def window(application: QApplication, settings: Settings, qtbot: QtBot) -> Iterator[MainWindow]:
    translation = Translation(application)
    translation.use("en")
    window = MainWindow(LiveEngine("reference:father", "asl20"), settings, translation, "asl20")
    qtbot.addWidget(window)
    window._paint.stop()
    window.resize(1280, 720)
    with qtbot.waitActive(window):
        window.show()
    window.page.show_state(STATE, 4.0)
    window.set_details(True)
    settle()
    yield window
    window.close()


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for i in range(interface.childCount()):
        child = interface.child(i)
        if child is not None and child.isValid():
            yield from walk(child)


def named(interface: QAccessibleInterface) -> str:
    return interface.text(QAccessible.Text.Name).strip()


def test_all_that_takes_the_focus_and_all_that_holds_parts_has_a_name(window: MainWindow) -> None:
    window.open_teach()
    settle()
    teach = window.teach
    assert teach is not None
    nameless, focusable = [], set()
    for whole in (window, teach):
        root = QAccessible.queryAccessibleInterface(whole)
        assert root is not None and root.childCount() > 0
        for found in walk(root):
            widget = found.object()
            if not isinstance(widget, QWidget) or not widget.isVisible():
                continue
            takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes_focus:
                focusable.add(widget)
            if (takes_focus or holds_parts(widget)) and not named(found):
                nameless.append(f"{type(widget).__name__}({widget.objectName()}) {found.role()}")
    assert nameless == []
    assert {window.page.mirror, window.page.transcript, teach.parts.name} <= focusable
    teach.close()


def holds_parts(widget: QWidget) -> bool:
    """Cards, plots, and whatever groups more than one thing to look at or to press."""
    if isinstance(widget, QLabel) or widget.objectName().startswith("qt_"):
        return False
    if isinstance(widget.parentWidget(), QAbstractScrollArea):
        # What scrolls has the name; that which is scrolled is its inside.
        return isinstance(widget.parentWidget(), QGraphicsView)
    return isinstance(widget, QFrame) and widget.objectName() in ("card", "banner")


def test_the_names_change_with_the_language(window: MainWindow) -> None:
    page = window.page
    frames = (page.body.bars_frame, page.body.transcript_frame, page.body.sign_frame)
    before = [frame.accessibleName() for frame in frames]
    window.set_language("vi")
    settle()
    after = [frame.accessibleName() for frame in frames]
    window.set_language("en")
    assert all(before) and all(after)
    assert not set(before) & set(after)


def test_the_tab_key_goes_from_top_to_bottom(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    page.source_chooser.setFocus()
    order: list[QWidget] = []
    for _ in range(30):
        focused = window.focusWidget()
        assert focused is not None
        if focused in order:
            break
        order.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert order == [
        page.source_chooser,
        page.bundle_chooser,
        *page.controls.buttons,
        page.banner.button,
        page.mirror,
        page.transcript,
        page.copy_button,
        page.clear_button,
        page.details.button,
    ]
    assert not any(plot.hasFocus() for plot in page.traces.plots.values())


def test_what_gave_way_is_skipped_and_the_menu_takes_its_place(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.page
    window.resize(570, 500)
    settle()
    assert page.controls.overflow.isVisible()
    page.bundle_chooser.setFocus()
    reached: list[QObject] = []
    for _ in range(6):
        focused = window.focusWidget()
        assert focused is not None and focused.isVisible()
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert page.controls.overflow in reached
    assert reached.index(page.controls.overflow) < reached.index(page.mirror)


FIRST, SECOND = TranscriptEntry("father", 3.0, 0.8), TranscriptEntry("day", 6.0, 0.8)
THIRD = TranscriptEntry("cat", 9.0, 0.7)


@pytest.mark.parametrize(
    ("known", "entries", "new"),
    [
        ((), (FIRST,), (FIRST,)),
        ((FIRST,), (FIRST,), ()),
        ((FIRST,), (FIRST, SECOND), (SECOND,)),
        # The oldest may go from a long list.
        ((FIRST, SECOND), (SECOND, THIRD), (THIRD,)),
        # Cleared, or another list altogether.
        ((FIRST, SECOND), (), ()),
        ((FIRST, SECOND), (THIRD,), ()),
    ],
)
def test_only_signs_that_are_new_are_announced(
    known: tuple[TranscriptEntry, ...],
    entries: tuple[TranscriptEntry, ...],
    new: tuple[TranscriptEntry, ...],
) -> None:
    assert tuple(new_entries(known, entries)) == new


def test_a_new_sign_is_announced_once_in_the_windows_words(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[QObject, str, QAccessible.AnnouncementPoliteness]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append((event.object(), event.message(), event.politeness()))

    # Nobody listens where there is no screen: what would be handed to the desktop is caught.
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    page = window.page
    before = STATE.transcript
    later = replace(STATE, transcript=(*before, TranscriptEntry("day", 70.0, 0.9)))
    page.show_state(STATE, 0.0)
    assert heard == []
    page.show_state(later, 0.0)
    page.show_state(later, 0.0)
    polite = QAccessible.AnnouncementPoliteness.Polite
    assert heard == [(page.sign_card, "day", polite)]
    page.set_language("vi")
    page.show_state(later, 0.0)
    assert len(heard) == 1
    page.show_state(
        replace(later, transcript=(*later.transcript, TranscriptEntry("cat", 75.0, 0.9))), 0.0
    )
    assert [text for _, text, _ in heard] == ["day", "con mèo"]
    page.set_language("en")


def test_an_announcement_can_be_made_where_nobody_listens(window: MainWindow) -> None:
    announcer = SignAnnouncer(window.page.sign_card)
    assert announcer.follow((FIRST,), str.upper) == ("FATHER",)
    assert announcer.follow((FIRST,), str.upper) == ()
