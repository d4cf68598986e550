"""One HTML file that holds everything: no script, nothing fetched from anywhere."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path

import numpy as np

from training.reports.plots import (
    bars_picture,
    confusion_picture,
    curves_picture,
    traces_picture,
    use_our_font,
)
from training.reports.result import Row, RunResult
from training.statistics import confusion_matrix, mcnemar, mean_and_sd, per_class_accuracy

OURS = "self-learning fusion (ours)"

_LARGEST_MATRIX, _CONFUSIONS, _WORST = 60, 40, 8

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5b6470;--ground:#fff;--card:#f4f6f8;
--line:#d8dee4}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecf1;--soft:#a6b0bc;--ground:#14181d;--card:#20262d;
--line:#38414b}img.plot{background:#eef1f4;border-radius:6px}}
body{font:16px/1.5 'Noto Sans',system-ui,sans-serif;color:var(--ink);background:var(--ground);
max-width:1080px;margin:2rem auto;padding:0 1.2rem}
h1{font-size:1.7rem;margin-bottom:.2rem}h2{font-size:1.2rem;margin-top:2.2rem}
.soft{color:var(--soft)}table{border-collapse:collapse;width:100%;margin:.8rem 0}
th,td{text-align:right;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th:first-child,td:first-child{text-align:left}tr.ours{font-weight:600;background:var(--card)}
img{max-width:100%;height:auto}code{background:var(--card);padding:.1rem .3rem;border-radius:4px;
overflow-wrap:anywhere}.strip{display:flex;gap:1rem;align-items:center;margin:.4rem 0}
@media print{body{max-width:none}}
"""


def write_report(result: RunResult, folder: Path) -> Path:
    """`report.html` and, beside it, `report.json` with everything in it."""
    folder.mkdir(parents=True, exist_ok=True)
    use_our_font()
    page = folder / "report.html"
    for file, text in (
        (folder / "report.json", result.model_dump_json(indent=1)),
        (page, _page(result)),
    ):
        unfinished = file.with_suffix(".unfinished")
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, file)
    return page


def _page(result: RunResult) -> str:
    best = _row_to_show(result)
    parts = [
        f"<h1>{escape(result.dataset)}</h1>",
        (
            f"<p class='soft'>{escape(result.protocol)} · {len(result.clips)} test clips ·"
            f" {len(result.glosses)} signs · {escape(result.made_on)}</p>"
        ),
        _summary(result),
        "<h2>Comparison</h2>",
        _table(result),
        _not_run(result),
    ]
    if best is not None:
        parts += [_confusion(result, best), _accuracies(result, best), _worst(result, best)]
    if result.traces:
        r = ", ".join(f"{k} r = {v:.2f}" for k, v in result.trace_r.items() if v is not None)
        parts.append(f"<h2>Simulated and measured traces</h2><p>Median over test clips: {r}.</p>")
        parts += [
            f"<p class='soft'>{escape(t.key)}</p>"
            + _picture(traces_picture(t), f"Traces of {t.key}, measured and simulated")
            for t in result.traces
        ]
    if result.curves:
        parts += ["<h2>Training</h2>", _picture(curves_picture(result.curves), "Training curves")]
    parts.append(f"<p class='soft'>Made with <code>{escape(result.command)}</code></p>")
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{escape(result.dataset)} – SignMirror</title><style>{_STYLE}</style></head><body>"
        + "\n".join(parts)
        + "</body></html>"
    )


def _row_to_show(result: RunResult) -> Row | None:
    complete = [row for row in result.rows if row.predicted]
    ours = [row for row in complete if row.name == OURS]
    return next(iter(ours or complete), None)


def _summary(result: RunResult) -> str:
    ranked = sorted(result.rows, key=lambda row: -mean_and_sd(row.top1)[0])
    if not ranked:
        return "<p>No method was run.</p>"
    top = ranked[0]
    name = escape(top.name[:1].upper() + top.name[1:])
    words = f"{name} named {100 * mean_and_sd(top.top1)[0]:.1f} % of the signs right"
    ours = next((row for row in result.rows if row.name == OURS), None)
    if ours is not None and ours is not top:
        words += f"; self-learning fusion {100 * mean_and_sd(ours.top1)[0]:.1f} %"
    return (
        f"<p>{words}. Nobody in the test clips was seen in training, and every choice was made on"
        " other people than these.</p>"
    )


