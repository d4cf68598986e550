"""The methods side by side, and what the difference between two of them is worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from training.evaluation.statistics import McNemar, mcnemar, mean_and_sd
from training.reports.plots import dots_picture
from training.reports.result import OURS, Row, RunResult
from training.splits.sign_check import said_of

_SURE = 0.05

_HEAD = """<thead><tr><th scope='col'>Method</th><th scope='col'>Right (top-1)</th>
<th scope='col'>Macro F1</th><th scope='col'>ECE</th><th scope='col'>Runs (n)</th>
<th scope='col'>Time a clip</th><th scope='col'>Only it, only ours</th>
<th scope='col'>p against ours</th></tr></thead>"""

_EXPLAINED = """<dl>
<dt>Right</dt><dd>Share of the test clips whose sign was named right at the first guess (top-1).
Mean ± standard deviation over the runs.</dd>
<dt>Macro F1</dt><dd>As before, but every sign counts the same, however many clips it has.</dd>
<dt>ECE</dt><dd>Calibration error: how far the claimed sureness is from the share that is right.
Less is better.</dd>
<dt>Runs (n)</dt><dd>How often the method was trained anew: one a seed or one a fold.</dd>
<dt>Only it, only ours</dt><dd>Test clips that only one of the two named right, in the first run.
</dd>
<dt>p</dt><dd>McNemar's test: how likely so uneven a split is by chance if both methods are equally
good. Below 0.05 is commonly called significant. Not corrected for the number of comparisons.</dd>
</dl>"""


def ours(result: RunResult) -> Row | None:
    """Our row, if it was run."""
    return next((row for row in result.rows if row.name == OURS), None)


def against(row: Row, other: Row | None) -> McNemar | None:
    """McNemar's test of two rows; None where either did not answer every clip."""
    if other is None or row is other or not row.right or not other.right:
        return None
    return mcnemar(row.right, other.right)


def summary(result: RunResult) -> str:
    """Two sentences: how well ours did, and whether its place is more than chance."""
    ranked = sorted((row for row in result.rows if mean_of(row.top1) is not None), key=_less_right)
    if not ranked:
        return "No method answered any test clip. There is nothing to compare."
    signers = len({clip.signer for clip in result.clips})
    setting = (
        f"On {_counted(len(result.clips), 'test clip')} of {_counted(signers, 'signer')}"
        f" showing {_counted(len(result.glosses), 'sign')}, "
    )
    mine, top = ours(result), ranked[0]
    if mine is None or mine not in ranked:
        return (
            f"{setting}{top.name} did best and named {percent(top.top1)} of the clips right."
            " Self-learning fusion has no figure here, so nothing is said about it."
        )
    others = [row for row in ranked if row is not mine]
    first = f"{setting}self-learning fusion named {percent(mine.top1)} right"
    if not others:
        return f"{first}. No other method was run, so there is nothing to compare it with."
    place = ranked.index(mine) + 1
    baseline = others[0]
    return (
        f"{first}, place {place} of {len(ranked)} methods."
        f" The best other method, {baseline.name}, named {percent(baseline.top1)} right;"
        f" {_worth(baseline, mine)}."
    )


def _worth(baseline: Row, mine: Row) -> str:
    test = against(baseline, mine)
    if test is None:
        return "the two did not answer the same clips, so the difference cannot be tested"
    if test.p < _SURE:
        return f"chance alone hardly explains the difference (McNemar's test, {_p(test.p)})"
    return f"the difference may well be chance (McNemar's test, {_p(test.p)})"


def comparison(result: RunResult) -> str:
    """The table, what its columns mean, a picture of it, and the rows not run."""
    mine = ours(result)
    means = [mean for row in result.rows if (mean := mean_of(row.top1)) is not None]
    lines = "".join(_line(row, mine, max(means, default=0.0)) for row in result.rows)
    parts = []
    if result.rows:
        parts = [
            f"<div class='scroll'><table>{_HEAD}<tbody>{lines}</tbody></table></div>",
            _EXPLAINED,
            dots_figure(result, [row.top1 for row in result.rows], "Share of clips named right"),
        ]
    if result.untrained:
        parts.append(f"<p class='untrained'>Signs {escape(said_of(result.untrained))}.</p>")
    if result.rows_not_run:
        items = "".join(
            f"<li>{escape(name)}: {escape(why)}</li>" for name, why in result.rows_not_run.items()
        )
        parts.append(f"<h3>Not run</h3><p>These rows have no figures:</p><ul>{items}</ul>")
    return "".join(parts)


def dots_figure(
    result: RunResult, values: Sequence[Sequence[float]], what: str, *, zero: bool = False
) -> str:
    """A dot a run for every method; `zero`: the scale begins there."""
    names = [row.name for row in result.rows]
    means = (f"{row.name} {percent(runs)}" for row, runs in zip(result.rows, values, strict=True))
    mine = names.index(OURS) if OURS in names else None
    picture = dots_picture(names, values, mine, f"{what} by method: {'; '.join(means)}.", zero=zero)
    return (
        f"<figure>{picture}<figcaption>{what}. A dot is one run, the stroke and the number"
        " are the mean.</figcaption></figure>"
    )


def mean_of(values: Sequence[float]) -> float | None:
    """Mean, or None where there is nothing to take it of."""
    known = [value for value in values if math.isfinite(value)]
    return mean_and_sd(known)[0] if known else None


def percent(values: Sequence[float]) -> str:
    """'83.3 ± 1.2 %'; a dash where nothing was measured."""
    known = [value for value in values if math.isfinite(value)]
    if not known:
        return "–"
    mean, sd = mean_and_sd(known)
    # No-break spaces: a figure stays on one line.
    spread = "" if sd is None else f"\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}{100 * sd:.1f}"
    return f"{100 * mean:.1f}{spread}\N{NO-BREAK SPACE}%"


def _line(row: Row, mine: Row | None, best: float) -> str:
    test = against(row, mine)
    notes = [row.detail] if row.detail else []
    if not row.right:
        notes.append("did not answer every test clip: not compared")
    right = escape(percent(row.top1))
    if mean_of(row.top1) == best:
        right += "<small>best</small>"
    cells = (
        right,
        percent(row.macro_f1),
        percent(row.ece),
        str(len(row.top1)),
        "–" if row.latency_ms is None else f"{row.latency_ms:.1f} ms",
        "–" if test is None else f"{test.b}, {test.c}",
        "–" if test is None else _p(test.p).removeprefix("p = ").removeprefix("p "),
    )
    return (
        f"<tr{' class=ours' if row is mine else ''}><th scope='row'>{escape(row.name)}"
        + "".join(f"<small>{escape(note)}</small>" for note in notes)
        + "</th>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _p(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}" if p < 0.1 else f"p = {p:.2f}"


def _less_right(row: Row) -> float:
    return -(mean_of(row.top1) or 0.0)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
