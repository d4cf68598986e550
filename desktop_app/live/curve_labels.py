"""The letter at the end of each curve: colour alone names no axis."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtGui import QFont

_POINTS = 9.0


class CurveLabels:
    """One letter a curve, beside its newest sample, moved apart where curves meet."""

    def __init__(self, plot: pg.PlotWidget, names: Sequence[str]) -> None:
        self._plot = plot
        self.items = [pg.TextItem(name, anchor=(0.0, 0.5)) for name in names]
        for item in self.items:
            font = QFont(plot.font())
            font.setPointSizeF(_POINTS)
            font.setBold(True)
            item.setFont(font)
            item.hide()
            plot.addItem(item, ignoreBounds=True)

    def set_colours(self, colours: Sequence[str]) -> None:
        for item, colour in zip(self.items, colours, strict=True):
            item.setColor(colour)

    def show_at(self, values: Sequence[float] | None) -> None:
        """Beside the newest `values`, in the plot's own unit; None hides the letters."""
        for item in self.items:
            item.setVisible(values is not None)
        if values is None:
            return
        low, high = self._plot.viewRange()[1]
        height_px = max(1.0, self._plot.getViewBox().height())
        gap = (high - low) * 0.8 * self.items[0].boundingRect().height() / height_px
        for item, value in zip(self.items, spread(values, gap, low, high), strict=True):
            item.setPos(0.0, value)


def spread(values: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """`values` moved as little as is needed for `gap` between neighbours, within low..high.

    The order of the values stays. Where there is no room for such gaps they are even.
    """
    count = len(values)
    if count < 2:
        return [min(max(value, low), high) for value in values]
    gap = min(gap, (high - low) / count)
    order = sorted(range(count), key=lambda i: values[i])
    # Half a letter stays free at either end.
    places = [min(max(values[i], low + gap / 2), high - gap / 2) for i in order]
    for i in range(1, count):
        places[i] = max(places[i], places[i - 1] + gap)
    places[-1] = min(places[-1], high - gap / 2)
    for i in range(count - 2, -1, -1):
        places[i] = min(places[i], places[i + 1] - gap)
    spread_out = [0.0] * count
    for place, i in zip(places, order, strict=True):
        spread_out[i] = place
    return spread_out