def _table(result: RunResult) -> str:
    ours = next((row for row in result.rows if row.name == OURS and row.right), None)
    lines = [
        (
            "<table><tr><th>method</th><th>top-1</th><th>macro F1</th><th>ECE</th><th>runs</th>"
            "<th>ms a clip</th><th>p against ours</th></tr>"
        )
    ]
    for row in result.rows:
        p = ""
        if ours is not None and row is not ours and row.right:
            p = f"{mcnemar(row.right, ours.right).p:.2g}"
        latency = "" if row.latency_ms is None else f"{row.latency_ms:.1f}"
        note = f"<br><small class='soft'>{escape(row.detail)}</small>" if row.detail else ""
        lines.append(
            f"<tr{' class=ours' if row.name == OURS else ''}><td>{escape(row.name)}{note}</td>"
            f"<td>{_percent(row.top1)}</td><td>{_percent(row.macro_f1)}</td>"
            f"<td>{_percent(row.ece)}</td><td>{len(row.top1)}</td><td>{latency}</td><td>{p}</td></tr>"
        )
    return (
        "".join(lines) + "</table><p class='soft'>Mean ± standard deviation over runs; p: McNemar's"
        " test on the first run's test clips.</p>"
    )


def _percent(values: list[float]) -> str:
    if not values:
        return "–"
    mean, sd = mean_and_sd(values)
    return f"{100 * mean:.1f} %" + (f" ± {100 * sd:.1f}" if sd is not None else "")


def _not_run(result: RunResult) -> str:
    if not result.rows_not_run:
        return ""
    items = "".join(
        f"<li>{escape(name)}: {escape(why)}</li>" for name, why in result.rows_not_run.items()
    )
    return f"<p>Not run:</p><ul>{items}</ul>"


def _confusion(result: RunResult, row: Row) -> str:
    matrix = confusion_matrix([c.label for c in result.clips], row.predicted, len(result.glosses))
    heading = f"<h2>What is taken for what: {escape(row.name)}</h2>"
    if len(result.glosses) <= _LARGEST_MATRIX:
        return heading + _picture(confusion_picture(matrix, result.glosses), "Confusion matrix")
    wrong = matrix * (1 - np.eye(len(matrix), dtype=np.int64))
    order = np.argsort(-wrong, axis=None, kind="stable")[:_CONFUSIONS]
    items = [
        f"<li>{escape(result.glosses[i])} → {escape(result.glosses[j])}: {wrong[i, j]}</li>"
        for i, j in zip(*np.unravel_index(order, wrong.shape), strict=True)
        if wrong[i, j]
    ]
    return f"{heading}<ul>{''.join(items)}</ul>"


def _accuracies(result: RunResult, row: Row) -> str:
    labels = [clip.label for clip in result.clips]
    shares = per_class_accuracy(labels, row.predicted, len(result.glosses))
    signs = [(g, s) for g, s in zip(result.glosses, shares, strict=True) if s is not None]
    signs.sort(key=lambda pair: pair[1])
    shown = signs[:_LARGEST_MATRIX]
    right = np.array(labels) == np.array(row.predicted)
    signers = sorted({clip.signer for clip in result.clips})
    who = np.array([clip.signer for clip in result.clips])
    by_signer = [float(right[who == name].mean()) for name in signers]
    return (
        "<h2>By signer</h2>"
        + _picture(bars_picture(signers, by_signer), "Share right by signer")
        + "<h2>By sign, the hardest first</h2>"
        + _picture(
            bars_picture([g for g, _ in shown], [s for _, s in shown]), "Share right by sign"
        )
    )


def _worst(result: RunResult, row: Row) -> str:
    labels = [clip.label for clip in result.clips]
    shares = per_class_accuracy(labels, row.predicted, len(result.glosses))
    ranked = sorted((s, i) for i, s in enumerate(shares) if s is not None and s < 1)[:_WORST]
    lines = []
    for share, label in ranked:
        key = next(
            (c.key for c in result.clips if c.label == label and c.key in result.thumbnails), None
        )
        if key is None:
            continue
        name = escape(result.glosses[label])
        lines.append(
            f"<div class='strip'><img src='{escape(result.thumbnails[key])}' alt='Four frames of"
            f" {name}'><span>{name}: {100 * share:.0f} % right</span></div>"
        )
    return f"<h2>The hardest signs</h2>{''.join(lines)}" if lines else ""


def _picture(uri: str, alt: str) -> str:
    return f"<img class='plot' src='{uri}' alt='{escape(alt)}'>"
