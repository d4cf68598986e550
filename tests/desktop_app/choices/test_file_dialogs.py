"""Every question for a file or folder begins where people keep theirs, and goes on where they
were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.choices import file_dialogs
from desktop_app.choices.bundle_chooser import BundleChooser
from desktop_app.choices.source_chooser import SourceChooser
from desktop_app.teach.questions import TeachQuestions
from desktop_app.texts.translation import Translation

Ask = Callable[[QWidget], object]


def video(parent: QWidget) -> object:
    return SourceChooser(parent).choose_file()


def bundle(parent: QWidget) -> object:
    chooser = BundleChooser(parent)
    return chooser.activated.emit(chooser.count() - 1)


def to_import(parent: QWidget) -> object:
    return TeachQuestions(parent).file_to_read()


def to_export(parent: QWidget) -> object:
    return TeachQuestions(parent).file_to_write("cảm ơn")


EVERY = pytest.mark.parametrize("ask", [video, bundle, to_import, to_export])


@pytest.fixture
def parent(application: QApplication, qtbot: QtBot) -> Iterator[QWidget]:
    Translation(application).use("en")
    file_dialogs.remember_folder("")
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    yield parent
    file_dialogs.remember_folder("")


def shown_folder(ask: Ask, parent: QWidget, choose: Path | None = None) -> Path:
    """Where the dialog that `ask` opens begins; `choose` is then chosen in it, or nothing."""
    places: list[Path] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, look)
            return
        places.append(Path(dialog.directory().absolutePath()))
        if choose is None:
            dialog.reject()
        else:
            dialog.selectFile(str(choose))
            dialog.accept()

    QTimer.singleShot(0, look)
    ask(parent)
    return places[0]


@EVERY
def test_it_begins_with_the_users_documents(
    ask: Ask, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # XDG systems are asked by this file and variable; elsewhere Qt knows a place of its own.
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Documents").mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    documents = Path(
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    )
    assert documents.is_dir()
    assert shown_folder(ask, parent) == documents
    assert documents != Path.cwd()


@EVERY
def test_without_documents_it_begins_at_home(
    ask: Ask, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", lambda kind: str(tmp_path / "no such folder")
    )
    assert shown_folder(ask, parent) == Path.home()


@EVERY
def test_it_goes_on_where_the_last_file_was(ask: Ask, parent: QWidget, tmp_path: Path) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    chosen = folder / "mother.mp4"
    chosen.write_bytes(b"")
    assert shown_folder(video, parent, chosen) != folder
    assert file_dialogs.last_folder() == str(folder)
    assert shown_folder(ask, parent) == folder
    # Nothing was chosen: it stays.
    assert file_dialogs.last_folder() == str(folder)
    chosen.unlink()
    folder.rmdir()
    assert shown_folder(ask, parent) != folder


def test_no_file_is_asked_for_in_another_way() -> None:
    room = Path(file_dialogs.__file__).parent.parent
    asking = [f.name for f in room.rglob("*.py") if "QFileDialog" in f.read_text("utf-8")]
    assert asking == ["file_dialogs.py"]
