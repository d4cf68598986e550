"""What Qt itself says, on buttons, in menus and its file dialog, is in the window's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFileIconProvider,
    QHeaderView,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.texts.translation import LANGUAGES, Translation

_OTHERS = sorted(set(LANGUAGES) - {"en"})
_SAME = {"OK"}
"""Written alike in both languages."""


@pytest.fixture(params=_OTHERS)
def translation(request: pytest.FixtureRequest, application: QApplication) -> Iterator[Translation]:
    translation = Translation(application)
    translation.use(request.param)
    yield translation
    translation.use("en")


def _file_dialog(folder: Path) -> QFileDialog:
    dialog = QFileDialog(None, "§", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    return dialog


def _saving(folder: Path) -> QFileDialog:
    dialog = _file_dialog(folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    return dialog


def _for_folders(folder: Path) -> QFileDialog:
    dialog = _file_dialog(folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return dialog


def _message(_: Path) -> QMessageBox:
    box = QMessageBox()
    box.setDetailedText("§")
    for button in QMessageBox.StandardButton:
        if button.value & (button.value - 1) == 0 and button.value >= 0x400:
            box.addButton(button)
    return box


def _buttons(_: Path) -> QDialogButtonBox:
    box = QDialogButtonBox()
    for button in QDialogButtonBox.StandardButton:
        if button != QDialogButtonBox.StandardButton.NoButton:
            box.addButton(button)
    return box


def _line(_: Path) -> QLineEdit:
    line = QLineEdit("§")
    line.createStandardContextMenu()
    return line


def _text(_: Path) -> QTextEdit:
    text = QTextEdit("§")
    text.createStandardContextMenu().setParent(text)
    return text


def _input(_: Path) -> QInputDialog:
    dialog = QInputDialog()
    dialog.show()
    return dialog


def _shown(widget: QWidget) -> list[str]:
    """Every text on it, in its order."""
    texts = [action.text() for action in widget.actions()]
    for part in (widget, *widget.findChildren(QWidget)):
        texts += [part.windowTitle(), part.toolTip(), part.accessibleName()]
        if isinstance(part, QAbstractButton | QLabel):
            texts.append(part.text())
        if isinstance(part, QComboBox) and part.objectName() == "fileTypeCombo":
            texts += [part.itemText(i) for i in range(part.count())]
        if isinstance(part, QHeaderView) and part.model() is not None:
            model, orientation = part.model(), part.orientation()
            texts += [str(model.headerData(i, orientation) or "") for i in range(part.count())]
    texts += [action.text() for action in widget.findChildren(QAction)]
    return texts


@pytest.mark.parametrize(
    "make",
    [_file_dialog, _saving, _for_folders, _message, _buttons, _line, _text, _input],
)
def test_nothing_of_qt_stays_english(
    make: Callable[[Path], QWidget], translation: Translation, tmp_path: Path, qtbot: QtBot
) -> None:
    def texts() -> list[str]:
        widget = make(tmp_path)
        qtbot.addWidget(widget)
        widget.ensurePolished()
        return [text for text in _shown(widget) if text]

    said = texts()
    translation.use("en")
    english = texts()
    assert len(english) == len(said) >= 2
    # Behind the tabulator stand the keys, whose names are printed on them.
    same = {text.partition("\t")[0] for text in english} & {
        text.partition("\t")[0] for text in said
    }
    assert {text for text in same - _SAME if re.search("[A-Za-z]{2}", text)} == set()


def test_a_folder_is_called_one(translation: Translation, tmp_path: Path) -> None:
    provider, folder = QFileIconProvider(), QFileInfo(str(tmp_path))
    said = provider.type(folder)
    translation.use("en")
    assert provider.type(folder) == "Folder" != said


def test_keys_are_called_what_is_printed_on_them_or_translated(application: QApplication) -> None:
    translation = Translation(application)
    native = QKeySequence.SequenceFormat.NativeText
    translation.use("vi")
    try:
        assert QKeySequence("Ctrl+K").toString(native) == "Ctrl+K"
        assert QKeySequence("Return").toString(native) == "Enter"
        assert QKeySequence("Left").toString(native) == "Mũi tên trái"
    finally:
        translation.use("en")
