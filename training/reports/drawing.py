"""matplotlib figures as SVG that stands in the page itself and takes on its colours and letters."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from training.reports.font import FONT_FILES

# matplotlib wants real colours, the page's are variables that change in the dark: the first stand
# in for the second until the picture is written.
INK, SOFT, LINE, ACCENT, WRONG = "#010203", "#040506", "#070809", "#0a0b0c", "#0d0e0f"
SERIES = ("#101112", "#131415", "#161718", "#191a1b", "#1c1d1e", "#1f2021", "#222324", "#252627")
_VARIABLES = {
    INK: "--ink",
    SOFT: "--soft",
    LINE: "--line",
    ACCENT: "--accent",
    WRONG: "--wrong",
    **{colour: f"--series-{i}" for i, colour in enumerate(SERIES)},
}
_FONT_PT = 9.0


@contextmanager
def our_style() -> Iterator[None]:
    """Within: figures in our font and the stand-in colours."""
    for file in FONT_FILES:
        if str(file) not in {entry.fname for entry in mpl.font_manager.fontManager.ttflist}:
            mpl.font_manager.fontManager.addfont(str(file))
    settings: Any = {
        "font.family": ["Noto Sans", "DejaVu Sans"],
        "font.size": _FONT_PT,
        "axes.titlesize": _FONT_PT,
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": LINE,
        "grid.linewidth": 0.6,
        "text.color": INK,
        "axes.labelcolor": SOFT,
        "axes.titlecolor": INK,
        "axes.edgecolor": LINE,
        "xtick.color": LINE,
        "ytick.color": LINE,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "legend.frameon": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "signmirror",
        # A gloss may hold dollar signs; none of our texts is mathematics.
        "text.parse_math": False,
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        # The page's reader has letters that our font lacks; only widths are guessed meanwhile.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def svg(figure: Figure, alt: str) -> str:
    """The figure as an `<svg>` element for HTML, with `alt` for those who cannot see it."""
    buffer = io.StringIO()
    figure.savefig(
        buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type"))
    )
    whole = buffer.getvalue()
    body = whole[whole.index(">", whole.index("<svg")) + 1 :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    # Each figure numbers its parts from one; in a page every id may stand only once.
    prefix = "p" + hashlib.sha256(body.encode()).hexdigest()[:8]
    # Only within tags: a gloss may look like anything, a colour too.
    body = re.sub(r"<[^>]*>", lambda tag: _adapted(tag[0], prefix), body)
    width, height = (72 * side for side in figure.get_size_inches())
    return (
        f'<svg class="plot" role="img" aria-label="{escape(alt)}"'
        f' viewBox="0 0 {width:g} {height:g}" style="width:{width * 4 / 3:.0f}px">{body}'
    )


def _adapted(tag: str, prefix: str) -> str:
    tag = re.sub(r"font-family: [^;\"]*;? ?", "", tag)
    tag = re.sub(r'( id="|href="#|url\(#)', rf"\g<1>{prefix}-", tag)
    for colour, variable in _VARIABLES.items():
        tag = tag.replace(colour, f"var({variable})")
    return tag


def shortened(name: str, most: int) -> str:
    """At most `most` letters and an ellipsis; an accent stays with its letter."""
    name = unicodedata.normalize("NFC", name)
    if len(name) <= most:
        return name
    cut = most - 1
    while cut > 1 and unicodedata.combining(name[cut]):
        cut -= 1
    return name[:cut].rstrip() + "…"
