"""About, and the help for the keyboard."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.texts.translation import Translation
from desktop_app.version import licence_file, version
from desktop_app.window.about import AboutDialog
from desktop_app.window.data_folders import DataFolders, data_folders
from desktop_app.window.key_help import KeyHelp
from tests.conftest import ROOT


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    made = DataFolders(
        *(tmp_path / name for name in ("set & kept", "taught", "cache", "logs/signmirror.log"))
    )
    for folder in (made.settings, made.taught):
        folder.mkdir()
    return made


@pytest.fixture
def about(application: QApplication, folders: DataFolders, qtbot: QtBot) -> AboutDialog:
    Translation(application).use("en")
    about = AboutDialog(folders)
    about.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(about)
    about.show()
    return about


def test_version_licence_credits_and_folders_are_there(
    about: AboutDialog, folders: DataFolders
) -> None:
    text = about.text.text()
    assert f"SignMirror {version()}" in text
    for words in ("Apache License 2.0", "MediaPipe", "Noto Sans", "Qt for Python (LGPL 3)"):
        assert words in text
    for place in (folders.taught, folders.cache, folders.log):
        assert str(place) in text
    # The log's folder is opened: older ones lie beside it.
    assert f'href="{folders.log.parent.as_uri()}"' in text
    assert "set &amp; kept" in text
    assert (ROOT / "LICENSE").as_uri() in text
    flags = about.text.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByMouse
    assert flags & Qt.TextInteractionFlag.LinksAccessibleByKeyboard


def test_all_of_it_can_be_copied(about: AboutDialog, folders: DataFolders) -> None:
    about.copy_button.click()
    copied = QApplication.clipboard().text()
    assert copied.startswith(f"SignMirror {version()}\n")
    for folder in (folders.settings, folders.taught, folders.cache, folders.log):
        assert str(folder) in copied
    assert "<" not in copied
    assert about.said.text() == "Copied"


def test_a_folder_is_opened_and_one_that_is_not_there_is_told(
    about: AboutDialog, folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url))
    about.text.linkActivated.emit(QUrl.fromLocalFile(str(folders.settings)).toString())
    assert [url.toLocalFile() for url in opened] == [str(folders.settings)]
    assert about.said.text() == ""
    about.open_place(QUrl.fromLocalFile(str(folders.cache)).toString())
    assert str(folders.cache) in about.said.text()
    assert len(opened) == 1
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    about.open_place(QUrl.fromLocalFile(str(folders.taught)).toString())
    assert "Copy its name" in about.said.text()


def test_the_folders_are_those_that_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNMIRROR_CACHE", str(tmp_path / "c"))
    monkeypatch.setenv("SIGNMIRROR_LOGS", str(tmp_path / "l"))
    found = data_folders(tmp_path / "s" / "settings.ini", tmp_path / "t")
    assert found == DataFolders(*(tmp_path / name for name in ("s", "t", "c", "l/signmirror.log")))


def test_a_checkout_is_of_its_own_version_whatever_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metadata, "version", lambda _: "0.0.1")
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version() == stated


def test_elsewhere_it_is_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.version._beside_us", lambda: tmp_path)
    # Another project's, left in site-packages.
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\nversion = "9"\n', "utf-8")
    monkeypatch.setattr(metadata, "version", lambda _: "0.0.1")
    assert version() == "0.0.1"

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    monkeypatch.setattr(metadata, "files", missing)
    assert version() == ""
    assert licence_file() is None


def test_the_help_names_every_key_of_an_action(application: QApplication) -> None:
    action, silent = QAction("&Copy signs…"), QAction("Nothing")
    action.setShortcuts([QKeySequence("Ctrl+C"), QKeySequence("Ctrl+Shift+C")])
    table = KeyHelp().table([action, silent])
    native = QKeySequence.SequenceFormat.NativeText
    for key in action.shortcuts():
        assert key.toString(native) in table
    assert "Copy signs<" in table
    assert "Nothing" not in table
    for key in ("Tab", "Alt", "Esc", "End"):
        assert f">{key}<" in table
