"""Step three: glove and camera tell the same time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.appearance.theme import LIGHT, Theme
from desktop_app.texts.figures import number
from engine.glove.alignment.offset_tracker import OffsetCurves
from engine.live.live_state import LiveState

_SPAN_S = 8.0
_DRAWN_EVERY_S = 0.1
"""The window shows its state at the screen's rate; the curves take milliseconds to work out."""

Curves = Callable[[str, str], OffsetCurves | None]


class AlignStep(QWidget):
    """`curves(spec, sensor)` gives what the last comparison saw."""

    def __init__(self, curves: Curves, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves = curves
        self._drawn: tuple[str, str] | None = None
        self._drawn_s = -math.inf
        self._theme: Theme = LIGHT
        self.instruction, self.legend = QLabel(self), QLabel(self)
        self.instruction.setWordWrap(True)
        self.instruction.setObjectName("instruction")
        self.legend.setObjectName("quiet")
        self.plot = pg.PlotWidget(self)
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.hideButtons()
        self.plot.hideAxis("left")
        self.plot.setXRange(-_SPAN_S, 0, padding=0.01)
        self.plot.setYRange(-3, 3, padding=0)
        self.generated, self.measured = self.plot.plot(), self.plot.plot()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(10)
        column.addWidget(self.instruction)
        column.addWidget(self.plot, 1)
        column.addWidget(self.legend)
        self.set_theme(LIGHT)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.plot.setBackground(theme.card)
        self.measured.setPen(pg.mkPen(theme.x_axis, width=2))
        self.generated.setPen(pg.mkPen(theme.y_axis, width=2, style=Qt.PenStyle.DotLine))
        axis = self.plot.getAxis("bottom")
        axis.setPen(pg.mkPen(theme.line))
        axis.setTextPen(pg.mkPen(theme.quiet))
        self.retranslate()

    def show_state(self, state: LiveState) -> None:
        wrists = [(glove.spec, wrist) for glove in state.gloves for wrist in glove.wrists]
        card = state.card
        if not wrists:
            self.instruction.setText(self.tr("Put a glove on first: “Find the glove”."))
        elif card is not None and (card.sensor is None or card.networks.generator is None):
            self.instruction.setText(
                self.tr("This vocabulary draws no curves to compare with. Choose another one.")
            )
        else:
            found = [wrist for _, wrist in wrists if wrist.offset_ms is not None]
            self.instruction.setText(
                self._found(found[0].offset_ms or 0.0, found[0].correlation or 0.0)
                if found
                else self.tr("Move your hands before the camera, large and slowly…")
            )
        sensor = (wrists[0][0], wrists[0][1].sensor) if wrists else None
        now = time.perf_counter()
        if sensor != self._drawn or now - self._drawn_s >= _DRAWN_EVERY_S:
            self._drawn, self._drawn_s = sensor, now
            self._draw(self._curves(*sensor) if sensor else None)

    def _found(self, offset_ms: float, correlation: float) -> str:
        late = self.tr("The camera is %1 ms later than the glove; that is made up for.")
        early = self.tr("The camera is %1 ms earlier than the glove; that is made up for.")
        text = (late if offset_ms >= 0 else early).replace("%1", number(abs(offset_ms)))
        return f"{text} r = {number(correlation, 2)}"

    def _draw(self, curves: OffsetCurves | None) -> None:
        if curves is None or not len(curves.t_s):
            self.measured.setData([], [])
            self.generated.setData([], [])
            return
        seconds = curves.t_s - curves.t_s[-1]
        self.measured.setData(seconds, curves.measured)
        self.generated.setData(seconds, curves.generated)

    def retranslate(self) -> None:
        theme = self._theme
        measured, simulated = self.tr("glove"), self.tr("camera")
        self.legend.setText(
            f"<b style='color:{theme.x_axis}'>— {measured}</b>&nbsp;&nbsp;&nbsp;"
            f"<b style='color:{theme.y_axis}'>··· {simulated}</b>"
        )
        self.plot.setLabel("bottom", self.tr("seconds"), color=theme.quiet)
        self.plot.setAccessibleName(self.tr("The glove's curve and the camera's"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
