"""The glove's window: find it, say how it is worn, align it; how it does stands below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.appearance.theme import Theme
from desktop_app.glove.align_step import AlignStep
from desktop_app.glove.find_step import FindStep
from desktop_app.glove.fit_step import FitStep
from desktop_app.glove.letter_step import LetterStep
from desktop_app.glove.record_step import RecordStep
from desktop_app.texts.glove_texts import GloveTexts
from engine.glove.alignment.offset_tracker import OffsetCurves
from engine.glove.calibration.calibration import Placement
from engine.glove.glove import Glove
from engine.glove.gloves import Gloves
from engine.glove.sample import Hand
from engine.live.live_state import LiveState
from engine.live.paired_take import PairedTakeRecorder


class GloveDialog(QDialog):
    """Shows `LiveState`s and asks `Gloves` for what the person wants. What shall be worn is
    somebody else's to remember: `find_step.wear` and `find_step.take_off` say it."""

    def __init__(
        self, gloves: Gloves, recorder: PairedTakeRecorder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gloves = gloves
        self._texts = GloveTexts(self)
        self._state = LiveState()
        self.find_step, self.fit_step = FindStep(self), FitStep(self)
        self.align_step, self.letter_step = AlignStep(self._curves_of, self), LetterStep(self)
        self.record_step = RecordStep(recorder, self)
        self.steps = QStackedWidget(self)
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.figures = QLabel(self)
        self.figures.setObjectName("quiet")
        self.figures.setWordWrap(True)
        self.close_button = QPushButton(self)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        self._pages: dict[str, FindStep | FitStep | AlignStep | RecordStep | LetterStep] = {
            "find": self.find_step,
            "fit": self.fit_step,
            "align": self.align_step,
            "record": self.record_step,
            "letter": self.letter_step,
        }
        self._arrange()
        self.fit_step.begin.connect(self._begin_fitting)
        self.fit_step.stop.connect(lambda spec: self._with(spec, lambda g: g.stop_fitting()))
        self.fit_step.hand_chosen.connect(
            lambda spec, sensor, hand: self._with(
                spec, lambda g: g.set_hand(sensor, cast(Hand, hand))
            )
        )
        self.fit_step.turned.connect(
            lambda spec, sensor, axis: self._with(
                spec, lambda g: g.turn(sensor, cast(Literal["x", "y", "z"], axis))
            )
        )
        self.retranslate()
        self.show_step("find")

    def _arrange(self) -> None:
        side = QFrame(self)
        side.setObjectName("card")
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for name, step in self._pages.items():
            button = QPushButton(side)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setObjectName("step")
            button.clicked.connect(lambda _=False, name=name: self.show_step(name))
            self._group.addButton(button)
            self.buttons[name] = button
            column.addWidget(button)
            area = QScrollArea(self)
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            step.setObjectName("scrolled")
            area.setWidget(step)
            self.steps.addWidget(area)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.figures, 1)
        foot.addWidget(self.close_button)
        main = QVBoxLayout()
        main.setSpacing(10)
        main.addWidget(self.steps, 1)
        main.addLayout(foot)
        body = QHBoxLayout(self)
        body.setContentsMargins(14, 14, 14, 12)
        body.setSpacing(14)
        body.addWidget(side)
        body.addLayout(main, 1)

    # -- steps -----------------------------------------------------------------------------------

    @property
    def step(self) -> str:
        return tuple(self._pages)[self.steps.currentIndex()]

    def show_step(self, name: str) -> None:
        """'find', 'fit', 'align', 'record' or 'letter'."""
        self.steps.setCurrentIndex(tuple(self._pages).index(name))
        self.buttons[name].setChecked(True)
        # The page itself would be given it, and is nothing to press.
        self.buttons[name].setFocus()
        self.find_step.set_looking(name == "find" and self.isVisible())
        if name != "record":
            # Nobody is recorded by a page that is not there.
            self.record_step.stop()
        self.show_state(self._state)

    def show_state(self, state: LiveState) -> None:
        alone = state.card is not None and not state.card.needs_camera
        was_alone = self._state.card is not None and not self._state.card.needs_camera
        self._state = state
        self.buttons["letter"].setVisible(alone)
        for name in ("fit", "align", "record"):
            # Angles of fingers need neither: they are what they are.
            self.buttons[name].setVisible(not alone)
        if (alone and self.step in ("fit", "align", "record")) or (
            not alone and self.step == "letter"
        ):
            self.show_step("find")
            return
        if alone and not was_alone and state.gloves:
            self.show_step("letter")
            return
        self._pages[self.step].show_state(state)
        lines = [line for glove in state.gloves for line in self._texts.lines(glove)]
        self.figures.setText("\n".join(lines))

    def _curves_of(self, spec: str, sensor: str) -> OffsetCurves | None:
        glove = next((glove for glove in self._gloves.worn if glove.spec == spec), None)
        return None if glove is None else glove.curves(sensor)

    def _begin_fitting(self, spec: str, placement: str) -> None:
        self._with(spec, lambda glove: glove.fit(cast(Placement, placement)))

    def _with(self, spec: str, work: Callable[[Glove], None]) -> None:
        for glove in self._gloves.worn:
            if glove.spec == spec:
                work(glove)

    # -- the dialog itself -----------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self.align_step.set_theme(theme)
        self.fit_step.picture.theme = theme
        self.fit_step.picture.update()

    def set_language(self, language: str) -> None:
        self.letter_step.set_language(language)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Glove"))
        for number, (name, text) in enumerate(
            (
                ("find", self.tr("Find the glove")),
                ("fit", self.tr("Hold still, circle")),
                ("align", self.tr("Same time as the camera")),
                ("record", self.tr("Record for training")),
            ),
            1,
        ):
            self.buttons[name].setText(f"{number}. {text}")
        self.buttons["letter"].setText("2. " + self.tr("Sign"))
        self.close_button.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.find_step.set_looking(self.step == "find")

    def done(self, result: int) -> None:
        self._end()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end()
        super().closeEvent(event)

    def _end(self) -> None:
        self.find_step.set_looking(False)
        self.record_step.stop()
        for glove in self._gloves.worn:
            glove.stop_fitting()
