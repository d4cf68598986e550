"""One application for all window tests, and settings in a file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import make_application
from desktop_app.store.settings import Settings


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
