"""One application for all window tests, and settings in a file of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.app import make_application
from desktop_app.store.settings import Settings

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
