"""The report's pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator, NullFormatter
from numpy.typing import NDArray

from training.reports.drawing import (
    ACCENT,
    INK,
    LINE,
    SERIES,
    SOFT,
    WRONG,
    our_style,
    shortened,
    svg,
)
from training.reports.result import Curve, Traces

_WIDE, _PAGE = 11.6, 8.8
_COUNTED = 50
_BARS_A_COLUMN = 34


def confusion_picture(matrix: NDArray[np.int64], glosses: Sequence[str], alt: str) -> str:
    """`(C, C)` counts. Rows: signed, columns: named; the deeper, the greater the share of its row.

    Readable up to 100 signs. Only cells that are not empty are drawn.
    """
    count = len(glosses)
    names = [shortened(gloss, 20) for gloss in glosses]
    side = min(_WIDE, 0.34 * count + 2.6)
    letters = min(8.0, max(6.2, 0.62 * 72 * (side - 1.4) / max(count, 1)))
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    with our_style():
        figure = Figure(figsize=(side, side), layout="constrained")
        axes = figure.subplots()
        for right, colour in ((True, ACCENT), (False, WRONG)):
            cells = [(r, c) for r, c in zip(*np.nonzero(matrix), strict=True) if (r == c) == right]
            # Not fully opaque even for all of a row: the count in the cell has to stay legible.
            depth = [0.2 + 0.55 * share[cell] for cell in cells]
            squares = [Rectangle((c - 0.5, r - 0.5), 1, 1) for r, c in cells]
            axes.add_collection(
                PatchCollection(squares, facecolor=colour, alpha=depth or None, linewidth=0)
            )
        if count <= _COUNTED:
            for r, c in zip(*np.nonzero(matrix), strict=True):
                axes.text(
                    c, r, str(matrix[r, c]), ha="center", va="center_baseline", fontsize=letters
                )
        axes.set(xlim=(-0.5, count - 0.5), ylim=(count - 0.5, -0.5), aspect="equal")
        axes.set_xticks(range(count), names, rotation=90, fontsize=letters)
        axes.set_yticks(range(count), names, fontsize=letters)
        axes.set_xticks(np.arange(count + 1) - 0.5, minor=True)
        axes.set_yticks(np.arange(count + 1) - 0.5, minor=True)
        axes.tick_params(which="both", length=0)
        axes.grid(False, which="major")
        axes.grid(True, which="minor", linewidth=0.35)
        axes.spines[:].set_visible(False)
        axes.set_xlabel("named by the method")
        axes.set_ylabel("signed in the clip")
        return svg(figure, alt)


def bars_picture(names: Sequence[str], right: Sequence[int], of: Sequence[int], alt: str) -> str:
    """Shares `right / of` in percent as bars, in up to three columns beside each other."""
    columns = min(3, -(-len(names) // _BARS_A_COLUMN))
    rows = -(-len(names) // columns)
    with our_style():
        figure = Figure(figsize=(_PAGE, 0.235 * rows + 0.55), layout="constrained")
        for column, axes in enumerate(figure.subplots(1, columns, squeeze=False)[0]):
            part = slice(column * rows, (column + 1) * rows)
            some = [shortened(name, 26 if columns < 3 else 20) for name in names[part]]
            places = range(len(some))
            percent = [100 * r / n for r, n in zip(right[part], of[part], strict=True)]
            axes.barh(places, [100] * len(some), color=LINE, alpha=0.45, height=0.62)
            axes.barh(places, percent, color=ACCENT, height=0.62)
            for place, r, n in zip(places, right[part], of[part], strict=True):
                axes.text(103, place, f"{r} of {n}", va="center", fontsize=8, color=SOFT)
            axes.set_yticks(places, some)
            axes.set(xlim=(0, 125), ylim=(rows - 0.4, -0.6))
            axes.set_xticks([0, 50, 100], ["0", "50", "100 %"])
            axes.tick_params(length=0)
            axes.grid(False, axis="y")
            axes.spines[:].set_visible(False)
        return svg(figure, alt)


def dots_picture(
    names: Sequence[str],
    values: Sequence[Sequence[float]],
    ours: int | None,
    alt: str,
    *,
    zero: bool = False,
) -> str:
    """Shares in 0..1, in percent: a dot a run, a stroke for their mean; `ours` stands out.
    `zero`: the scale begins there."""
    with our_style():
        figure = Figure(figsize=(_PAGE, 0.34 * len(names) + 0.6), layout="constrained")
        axes = figure.subplots()
        for place, runs in enumerate(values):
            percent = [100 * value for value in runs if np.isfinite(value)]
            if not percent:
                continue
            colour, mean = ACCENT if place == ours else SOFT, float(np.mean(percent))
            axes.plot([mean, mean], [place - 0.3, place + 0.3], color=colour, linewidth=2.5)
            axes.plot(percent, [place] * len(percent), "o", color=colour, alpha=0.55, markersize=5)
            axes.annotate(
                f"{mean:.1f}", (max(percent), place), (9, 0), textcoords="offset points",
                va="center", color=INK,
            )  # fmt: skip
        axes.set_yticks(range(len(names)), [shortened(name, 36) for name in names])
        axes.set(ylim=(len(names) - 0.5, -0.5))
        axes.margins(x=0.12)
        if zero:
            axes.set_xlim(left=0)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=7))
        axes.xaxis.set_major_formatter("{x:g} %")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        return svg(figure, alt)


def curves_picture(curves: Sequence[Curve], alt: str) -> str:
    """A panel a figure; a stage keeps its colour and its dashes in all of them. A stage that comes
    several times (folds) has a line each."""
    figures = list(dict.fromkeys(curve.figure for curve in curves))
    stages = list(dict.fromkeys(curve.stage for curve in curves))
    columns = min(2, len(figures))
    rows = -(-len(figures) // columns)
    with our_style():
        figure = Figure(figsize=(_PAGE, 2.7 * rows + 0.3), layout="constrained")
        panels = figure.subplots(rows, columns, squeeze=False).flat
        lines: dict[str, Line2D] = {}
        for axes, name in zip(panels, figures, strict=False):
            own = [curve for curve in curves if curve.figure == name]
            for curve in own:
                place = stages.index(curve.stage)
                (line,) = axes.plot(
                    range(1, len(curve.values) + 1),
                    curve.values,
                    color=SERIES[place % len(SERIES)],
                    linestyle=("-", "--", ":", "-.")[place % 4],
                    linewidth=1.5,
                    marker="o" if len(curve.values) == 1 else None,
                    markersize=3,
                )
                lines.setdefault(shortened(curve.stage, 24), line)
            axes.set_title(name.replace("_", " "))
            axes.set_xlabel("epoch")
            axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
            finite = [v for curve in own for v in curve.values if np.isfinite(v)]
            if "loss" in name and finite and min(finite) > 0 and max(finite) > 20 * min(finite):
                axes.set_yscale("log")
                # The usual labels are powers of ten in mathematics, which we have switched off.
                axes.yaxis.set_major_formatter("{x:g}")
                axes.yaxis.set_minor_formatter(NullFormatter())
        for axes in panels:
            axes.set_visible(False)
        figure.legend(list(lines.values()), list(lines), loc="outside lower left", ncols=4)
        return svg(figure, alt)


def traces_picture(traces: Traces, alt: str) -> str:
    """Measured and simulated, a panel a channel; three axes of one sensor share a row and scale."""
    count = len(traces.channels)
    columns = min(3, count)
    rows = -(-count // columns)
    stepped = traces.rate_hz == 1.0
    with our_style():
        figure = Figure(figsize=(_PAGE, 1.45 * rows + 0.6), layout="constrained")
        grid = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey="row")
        series = zip(traces.channels, traces.measured, traces.generated, strict=True)
        lines: dict[str, Line2D] = {}
        for axes, (channel, real, made) in zip(grid.flat, series, strict=False):
            lines = {
                "measured": _series(axes, real, traces.rate_hz, SOFT, "-"),
                "simulated": _series(axes, made, traces.rate_hz, ACCENT, "--"),
            }
            axes.set_title(channel)
        for axes in grid.flat[count:]:
            axes.set_visible(False)
        for axes in grid[-1]:
            axes.set_xlabel("step of the clip" if stepped else "seconds")
        figure.legend(list(lines.values()), list(lines), loc="outside upper right", ncols=2)
        return svg(figure, alt)


def _series(axes: Axes, values: Sequence[float], rate_hz: float, colour: str, dash: str) -> Line2D:
    return axes.plot(
        np.arange(len(values)) / rate_hz, values, color=colour, linestyle=dash, linewidth=1.4
    )[0]
