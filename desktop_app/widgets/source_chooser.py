"""Where the picture comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QInputDialog, QWidget

from desktop_app.file_dialogs import file_to_open
from desktop_app.widgets.calm_combo_box import CalmComboBox
from engine.references import list_references
from engine.sources.camera import CameraInfo
from engine.sources.video_suffixes import VIDEO_SUFFIXES

_FILE, _ADDRESS = "choose:file", "choose:address"
_LONGEST_NAME = 40
_PATTERNS = " ".join(f"*{suffix}" for suffix in VIDEO_SUFFIXES)


class SourceChooser(CalmComboBox):
    """Cameras, a file, an address, the recorded motions. `chosen` brings the spec."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cameras: tuple[CameraInfo, ...] = ()
        self._references = list_references()
        self._current: str | None = None
        self._sign_texts: Mapping[str, str] = {}
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(18)
        self.setMaximumWidth(380)
        self.activated.connect(self._activated)
        self._fill()

    def set_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        self._cameras = tuple(cameras)
        self._fill()

    def set_current(self, spec: str | None) -> None:
        """Show `spec` as chosen, without telling anyone."""
        if spec != self._current:
            self._current = spec
            self._fill()

    def set_sign_texts(self, texts: Mapping[str, str]) -> None:
        """How people read the signs of the recorded motions, by gloss."""
        self._sign_texts = texts
        self._fill()

    def choose_file(self) -> None:
        kinds = self.tr("Videos") + f" ({_PATTERNS});;*"
        self._offer(file_to_open(self, self.tr("Open a video file"), kinds))

    def choose_address(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Network camera"))
        dialog.setLabelText(self.tr("Address (http:// or rtsp://):"))
        # Texts of our own: Qt brings no Vietnamese for its own buttons.
        dialog.setOkButtonText(self.tr("Open"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.resize(460, dialog.sizeHint().height())
        accepted = dialog.exec() == QInputDialog.DialogCode.Accepted
        self._offer(dialog.textValue().strip() if accepted else "")
        dialog.deleteLater()

    def _offer(self, spec: str) -> None:
        if spec:
            self._current = spec
            self._fill()
            self.chosen.emit(spec)
        else:
            self._select_current()

    def _activated(self, index: int) -> None:
        spec = self.itemData(index)
        if spec == _FILE:
            self.choose_file()
        elif spec == _ADDRESS:
            self.choose_address()
        elif spec:
            self._offer(spec)

    def _fill(self) -> None:
        self.blockSignals(True)
        self.clear()
        for camera in self._cameras:
            self.addItem(camera.name, str(camera.index))
        if not self._cameras:
            self.addItem(self.tr("No camera found"), None)
            self.model().item(0).setEnabled(False)  # type: ignore[attr-defined]
        self.insertSeparator(self.count())
        self.addItem(self.tr("Video file…"), _FILE)
        self.addItem(self.tr("Network camera…"), _ADDRESS)
        self.insertSeparator(self.count())
        self.addItem(self.tr("All recorded motions"), "reference:*")
        for gloss in self._references:
            text = self.tr("Recorded motion: %1").replace("%1", self._sign_texts.get(gloss, gloss))
            self.addItem(text, f"reference:{gloss}")
        if self._current is not None and self.findData(self._current) < 0:
            name = self._current.replace("\\", "/").rpartition("/")[2] or self._current
            self.insertItem(0, name[-_LONGEST_NAME:], self._current)
            self.setItemData(0, self._current, Qt.ItemDataRole.ToolTipRole)
        self._select_current()
        self.blockSignals(False)

    def _select_current(self) -> None:
        index = -1 if self._current is None else self.findData(self._current)
        self.setCurrentIndex(max(0, index))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)
