"""Which vocabulary is recognised."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.choices.file_dialogs import folder_to_open
from desktop_app.widgets.calm_combo_box import CalmComboBox
from engine.bundle import list_bundles

_FOLDER = "choose:folder"


class BundleChooser(CalmComboBox):
    """The bundles that come with SignMirror, or a folder. `chosen` brings name or path."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = list_bundles()
        self._current = ""
        self._language = "en"
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(340)
        self.activated.connect(self._activated)
        self.show_bundles("", "en")

    def show_bundles(self, current: str, language: str) -> None:
        """Titles in the window's language, `current` (name or folder) chosen."""
        self._current, self._language = current, language
        self.blockSignals(True)
        self.clear()
        for entry in self._entries:
            self.addItem(entry.title.get(language) or entry.title.get("en", entry.name), entry.name)
        if current and self.findData(current) < 0:
            self.addItem(current.replace("\\", "/").rstrip("/").rpartition("/")[2], current)
        self.insertSeparator(self.count())
        self.addItem(self.tr("Vocabulary from a folder…"), _FOLDER)
        self.setCurrentIndex(max(0, self.findData(current)))
        self.blockSignals(False)

    def _activated(self, index: int) -> None:
        name = self.itemData(index)
        if name == _FOLDER:
            name = folder_to_open(self, self.tr("Open the folder of a vocabulary"))
        if name:
            self.show_bundles(name, self._language)
            self.chosen.emit(name)
        else:
            self.show_bundles(self._current, self._language)
