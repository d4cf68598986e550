"""Where the picture comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.choices.address_dialog import AddressDialog
from desktop_app.choices.file_dialogs import file_to_open
from desktop_app.widgets.calm_combo_box import CalmComboBox
from engine.sources.address import without_password
from engine.sources.cameras.camera import camera_among, camera_device
from engine.sources.cameras.camera_listing import CameraInfo, described
from engine.sources.motion.references import list_references, vocabulary_folder, vocabulary_of
from engine.sources.opening import shown_name
from engine.sources.video.video_suffixes import VIDEO_SUFFIXES

_FILE, _ADDRESS = "choose:file", "choose:address"
_LONGEST_NAME = 40
_PATTERNS = " ".join(f"*{suffix}" for suffix in VIDEO_SUFFIXES)


class SourceChooser(CalmComboBox):
    """Cameras, a file, an address, the recorded motions. `chosen` brings the spec; `opening` says
    that the list is about to be looked at."""

    chosen = Signal(str)
    opening = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cameras: tuple[CameraInfo, ...] = ()
        self._references = list_references()
        self._current: str | None = None
        self._remembered: str | None = None
        self._in_use: CameraInfo | None = None
        self._sign_texts: Mapping[str, str] = {}
        self.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(18)
        self.setMaximumWidth(380)
        self.activated.connect(self._activated)
        self._fill()

    def set_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        if tuple(cameras) != self._cameras:
            self._cameras = tuple(cameras)
            self._fill()

    def set_source(self, spec: str, camera: CameraInfo | None) -> None:
        """Show what the engine shows; `camera` is listed even where no list of them is to be had.
        A camera is the same whether its number, its name or nothing was asked for."""
        self._in_use = camera
        self._current = camera.spec if camera is not None else spec
        self._fill()

    def set_current(self, spec: str | None) -> None:
        """Show `spec` as chosen, without telling anyone."""
        if spec != self._current:
            self._current = spec
            self._fill()

    def remember(self, spec: str) -> None:
        """Keep `spec` in the list, though something else is shown for now."""
        self._remembered = spec
        self._fill()

    def set_sign_texts(self, texts: Mapping[str, str]) -> None:
        """How people read the signs of the recorded motions, by gloss."""
        self._sign_texts = texts
        # Each vocabulary shows its own.
        self._references = list_references(vocabulary_folder(vocabulary_of(texts)))
        self._fill()

    def choose_file(self) -> None:
        kinds = self.tr("Videos") + f" ({_PATTERNS});;*"
        self._offer(file_to_open(self, self.tr("Open a video file"), kinds))

    def choose_address(self) -> None:
        dialog = AddressDialog(self)
        accepted = dialog.exec() == AddressDialog.DialogCode.Accepted
        self._offer(dialog.address if accepted else "")
        dialog.deleteLater()

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()

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
        cameras = self._listed()
        for camera, name in zip(cameras, _names(cameras), strict=True):
            self.addItem(name, camera.spec)
        if not cameras:
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
        for spec in (self._remembered, self._current):
            if spec is not None and self._place_of(spec) < 0:
                self._insert(spec)
        self._select_current()
        self.blockSignals(False)

    def _insert(self, spec: str) -> None:
        """What is in no list of ours, at the top."""
        name = self._recorded(spec) or shown_name(spec)
        if spec.isascii() and spec.isdecimal():
            name = self.tr("Camera %1").replace("%1", spec)
        self.insertItem(0, name[-_LONGEST_NAME:], spec)
        # Of a camera only its name: what else tells it apart is not for people.
        tip = name if described(spec) else without_password(spec)
        self.setItemData(0, tip, Qt.ItemDataRole.ToolTipRole)

    def _recorded(self, spec: str) -> str:
        """What a motion of no list of ours is called; '' where `spec` is none."""
        kind, _, which = spec.partition(":")
        gloss = which.rpartition("/")[2]
        text = self._sign_texts.get(gloss, gloss)
        if kind == "drawn":
            words = self.tr("Drawn person") if gloss == "*" else self.tr("Drawn person: %1")
        elif kind == "reference" and gloss != "*":
            words = self.tr("Recorded motion: %1")
        else:
            return ""
        return words.replace("%1", text)

    def _select_current(self) -> None:
        index = -1 if self._current is None else self._place_of(self._current)
        self.setCurrentIndex(max(0, index))

    def _listed(self) -> list[CameraInfo]:
        cameras, used = list(self._cameras), self._in_use
        if used is not None and all(camera.index != used.index for camera in cameras):
            cameras.append(used)
        return sorted(cameras, key=lambda camera: camera.index)

    def _place_of(self, spec: str) -> int:
        """Where in the list `spec` stands, however it names its camera; -1 if nowhere."""
        place = self.findData(spec)
        numbered = spec.isascii() and spec.isdecimal()
        if place < 0 and (numbered or described(spec) or camera_device(spec) is not None):
            camera = camera_among(spec, self._listed())
            place = -1 if camera is None else self.findData(camera.spec)
        return place

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)


def _names(cameras: Sequence[CameraInfo]) -> list[str]:
    """What cameras are called in the list: two of one name are numbered."""
    names: list[str] = []
    for place, camera in enumerate(cameras):
        before = sum(other.name == camera.name for other in cameras[:place])
        names.append(f"{camera.name} ({before + 1})" if before else camera.name)
    return names
