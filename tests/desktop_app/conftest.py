"""One application for all window tests, and settings in a file of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.app import make_application, make_window
from desktop_app.appearance.theme import LIGHT, apply_theme
from desktop_app.live.live_page import LivePage
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.teach.teach_dialog import TeachDialog
from desktop_app.texts.translation import Translation
from engine.teaching.take_recorder import TakeRecorder
from engine.teaching.taught_store import TaughtStore
from tests.desktop_app.teach.teach_steps import STATE, recording

LONGEST_MS = 180_000


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test waits for may take as long as a busy machine likes: a limit is a guard against
    waiting for ever, and says nothing of speed."""
    wait = QtBot.waitUntil

    def wait_longer(self: QtBot, callback: Callable[[], object], *, timeout: int = 0) -> None:
        wait(self, callback, timeout=max(timeout, LONGEST_MS))

    monkeypatch.setattr(QtBot, "waitUntil", wait_longer)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture
def application(qapp: QApplication) -> QApplication:
    return make_application()


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    file = tmp_path / "settings.ini"
    # Making faster networks is no part of most tests, and a load on all of them.
    file.write_text("[General]\nruntime=torch-fp32\n", "utf-8")
    return file


@pytest.fixture
def settings(settings_file: Path) -> Settings:
    return Settings(settings_file)


@pytest.fixture
def taught(tmp_path: Path) -> TaughtStore:
    taught = TaughtStore(tmp_path / "taught")
    for gloss, takes in (("cảm ơn", 2), ("tree", 3)):
        for seed in range(takes):
            taught.add_take(gloss, recording(seed))
    return taught


@pytest.fixture
def recorder() -> TakeRecorder:
    return TakeRecorder()


@pytest.fixture
def dialog(
    application: QApplication, taught: TaughtStore, recorder: TakeRecorder, qtbot: QtBot
) -> TeachDialog:
    Translation(application).use("en")
    dialog = TeachDialog(taught, recorder)
    qtbot.addWidget(dialog)
    dialog.resize(1100, 640)
    dialog.show()
    dialog.show_state(STATE)
    return dialog


@pytest.fixture
def translation(application: QApplication) -> Iterator[Translation]:
    """English, to be changed by a test."""
    translation = Translation(application)
    translation.use("en")
    yield translation
    translation.use("en")


@pytest.fixture
def page(application: QApplication, translation: Translation, qtbot: QtBot) -> LivePage:
    """The live page alone, in light colours."""
    apply_theme(application, LIGHT)
    page = LivePage()
    qtbot.addWidget(page)
    page.resize(1280, 690)
    page.show()
    return page


@pytest.fixture
def window_source() -> str:
    """What `window` shows."""
    return "reference:cat"


@pytest.fixture
def window(
    application: QApplication, settings: Settings, window_source: str, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The whole window at work."""
    window = make_window(application, settings, source=window_source, language="en")
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    yield window
    window.close()
    # A window may be closed while its networks are still being loaded, which cannot be interrupted.
    assert window.engine.stop(60)
