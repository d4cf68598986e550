"""What accelerometers and gyroscopes on both wrists would have felt."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop_app.theme import LIGHT, Theme
from engine.prediction import Trace, TraceKind

_AXES = ("x", "y", "z")
_RANGES = {"acc": (-2.5, 2.5), "gyro": (-400.0, 400.0)}


class TracePlots(QWidget):
    """Four plots with three curves each; curves are made once and only given new data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(190)
        self.kind: TraceKind = "generated"
        self._theme: Theme = LIGHT
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        self.plots: dict[tuple[str, int], pg.PlotWidget] = {}
        self.curves: dict[tuple[str, int], list[pg.PlotDataItem]] = {}
        self.titles: dict[tuple[str, int], QLabel] = {}
        # In a mirror the signer's left wrist is on the left.
        order = (("acc", 0), ("gyro", 0), ("acc", 1), ("gyro", 1))
        for column, key in enumerate(order):
            plot = pg.PlotWidget(self)
            plot.setMenuEnabled(False)
            plot.setMouseEnabled(x=False, y=False)
            plot.hideButtons()
            plot.setYRange(*_RANGES[key[0]], padding=0)
            plot.setXRange(-3.0, 0.0, padding=0)
            plot.getAxis("left").setWidth(38)
            legend = plot.addLegend(offset=(-4, 2), colCount=3, labelTextSize="8pt")
            legend.layout.setContentsMargins(2, 0, 2, 0)
            self.curves[key] = [plot.plot(name=axis) for axis in _AXES]
            self.plots[key] = plot
            title = QLabel(self)
            title.setObjectName("heading")
            # A long title in some language must not widen its plot out of the window.
            title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.titles[key] = title
            grid.addWidget(title, 0, column)
            grid.addWidget(plot, 1, column)
            grid.setRowStretch(1, 1)
            grid.setColumnStretch(column, 1)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        colours = (theme.x_axis, theme.y_axis, theme.z_axis)
        for key, plot in self.plots.items():
            plot.setBackground(theme.card)
            for curve, colour in zip(self.curves[key], colours, strict=True):
                curve.setPen(pg.mkPen(colour, width=1.6))
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(pg.mkPen(theme.line))
                axis.setTextPen(pg.mkPen(theme.quiet))
            plot.getPlotItem().legend.setLabelTextColor(theme.quiet)
            plot.showGrid(y=True, alpha=0.2)
        self.retranslate()

    def retranslate(self) -> None:
        """Titles and units in the window's language."""
        titles = {
            ("acc", 0): self._titled(self.tr("accelerometer, left wrist")),
            ("gyro", 0): self._titled(self.tr("gyroscope, left wrist")),
            ("acc", 1): self._titled(self.tr("accelerometer, right wrist")),
            ("gyro", 1): self._titled(self.tr("gyroscope, right wrist")),
        }
        for key, plot in self.plots.items():
            self.titles[key].setText(titles[key])
            self.titles[key].setToolTip(titles[key])
            plot.setLabel("left", "g" if key[0] == "acc" else "°/s", color=self._theme.quiet)
            plot.setLabel("bottom", self.tr("seconds"), color=self._theme.quiet)
            plot.setAccessibleName(titles[key])

    def _titled(self, what: str) -> str:
        if self.kind == "measured":
            return QCoreApplication.translate("TracePlots", "Measured %1").replace("%1", what)
        return QCoreApplication.translate("TracePlots", "Simulated %1").replace("%1", what)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_trace(self, trace: Trace | None, kind: TraceKind) -> None:
        """None empties the plots. The newest sample stands at 0 s."""
        if kind != self.kind:
            self.kind = kind
            self.retranslate()
        if trace is None:
            for curves in self.curves.values():
                for curve in curves:
                    curve.setData([], [])
            return
        steps = trace.acc_g.shape[1]
        seconds = (np.arange(steps) - (steps - 1)) / trace.rate_hz
        for (quantity, side), curves in self.curves.items():
            rows: NDArray[np.float32] = trace.acc_g if quantity == "acc" else trace.gyro_dps
            for axis, curve in enumerate(curves):
                curve.setData(seconds, rows[3 * side + axis])
