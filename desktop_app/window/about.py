"""What SignMirror is, by whom, under which licence, and where its data lie."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.texts.announcing import announce
from desktop_app.version import licence_file, version
from desktop_app.window.data_folders import DataFolders

_WIDTH, _HEIGHT = 640, 620


class AboutDialog(QDialog):
    """Its text can be selected, its folders opened, and all of it copied, for whoever helps."""

    def __init__(self, folders: DataFolders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self.text, self.said = QLabel(self), QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.linkActivated.connect(self.open_place)
        self.said.setObjectName("quiet")
        self.said.setWordWrap(True)
        self.copy_button, self.close_button = QPushButton(self), QPushButton(self)
        self.copy_button.setAutoDefault(False)
        self.close_button.setDefault(True)
        self.copy_button.clicked.connect(self.copy)
        self.close_button.clicked.connect(self.close)
        self._arrange()
        self.retranslate()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _arrange(self) -> None:
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setContentsMargins(4, 4, 12, 4)
        area.setWidget(self.text)
        area.viewport().setAutoFillBackground(False)
        self.text.setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        self.resize(_WIDTH, _HEIGHT)

    def open_place(self, link: str) -> None:
        """Show that folder in the system's own program; one that is not there yet is told."""
        place = Path(QUrl(link).toLocalFile())
        if not place.exists():
            self._say(self.tr("Nothing has been kept in %1 yet.").replace("%1", str(place)))
        elif QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
            self._say("")
        else:
            text = self.tr("%1 cannot be opened from here. Copy its name instead.")
            self._say(text.replace("%1", str(place)))

    def copy(self) -> None:
        """All of it as plain text, into the clipboard."""
        lines = [f"SignMirror {version()}", *self._sentences()]
        lines += [f"{name}: {place}" for name, place in self._places()]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
        self._say(self.tr("Copied"))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        if text:
            announce(self, text)

    def _sentences(self) -> list[str]:
        return [
            self.tr("Names the sign you make, from the picture of your camera."),
            self.tr("It draws what motion sensors on your wrists would have felt."),
            self.tr("No picture is stored, and none leaves this computer."),
        ]

    def _credits(self) -> list[str]:
        """Each short enough for one line of code, by which translators find it."""
        return [
            self.tr("asl20, recorded motions: a course at Arizona State University (CSE 572)."),
            self.tr("arsl10: the MLR511 Arabic sign set. Both for research and evaluation."),
            self.tr("ksl13: learnt from landmarks under Apache-2.0."),
            self.tr("Landmark models: MediaPipe (Apache-2.0). Font: Noto Sans (SIL OFL 1.1)."),
            self.tr("Made with Qt for Python (LGPL 3), PyTorch, OpenVINO, MediaPipe and OpenCV."),
            self.tr("Method: 'Sign Language Recognition with Self-learning Fusion Models'."),
            self.tr("Networks: I3D (Carreira), InceptionTime (Ismail Fawaz), AAGCN (Shi)."),
        ]

    def _places(self) -> list[tuple[str, Path]]:
        return [
            (self.tr("Your choices"), self._folders.settings),
            (self.tr("Taught signs"), self._folders.taught),
            (self.tr("Faster networks (can be deleted)"), self._folders.cache),
            (self.tr("Log, for whoever helps you"), self._folders.log),
        ]

    def _folder(self, place: Path) -> Path:
        """Of the log, what is opened is its folder: older ones lie beside it."""
        return place.parent if place == self._folders.log else place

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("About SignMirror"))
        self.copy_button.setText(self.tr("Copy"))
        self.close_button.setText(self.tr("Close"))
        licence = self.tr("Licence: Apache License 2.0")
        kept, thanks = self.tr("What is kept, and where"), self.tr("Credits")
        parts = [f"<h3>SignMirror {escape(version())}</h3>"]
        parts.append(f"<p>{'<br>'.join(map(escape, self._sentences()))}</p>")
        text_of_it = licence_file()
        parts.append(f"<p>{_link(text_of_it, licence) if text_of_it else licence}</p>")
        parts.append(f"<h4>{escape(kept)}</h4>")
        parts += [
            f"<p>{escape(name)}<br>{_link(self._folder(place), str(place))}</p>"
            for name, place in self._places()
        ]
        parts.append(f"<h4>{escape(thanks)}</h4>")
        parts.append(f"<p>{'<br>'.join(map(escape, self._credits()))}</p>")
        self.text.setText("".join(parts))
        self.text.setAccessibleName(self.tr("About SignMirror"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _link(place: Path, text: str) -> str:
    return f'<a href="{escape(QUrl.fromLocalFile(str(place)).toString())}">{escape(text)}</a>'
