"""The figures of how the machine keeps up, behind a word that opens them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop_app.live.status_strip import StatusStrip


class DetailsRow(QWidget):
    """Closed at first; `opened` tells when a person opens or closes it."""

    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button, self.strip = QToolButton(self), StatusStrip(self)
        self.button.setObjectName("disclosure")
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.NoArrow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.strip, 1)
        row.addStretch(0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.button.toggled.connect(self._show)
        self.button.clicked.connect(self.opened)
        self._show(False)
        self.retranslate()

    def set_open(self, on: bool) -> None:
        """As it was left; tells nobody."""
        self.button.setChecked(on)

    def _show(self, on: bool) -> None:
        self.strip.setVisible(on)
        self.retranslate()

    def retranslate(self) -> None:
        # The sign before the word says what a press does, as in a list that can be opened.
        sign = "–" if self.button.isChecked() else "+"
        self.button.setText(f"{sign} {self.tr('Details')}")
        self.button.setToolTip(self.tr("How fast your computer keeps up"))
        self.button.setAccessibleName(self.tr("Details"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
