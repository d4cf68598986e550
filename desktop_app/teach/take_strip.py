"""The kept takes of a sign, small and in a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QToolButton, QWidget

from desktop_app.appearance.theme import LIGHT, Theme
from desktop_app.teach.take_player import TakePlayer
from engine.teaching.taught_store import MOST_TAKES, RELIABLE_TAKES

_HEIGHT = 62
_RADIUS = 8.0


class TakeButton(QAbstractButton):
    """One place in the row: a still of its take, or empty. Pressed, it asks for the replay."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.player: TakePlayer | None = None
        self.theme: Theme = LIGHT
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(84, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(32, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self.player is not None:
            # In the middle of a take the sign is at its height.
            self.player.paint(painter, place, self.player.duration_s / 2, _RADIUS, close=True)
            painter.setPen(QPen(QColor(self.theme.line), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, _RADIUS, _RADIUS)
        else:
            wanted = self.number <= RELIABLE_TAKES
            style = Qt.PenStyle.SolidLine if wanted else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(self.theme.quiet), 1.5, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, _RADIUS, _RADIUS)
            painter.setPen(QColor(self.theme.quiet))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self.number))
        if self.hasFocus() or self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 3))
            painter.drawRoundedRect(place, _RADIUS, _RADIUS)


class TakeStrip(QWidget):
    """Ten places. `replay` and `delete` bring the take's index."""

    replay = Signal(int)
    delete = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        self.buttons: list[TakeButton] = []
        self.delete_buttons: list[QToolButton] = []
        for index in range(MOST_TAKES):
            button, delete = TakeButton(index + 1, self), QToolButton(self)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, index=index: self.replay.emit(index))
            delete.setText("×")
            delete.setObjectName("small_button")
            delete.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            delete.clicked.connect(lambda _=False, index=index: self.delete.emit(index))
            keeps = delete.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            delete.setSizePolicy(keeps)
            grid.addWidget(button, 0, index)
            grid.addWidget(delete, 1, index, Qt.AlignmentFlag.AlignHCenter)
            grid.setColumnStretch(index, 1)
            self.buttons.append(button)
            self.delete_buttons.append(delete)
        self.show_players([])
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        for button in self.buttons:
            button.theme = theme
            button.update()

    def show_players(self, players: Sequence[TakePlayer]) -> None:
        for index, (button, delete) in enumerate(
            zip(self.buttons, self.delete_buttons, strict=True)
        ):
            button.player = players[index] if index < len(players) else None
            button.setEnabled(button.player is not None)
            delete.setVisible(button.player is not None)
            button.update()

    def show_playing(self, playing: int | None) -> None:
        """Mark the take that is being replayed."""
        for index, button in enumerate(self.buttons):
            button.setChecked(index == playing)

    def retranslate(self) -> None:
        for button, delete in zip(self.buttons, self.delete_buttons, strict=True):
            number = str(button.number)
            for widget, text in (
                (button, self.tr("Replay take %1")),
                (delete, self.tr("Delete take %1")),
            ):
                widget.setAccessibleName(text.replace("%1", number))
                widget.setToolTip(text.replace("%1", number))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
