"""Step two: hold still, then circle one hand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.glove.pose_picture import PosePicture
from desktop_app.texts.engine_texts import in_words
from desktop_app.texts.glove_texts import GloveTexts
from desktop_app.widgets.calm_combo_box import CalmComboBox
from engine.glove.glove_state import GloveState, WristState
from engine.live.live_state import LiveState

PLACEMENTS = ("forearm", "wrist", "hand")


class FitStep(QWidget):
    """`begin(spec, placement)`, `stop(spec)`, `hand_chosen(spec, sensor, hand)` and
    `turned(spec, sensor, axis)`: what a person wants."""

    begin = Signal(str, str)
    stop = Signal(str)
    hand_chosen = Signal(str, str, str)
    turned = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = GloveTexts(self)
        self._gloves: tuple[GloveState, ...] = ()
        self._sensors: list[tuple[str, str]] = []
        self.place_label, self.place = QLabel(self), CalmComboBox(self)
        self.sensor: QComboBox = CalmComboBox(self)
        self.begin_button = QPushButton(self)
        self.picture = PosePicture(self)
        self.instruction, self.found = QLabel(self), QLabel(self)
        self.progress = QProgressBar(self)
        self.correct_label = QLabel(self)
        self.left, self.right = QToolButton(self), QToolButton(self)
        self.turns = {axis: QToolButton(self) for axis in ("x", "y", "z")}
        self.instruction.setObjectName("instruction")
        self.instruction.setWordWrap(True)
        self.found.setWordWrap(True)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.begin_button.setDefault(True)
        for button in (self.left, self.right):
            button.setCheckable(True)
        self.place_label.setBuddy(self.place)
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._arrange()
        self.begin_button.clicked.connect(self._press)
        self.sensor.currentIndexChanged.connect(lambda _: self._show())
        for hand, button in (("left", self.left), ("right", self.right)):
            button.clicked.connect(lambda _=False, hand=hand: self._correct_hand(hand))
        for axis, button in self.turns.items():
            button.clicked.connect(lambda _=False, axis=axis: self._turn(axis))
        self.retranslate()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.place_label)
        top.addWidget(self.place)
        top.addStretch(1)
        top.addWidget(self.begin_button)
        which = QHBoxLayout()
        which.addWidget(self.correct_label)
        which.addWidget(self.sensor, 1)
        correct = QHBoxLayout()
        correct.addWidget(self.left)
        correct.addWidget(self.right)
        correct.addSpacing(12)
        for button in self.turns.values():
            correct.addWidget(button)
        correct.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.picture, 1)
        column.addWidget(self.instruction)
        column.addWidget(self.progress)
        column.addWidget(self.found)
        column.addLayout(which)
        column.addLayout(correct)

    # -- showing ---------------------------------------------------------------------------------

    def show_state(self, state: LiveState) -> None:
        self._gloves = tuple(glove for glove in state.gloves if glove.wrists)
        sensors = [(g.spec, w.sensor) for g in self._gloves for w in g.wrists]
        if sensors != self._sensors:
            self._list(sensors)
        self._show()

    def _list(self, sensors: list[tuple[str, str]]) -> None:
        at = self.sensor.currentIndex()
        chosen = self._sensors[at] if 0 <= at < len(self._sensors) else None
        self._sensors = sensors
        self.sensor.blockSignals(True)
        self.sensor.clear()
        for glove in self._gloves:
            for wrist in glove.wrists:
                self.sensor.addItem(self._texts.sensor(glove, wrist))
        if chosen in sensors:
            self.sensor.setCurrentIndex(sensors.index(chosen))
        self.sensor.blockSignals(False)

    def _chosen(self) -> tuple[GloveState, WristState] | None:
        index = self.sensor.currentIndex()
        if not 0 <= index < len(self._sensors):
            return None
        spec, sensor = self._sensors[index]
        for glove in self._gloves:
            for wrist in glove.wrists:
                if (glove.spec, wrist.sensor) == (spec, sensor):
                    return glove, wrist
        return None

    @property
    def running(self) -> bool:
        """Whether a glove is being fitted."""
        chosen = self._chosen()
        fitting = chosen[0].fitting if chosen else None
        return fitting is not None and fitting.step not in ("done", "failed")

    def _show(self) -> None:
        chosen = self._chosen()
        for widget in (self.begin_button, self.place, self.left, self.right, *self.turns.values()):
            widget.setEnabled(chosen is not None)
        self.sensor.setVisible(len(self._sensors) > 1)
        self.begin_button.setText(self.tr("Stop") if self.running else self.tr("Begin"))
        self.progress.setVisible(self.running)
        if chosen is None:
            self.picture.show_pose("none")
            self.instruction.setText(self.tr("Put a glove on first: “Find the glove”."))
            self.found.setText("")
            return
        glove, wrist = chosen
        self.left.setChecked(wrist.hand == "left")
        self.right.setChecked(wrist.hand == "right")
        fitting = glove.fitting
        if fitting is None:
            self.picture.show_pose("none")
            known = wrist.calibration is not None
            self.instruction.setText(
                self.tr("It is remembered how this glove is worn. “Begin” finds it out anew.")
                if known
                else self.tr("Say where you wear it, then “Begin”. It takes half a minute.")
            )
            self.found.setText("")
            return
        self.picture.show_pose(fitting.step)
        self.instruction.setText(in_words(fitting.message))
        self.progress.setValue(round(100 * fitting.progress))
        self.found.setText("\n".join(f"• {in_words(line)}" for line in fitting.found))

    # -- what the person does --------------------------------------------------------------------

    def _press(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        if self.running:
            self.stop.emit(chosen[0].spec)
        else:
            self.begin.emit(chosen[0].spec, PLACEMENTS[max(0, self.place.currentIndex())])

    def _correct_hand(self, hand: str) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.hand_chosen.emit(chosen[0].spec, chosen[1].sensor, hand)

    def _turn(self, axis: str) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.turned.emit(chosen[0].spec, chosen[1].sensor, axis)

    def retranslate(self) -> None:
        self.place_label.setText(self.tr("&Worn on the"))
        places = (self.tr("forearm"), self.tr("wrist"), self.tr("hand"))
        at = max(0, self.place.currentIndex())
        self.place.clear()
        self.place.addItems(places)
        self.place.setCurrentIndex(at)
        self._list(self._sensors)
        self.correct_label.setText(self.tr("Correct it:"))
        self.left.setText(self.tr("Left hand"))
        self.right.setText(self.tr("Right hand"))
        for axis, button in self.turns.items():
            button.setText(self.tr("Turn %1").replace("%1", axis))
            button.setToolTip(self.tr("It sits a quarter of a turn further about this axis"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
