"""The report's pictures, as SVG or PNG inside the page."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import font_manager
from matplotlib.figure import Figure
from numpy.typing import NDArray

from engine.paths import ASSETS
from training.reports.result import Curve, Traces

_INK, _OURS, _OTHER = "#5b6470", "#1f77b4", "#9aa5b1"


def use_our_font() -> None:
    """Not every system's own font has all Vietnamese letters."""
    for file in sorted((ASSETS / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(str(file))
        family = font_manager.FontProperties(fname=str(file)).get_name()
        mpl.rcParams["font.family"] = [family, "DejaVu Sans"]
    mpl.rcParams.update(
        {
            "axes.spines.top": False,
            "axes.spines.right": False,
            "text.color": _INK,
            "axes.labelcolor": _INK,
            "axes.edgecolor": _INK,
            "xtick.color": _INK,
            "ytick.color": _INK,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.transparent": True,
            "font.size": 9,
        }
    )


def confusion_picture(matrix: NDArray[np.int64], glosses: Sequence[str]) -> str:
    """Rows: signed, columns: said; each row in parts of itself."""
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    size = max(4.0, 0.24 * len(glosses) + 1.5)
    figure, axes = plt.subplots(figsize=(size, size))
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(glosses)), glosses, rotation=90)
    axes.set_yticks(range(len(glosses)), glosses)
    axes.set_xlabel("said")
    axes.set_ylabel("signed")
    for row, column in zip(*np.nonzero(matrix), strict=True):
        if len(glosses) <= 30:
            shade = "white" if share[row, column] > 0.5 else _INK
            axes.text(
                column, row, str(matrix[row, column]), ha="center", va="center",
                color=shade, fontsize=7,
            )  # fmt: skip
    return _png(figure)


def bars_picture(names: Sequence[str], values: Sequence[float], mark: int | None = None) -> str:
    """Shares in 0..1 as horizontal bars; `mark` stands out."""
    figure, axes = plt.subplots(figsize=(7.0, max(1.2, 0.26 * len(names) + 0.6)))
    colours = [_OURS if mark is None or i == mark else _OTHER for i in range(len(names))]
    axes.barh(range(len(names)), [100 * v for v in values], color=colours)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("right, %")
    for i, value in enumerate(values):
        axes.text(min(100 * value + 1, 101), i, f"{100 * value:.0f}", va="center", fontsize=8)
    return _svg(figure)


def curves_picture(curves: Sequence[Curve]) -> str:
    """Training curves, one panel a figure."""
    figures = sorted({curve.figure for curve in curves})
    figure, panels = plt.subplots(1, len(figures), figsize=(4.6 * len(figures), 2.8), squeeze=False)
    for axes, name in zip(panels[0], figures, strict=True):
        for curve in curves:
            if curve.figure == name:
                axes.plot(range(1, len(curve.values) + 1), curve.values, label=curve.stage)
        axes.set_title(name.replace("_", " "))
        axes.set_xlabel("epoch")
        if name == "loss":
            axes.set_yscale("log")
        axes.legend(frameon=False, fontsize=8)
    return _svg(figure)


def traces_picture(traces: Traces) -> str:
    """Measured and simulated, one panel a channel."""
    count = len(traces.channels)
    rows = -(-count // 3)
    figure, panels = plt.subplots(
        rows, min(3, count), figsize=(9.0, 1.7 * rows), squeeze=False, sharex=True
    )
    for axes, name, real, made in zip(
        panels.flat, traces.channels, traces.measured, traces.generated, strict=False
    ):
        axes.plot(np.arange(len(real)) / traces.rate_hz, real, color=_OTHER, label="measured")
        axes.plot(np.arange(len(made)) / traces.rate_hz, made, color=_OURS, label="simulated")
        axes.set_title(name, fontsize=8)
    panels.flat[0].legend(frameon=False, fontsize=7)
    for axes in panels[-1]:
        axes.set_xlabel("steps" if traces.rate_hz == 1 else "seconds")
    return _svg(figure)


def _svg(figure: Figure) -> str:
    figure.tight_layout()
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg")
    plt.close(figure)
    return _uri("image/svg+xml", buffer.getvalue().encode())


def _png(figure: Figure) -> str:
    figure.tight_layout()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110)
    plt.close(figure)
    return _uri("image/png", buffer.getvalue())


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
