"""What accelerometers and gyroscopes on both wrists would have felt."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.appearance.theme import LIGHT, Theme
from desktop_app.live.curve_labels import CurveLabels
from desktop_app.widgets.elided_label import ElidedLabel
from engine.prediction import Trace

_AXES = ("x", "y", "z")
_RANGES = {"acc": (-2.5, 2.5), "gyro": (-400.0, 400.0)}
_TICKS = {"acc": (-2.0, -1.0, 0.0, 1.0, 2.0), "gyro": (-300.0, 0.0, 300.0)}
_FIRST_SPAN_S = 3.0
# The plots themselves; the two lines above them are as high as their letters.
_PLOT_HEIGHT = 162
# A plot's width: its left axis, and the seconds below it by the height of their letters.
_AXIS_WIDTH, _BESIDE_AXIS, _SECONDS_WIDTH = 44, 26, 4.2
_SPACING, _BEFORE_LEGEND = 10, 10
# Inside each plot's frame.
_LEFT, _RIGHT = 10, 8
# Who tells colours apart badly, or prints in grey, has these, and the letter at each curve's end.
DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_MARKS = ("—", "- -", "···")
# Beside what a glove measured, what the network had imagined stands back.
_MEASURED_WIDTH, _WIDTH, _IMAGINED_WIDTH = 1.8, 1.6, 1.2
# Right of the newest sample there is room for its letter, in pixels.
_LETTER_WIDTH = 14.0


class TracePlots(QWidget):
    """Four plots with three curves each; curves are made once and only given new data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.measured = [False, False]
        """Whether the solid curves of the left and the right wrist are a glove's."""
        self._figures = ["", ""]
        self._theme: Theme = LIGHT
        self._span_s = 0.0
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        self.plots: dict[tuple[str, int], pg.PlotWidget] = {}
        self.curves: dict[tuple[str, int], list[pg.PlotDataItem]] = {}
        self.imagined: dict[tuple[str, int], list[pg.PlotDataItem]] = {}
        self.titles: dict[tuple[str, int], QLabel] = {}
        self.wrists: dict[tuple[str, int], QLabel] = {}
        self.letters: dict[tuple[str, int], CurveLabels] = {}
        self.legends: list[QLabel] = []
        self.panels: dict[tuple[str, int], QFrame] = {}
        # In a mirror the signer's left wrist is on the left.
        for key in (("acc", 0), ("gyro", 0), ("acc", 1), ("gyro", 1)):
            self.panels[key] = self._panel(key)
            row.addWidget(self.panels[key], 1)
        self._show_span(_FIRST_SPAN_S)
        self.set_theme(LIGHT)
        self._fit_height()

    @property
    def narrowest_width(self) -> int:
        """In pixels; in less the seconds run into one another."""
        one = (
            self._axis_width() + _BESIDE_AXIS + round(_SECONDS_WIDTH * self.fontMetrics().height())
        )
        return len(self.plots) * one + (len(self.plots) - 1) * _SPACING

    def _axis_width(self) -> int:
        """Of the left axis, in pixels: its unit, upright, and its longest number beside that."""
        metrics = self.fontMetrics()
        number = max(metrics.horizontalAdvance(f"{_TICKS[kind][0]:g}") for kind in _TICKS)
        return max(_AXIS_WIDTH, number + metrics.height())

    def _fit_legends(self) -> None:
        """Which wrist it is goes before which line: at its end each curve has its letter."""
        panels, wrists = self.panels.values(), self.wrists.values()
        words = max(wrist.fontMetrics().horizontalAdvance(wrist.text()) for wrist in wrists)
        room = min(panel.width() for panel in panels) - _LEFT - _RIGHT
        fits = words + _BEFORE_LEGEND + self.legends[0].sizeHint().width() <= room
        for legend in self.legends:
            legend.setVisible(fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_legends()

    def _fit_height(self) -> None:
        """As high as plots and words need, with a large system font too."""
        self.setFixedHeight(_PLOT_HEIGHT + 2 * self.legends[0].fontMetrics().height())

    def _panel(self, key: tuple[str, int]) -> QFrame:
        panel = QFrame(self)
        panel.setObjectName("card")
        column = QVBoxLayout(panel)
        column.setContentsMargins(_LEFT, 8, _RIGHT, 6)
        column.setSpacing(0)
        title, wrist, legend = ElidedLabel(panel), ElidedLabel(panel), QLabel(panel)
        for label, name in ((title, "small_heading"), (wrist, "small"), (legend, "small")):
            label.setObjectName(name)
        self.titles[key], self.wrists[key] = title, wrist
        self.legends.append(legend)
        second = QHBoxLayout()
        second.addWidget(wrist, 1)
        second.addWidget(legend)
        column.addWidget(title)
        column.addLayout(second)
        plot = pg.PlotWidget(panel)
        plot.setFrameShape(QFrame.Shape.NoFrame)
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(x=False, y=False)
        # Nothing can be done in it by keyboard: the Tab key passes by.
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.hideButtons()
        plot.setYRange(*_RANGES[key[0]], padding=0)
        left = plot.getAxis("left")
        left.setWidth(self._axis_width())
        left.setTicks([[(value, f"{value:g}") for value in _TICKS[key[0]]]])
        # The first and the last second stand at the very ends of their axis.
        plot.getAxis("bottom").setStyle(hideOverlappingLabels=False)
        plot.getPlotItem().layout.setContentsMargins(0, 6, 12, 0)
        self.imagined[key] = [plot.plot() for _ in _AXES]
        self.curves[key] = [plot.plot(name=axis) for axis in _AXES]
        self.plots[key] = plot
        self.letters[key] = CurveLabels(plot, _AXES)
        plot.getViewBox().sigResized.connect(lambda _, plot=plot: self._stretch(plot))
        column.addWidget(plot, 1)
        return panel

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        colours = self._colours
        for key, plot in self.plots.items():
            plot.setBackground(theme.card)
            self._draw_with_pens(key)
            self.letters[key].set_colours(colours)
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(pg.mkPen(theme.line))
                axis.setTextPen(pg.mkPen(theme.quiet))
            plot.showGrid(y=True, alpha=0.2)
        self.retranslate()

    @property
    def _colours(self) -> tuple[str, str, str]:
        return self._theme.x_axis, self._theme.y_axis, self._theme.z_axis

    def _draw_with_pens(self, key: tuple[str, int]) -> None:
        """What is measured is solid, what the network imagined beside it dotted. Without a glove
        each axis has a dash of its own."""
        measured = self.measured[key[1]]
        for axis, colour in enumerate(self._colours):
            dash = Qt.PenStyle.SolidLine if measured else DASHES[axis]
            width = _MEASURED_WIDTH if measured else _WIDTH
            self.curves[key][axis].setPen(pg.mkPen(colour, width=width, style=dash))
            self.imagined[key][axis].setPen(
                pg.mkPen(colour, width=_IMAGINED_WIDTH, style=Qt.PenStyle.DotLine)
            )

    def _legend(self, measured: bool) -> str:
        if measured:
            solid, dotted = self.tr("measured"), self.tr("simulated")
            return f"— {solid}&nbsp;&nbsp;··· {dotted}"
        return "&nbsp;&nbsp;".join(
            f"<span style='color:{colour}'><b>{mark} {axis}</b></span>"
            for axis, colour, mark in zip(_AXES, self._colours, _MARKS, strict=True)
        )

    def retranslate(self) -> None:
        """Titles and units in the window's language."""
        wrists = (self.tr("left wrist"), self.tr("right wrist"))
        for number, (key, plot) in enumerate(self.plots.items()):
            measured = self.measured[key[1]]
            self.legends[number].setText(self._legend(measured))
            quantity = self._quantities(measured)[key[0]]
            figures = self._figures[key[1]]
            wrist = f"{wrists[key[1]]} · {figures}" if figures and measured else wrists[key[1]]
            whole = f"{quantity} – {wrist}"
            self.titles[key].setText(quantity)
            self.wrists[key].setText(wrist)
            for widget in (self.titles[key], self.wrists[key]):
                widget.setToolTip(whole)
            plot.setLabel("left", "g" if key[0] == "acc" else "°/s", color=self._theme.quiet)
            for part in (plot, plot.viewport(), self.panels[key]):
                part.setAccessibleName(whole)
        self._fit_legends()

    def _quantities(self, measured: bool) -> dict[str, str]:
        if measured:
            return {
                "acc": self.tr("Measured accelerometer"),
                "gyro": self.tr("Measured gyroscope"),
            }
        return {"acc": self.tr("Simulated accelerometer"), "gyro": self.tr("Simulated gyroscope")}

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.FontChange:
            self._fit_height()
        super().changeEvent(event)

    def show_figures(self, left: str, right: str) -> None:
        """How the gloves do: correlation, rate, loss, delay; one line a wrist, '' for none."""
        if self._figures != [left, right]:
            self._figures = [left, right]
            self.retranslate()

    def show_trace(self, trace: Trace | None, measured: Trace | None = None) -> None:
        """`trace`: what the network imagined; `measured`: what gloves told of the same span, NaN
        for a wrist without one. Two times None empties the plots. The newest sample stands at 0 s.
        """
        given = trace if trace is not None else measured
        self._tell_apart(measured)
        if given is None:
            self._empty()
            return
        steps = given.acc_g.shape[1]
        seconds = (np.arange(steps) - (steps - 1)) / given.rate_hz
        self._show_span(float(-seconds[0]))
        for key in self.plots:
            told = measured if self.measured[key[1]] else trace
            _draw(self.curves[key], seconds, told, key)
            _draw(self.imagined[key], seconds, trace if self.measured[key[1]] else None, key)
            rows = None if told is None else _rows(told, key)
            if rows is not None and not np.isfinite(rows).all():
                # A wrist that the vocabulary does not know.
                rows = None
            self.letters[key].show_at(None if rows is None else [float(row[-1]) for row in rows])

    def _tell_apart(self, measured: Trace | None) -> None:
        now = [False, False]
        if measured is not None:
            now = [bool(np.isfinite(_rows(measured, ("acc", side))).all()) for side in (0, 1)]
        if now != self.measured:
            self.measured = now
            for key in self.plots:
                self._draw_with_pens(key)
            self.retranslate()

    def _empty(self) -> None:
        for curves in (*self.curves.values(), *self.imagined.values()):
            for curve in curves:
                curve.setData([], [])
        for letters in self.letters.values():
            letters.show_at(None)

    def _show_span(self, span_s: float) -> None:
        """Make the time axis `span_s` seconds long; it names whole seconds."""
        if abs(span_s - self._span_s) < 1e-3:
            return
        self._span_s = span_s
        ticks = [(float(-s), f"−{s}" if s else "0 s") for s in range(int(span_s + 1e-6) + 1)]
        for plot in self.plots.values():
            self._stretch(plot)
            plot.getAxis("bottom").setTicks([ticks])

    def _stretch(self, plot: pg.PlotWidget) -> None:
        """The span, and beside it the letters' room, whatever the plot's width."""
        width = max(8 * _LETTER_WIDTH, plot.getViewBox().width())
        beside_s = self._span_s * _LETTER_WIDTH / (width - _LETTER_WIDTH)
        plot.setXRange(-self._span_s, beside_s, padding=0)


def _rows(trace: Trace, key: tuple[str, int]) -> NDArray[np.float32]:
    """`(3, n_steps)`: x, y, z of one quantity on one wrist."""
    quantity, side = key
    rows = trace.acc_g if quantity == "acc" else trace.gyro_dps
    return rows[3 * side : 3 * side + 3]


def _draw(
    curves: list[pg.PlotDataItem],
    seconds: NDArray[np.float64],
    trace: Trace | None,
    key: tuple[str, int],
) -> None:
    rows = None if trace is None else _rows(trace, key)
    if rows is None or not np.isfinite(rows).all():
        for curve in curves:
            curve.setData([], [])
        return
    for curve, row in zip(curves, rows, strict=True):
        curve.setData(seconds, row)
