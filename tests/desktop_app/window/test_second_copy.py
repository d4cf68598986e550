"""Two copies of SignMirror at a time: one settings file, which belongs to the first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.app import make_window
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.store.first_copy import FirstCopy
from desktop_app.window.second_copy import SecondCopyNote
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

HOLD = """
import sys, pathlib
from desktop_app.settings import Settings
settings = Settings(pathlib.Path(sys.argv[1]))
print(settings.claim(), flush=True)
settings.set("theme", "dark")
sys.stdin.read()
"""

Opened = Callable[..., MainWindow]


def start_copy(settings_file: Path) -> subprocess.Popen[str]:
    """Another process that keeps its choices in `settings_file`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings_file)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


@pytest.fixture
def opened(application: QApplication, qtbot: QtBot) -> Iterator[Opened]:
    windows: list[MainWindow] = []

    def make(settings: Settings) -> MainWindow:
        window = make_window(application, settings, source="reference:cat", language="en")
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        return window

    yield make
    for window in windows:
        window.close()
        assert window.engine.stop(60)


def note_of(window: MainWindow) -> SecondCopyNote | None:
    return next((n for n in window.findChildren(SecondCopyNote) if n.isVisible()), None)


def test_the_second_copy_says_so_and_keeps_nothing(
    opened: Opened, settings_file: Path, qtbot: QtBot
) -> None:
    first = start_copy(settings_file)
    try:
        window = opened(Settings(settings_file))
        qtbot.waitUntil(lambda: note_of(window) is not None, timeout=10_000)
        note = note_of(window)
        assert note is not None
        assert "already open" in note.text() and "not be kept" in note.informativeText()
        note.go_on_button.click()
        qtbot.waitUntil(lambda: note_of(window) is None)
        assert window.isVisible()
        before = settings_file.read_bytes()
        window.set_theme("light")
        window.set_traces(False)
        # For as long as it is open, they hold.
        assert window.settings.text("theme") == "light"
        assert not window.settings.flag("traces", True)
        window.close()
        assert settings_file.read_bytes() == before
    finally:
        end(first)


def test_the_second_copy_can_be_closed_at_once(
    opened: Opened, settings_file: Path, qtbot: QtBot
) -> None:
    first = start_copy(settings_file)
    try:
        window = opened(Settings(settings_file))
        qtbot.waitUntil(lambda: note_of(window) is not None, timeout=10_000)
        note = note_of(window)
        assert note is not None
        note.close_button.click()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    finally:
        end(first)


def test_a_copy_that_was_killed_holds_nobody_up(
    opened: Opened, settings_file: Path, qtbot: QtBot
) -> None:
    end(start_copy(settings_file))
    window = opened(Settings(settings_file))
    qtbot.wait(200)
    assert note_of(window) is None
    window.set_theme("light")
    window.close()
    assert Settings(settings_file).text("theme") == "light"


def test_the_next_copy_after_the_first_is_first(settings_file: Path) -> None:
    one, other = Settings(settings_file), Settings(settings_file)
    assert one.claim() and one.claim()
    assert not other.claim()
    other.set("theme", "dark")
    other.save()
    one.set("language", "vi")
    one.save()
    one.release()
    stored = Settings(settings_file)
    assert (stored.text("theme"), stored.text("language")) == ("", "vi")
    assert stored.claim()
    stored.release()


def test_where_no_lock_can_be_had_nobody_is_warned(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    assert FirstCopy(file / "inside").claim()
