"""Within one place, an underlined letter stands for one thing, in every language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.app import make_window
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.translation import LANGUAGES

pytestmark = pytest.mark.slow

Named = tuple[str, str]
"""A text, and what says it."""


@pytest.fixture(params=sorted(LANGUAGES))
def window(
    request: pytest.FixtureRequest, application: QApplication, settings: Settings, qtbot: QtBot
) -> Iterator[MainWindow]:
    language = request.param
    window = make_window(application, settings, source="reference:cat", language=language)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()
    window.translation.use("en")
    assert window.engine.stop(60)


def marked(text: str) -> str:
    """The letter that is underlined; '' where there is none."""
    found = re.search(r"&(.)", text.replace("&&", ""))
    return found.group(1).upper() if found else ""


def collisions(texts: Iterable[str]) -> list[list[str]]:
    by_letter: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        if letter := marked(text):
            by_letter[letter].append(text)
    return [sorted(same) for same in by_letter.values() if len(same) > 1]


def texts_on(place: QWidget) -> list[str]:
    """Of buttons and of labels with a buddy, wherever in `place`, but not in a dialog before it."""
    texts = [button.text() for button in place.findChildren(QAbstractButton)]
    texts += [label.text() for label in place.findChildren(QLabel) if label.buddy() is not None]
    return texts


def menus_of(window: MainWindow) -> list[QMenu]:
    found: list[QMenu] = []

    def walk(actions: Iterable[object]) -> None:
        for action in actions:
            menu = action.menu()  # type: ignore[attr-defined]
            if menu is not None:
                found.append(menu)
                walk(menu.actions())

    walk(window.menuBar().actions())
    return found


def test_no_letter_stands_for_two_things(window: MainWindow) -> None:
    page = texts_on(window.page)
    bar = [action.text() for action in window.menuBar().actions()]
    assert len(bar) >= 5 and all(map(marked, bar)), bar
    assert collisions([*bar, *page]) == []
    menus = menus_of(window)
    assert len(menus) >= len(bar)
    for menu in menus:
        assert collisions(action.text() for action in menu.actions()) == [], menu.title()


def test_a_letter_can_be_typed_on_every_keyboard(window: MainWindow) -> None:
    window.open_teach()
    assert window.teach is not None
    texts = [*texts_on(window.page), *texts_on(window.teach)]
    texts += [action.text() for menu in menus_of(window) for action in menu.actions()]
    texts += [action.text() for action in window.menuBar().actions()]
    assert [text for text in texts if marked(text) and not marked(text).isascii()] == []


def test_no_letter_stands_for_two_things_in_a_dialog(window: MainWindow) -> None:
    window.open_teach()
    window.show_about()
    window.show_shortcuts()
    dialogs = [d for d in window.findChildren(QDialog) if not d.isHidden()]
    assert len(dialogs) == 3
    teach = window.teach
    assert teach is not None
    for dialog in dialogs:
        assert collisions(texts_on(dialog)) == [], dialog.windowTitle()
    # Some of its buttons have other texts at other times.
    seen: set[str] = set()
    for phase in ("live", "counting", "recording", "review", "replay"):
        teach.parts.show_phase(phase, new=phase != "replay", takes=1)
        seen |= {part.text() for part in (teach.parts.record, teach.parts.stop)}
        assert collisions(texts_on(teach)) == [], phase
    assert len(seen) >= 3
    for dialog in dialogs:
        dialog.close()
