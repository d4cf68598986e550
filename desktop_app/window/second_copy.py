"""What is said when SignMirror is opened while it is open already."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class SecondCopyNote(QMessageBox):
    """Go on without keeping choices, or close the window `parent` again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.NoIcon)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle("SignMirror")
        self.setText(self.tr("SignMirror is already open."))
        self.setInformativeText(
            self.tr("This window's choices will not be kept.")
            + " "
            + self.tr("Two windows cannot use the same camera.")
        )
        self.close_button = self.addButton(
            self.tr("Close this window"), QMessageBox.ButtonRole.RejectRole
        )
        self.go_on_button = self.addButton(
            self.tr("Use it all the same"), QMessageBox.ButtonRole.AcceptRole
        )
        self.setDefaultButton(self.go_on_button)
        self.setEscapeButton(self.go_on_button)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.buttonClicked.connect(
            lambda button: parent.close() if button is self.close_button else None
        )
