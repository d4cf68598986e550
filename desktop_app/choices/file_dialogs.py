"""Asking for a file or a folder, where people keep theirs: not in SignMirror's own folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_PROPERTY = "folder_used_last"


def start_folder() -> str:
    """The folder used last, while it is there; else the user's documents; else their home."""
    documents = QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.DocumentsLocation,
    )
    return next((f for f in (last_folder(), documents) if f and Path(f).is_dir()), str(Path.home()))


def last_folder() -> str:
    """'' before any was used."""
    application = QCoreApplication.instance()
    return str(application.property(_PROPERTY) or "") if application is not None else ""


def remember_folder(folder: str) -> None:
    """Open the next dialog there. The application itself remembers, for all of its windows."""
    application = QCoreApplication.instance()
    if application is not None:
        application.setProperty(_PROPERTY, folder)


def file_to_open(parent: QWidget, title: str, kinds: str) -> str:
    """'' when the user thinks better of it."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, start_folder(), kinds)
    return _used(chosen)


def file_to_save(parent: QWidget, title: str, name: str, kinds: str) -> str:
    """`name`: what is suggested; '' when the user thinks better of it."""
    suggestion = str(Path(start_folder()) / name)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, suggestion, kinds)
    return _used(chosen)


def folder_to_open(parent: QWidget, title: str) -> str:
    """'' when the user thinks better of it."""
    return _used(QFileDialog.getExistingDirectory(parent, title, start_folder()))


def _used(chosen: str) -> str:
    if chosen:
        remember_folder(str(Path(chosen).parent))
    return chosen
