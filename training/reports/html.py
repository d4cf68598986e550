"""One HTML file that holds everything: no script, nothing fetched from anywhere."""

from __future__ import annotations

from html import escape
from pathlib import Path

from engine.atomic_write import written_whole
from training.reports.comparison_table import comparison, dots_figure, mean_of, ours, summary
from training.reports.errors_shown import by_sign, by_signer, confusions, hardest
from training.reports.font import font_faces
from training.reports.plots import curves_picture, traces_picture
from training.reports.result import RESULT_NAME, Row, RunResult
from training.reports.style import STYLE

PAGE_NAME = "report.html"

# Whatever stands in the data, the page can neither run nor fetch anything.
_POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"
_TRACES = 4


def write_report(result: RunResult, folder: Path) -> Path:
    """`report.html` and, beside it, `report.json` with everything in it."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / PAGE_NAME
    for file, text in (
        (folder / RESULT_NAME, result.model_dump_json(indent=1)),
        (page, _page(result)),
    ):
        with written_whole(file) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
    return page


def _page(result: RunResult) -> str:
    sections = [("comparison", "Comparison", comparison(result))]
    row = _row_to_show(result)
    if row is not None:
        name = escape(row.name)
        of = f"<p class='soft'>{name}, first run.</p>"
        sections += [
            ("confusions", "Which signs are taken for which", of + confusions(result, row)),
            ("signers", "By signer", of + by_signer(result, row)),
            ("signs", "By sign, the hardest first", of + by_sign(result, row)),
            ("hardest", "The hardest signs", of + hardest(result, row)),
        ]
    sections += [
        ("calibration", "Calibration", _calibration(result)),
        ("traces", "Simulated and measured traces", _traces(result)),
        ("training", "Training", _curves(result)),
        ("made", "How this was made", _made(result)),
    ]
    sections = [section for section in sections if section[2]]
    links = "".join(f"<a href='#{key}'>{heading}</a>" for key, heading, _ in sections)
    body = (
        f"<header><h1>SignMirror comparison: {escape(result.dataset)}</h1>"
        f"<p class='soft'>{escape(result.protocol)} · {escape(result.made_on)}<br>Nobody in the"
        " test clips was seen in training, and every choice was made on other people than these."
        "</p>"
        "</header>"
        f"<p class='summary'>{escape(summary(result))}</p><nav>{links}</nav>"
        + "".join(f"<h2 id='{key}'>{heading}</h2>{text}" for key, heading, text in sections)
    )
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{escape(result.dataset)} – SignMirror comparison</title>"
        f"<style>{font_faces(body)}{STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _row_to_show(result: RunResult) -> Row | None:
    """Ours, else the best that answered every clip."""
    complete = [row for row in result.rows if row.predicted]
    mine = ours(result)
    if mine in complete:
        return mine
    return max(complete, key=lambda row: mean_of(row.top1) or 0.0, default=None)


def _calibration(result: RunResult) -> str:
    if not any(mean_of(row.ece) is not None for row in result.rows):
        return ""
    return (
        "<p>A method that claims to be 80 % sure should be right in 80 % of such clips. The"
        " calibration error (ECE) is the mean distance from that, over all clips; 0 % is"
        " perfect.</p>"
        + dots_figure(
            result, [row.ece for row in result.rows], "Calibration error (ECE)", zero=True
        )
    )


def _traces(result: RunResult) -> str:
    known = {name: r for name, r in result.trace_r.items() if r is not None}
    if not result.traces and not known:
        return ""
    names = {"acc": "accelerometer", "gyro": "gyroscope"}
    told = ""
    if known:
        figures = ", ".join(f"{escape(names.get(k, k))} r = {r:.2f}" for k, r in known.items())
        told = (
            f" Typical agreement of a test clip: {figures}, where 1 is the same course"
            " and 0 is none in common (Pearson's correlation)."
        )
    target = (
        "What a sensor on the wrist felt (measured)"
        if result.imu_from == "measured"
        else "No sensor was worn: what the motion network made of the landmarks (called measured in"
        " the pictures, for it was learnt from)"
    )
    intro = f"<p>{target} and what the network draws from the video alone (simulated).{told}</p>"
    parts = [intro]
    step = max(1, -(-len(result.traces) // _TRACES))
    for traces in result.traces[::step]:
        channels = ", ".join(traces.channels)
        alt = f"Measured and simulated traces of clip {traces.key}: {channels}"
        parts.append(
            f"<figure><figcaption>Clip {escape(traces.key)}{_sign_of(result, traces.key)}"
            f"</figcaption>{traces_picture(traces, alt)}</figure>"
        )
    return "".join(parts)


def _sign_of(result: RunResult, key: str) -> str:
    clip = next((clip for clip in result.clips if clip.key == key), None)
    if clip is None:
        return ""
    return f": {escape(result.glosses[clip.label])}, signer {escape(clip.signer)}"


def _curves(result: RunResult) -> str:
    curves = [curve for curve in result.curves if curve.values]
    if not curves:
        return ""
    stages = ", ".join(dict.fromkeys(curve.stage for curve in curves))
    return (
        "<p>Each part of the network is trained in its own stage. The loss should fall and level"
        " off; figures of validation are of signers that are neither trained on nor tested.</p>"
        f"<figure>{curves_picture(curves, f'Training curves of the stages {stages}')}</figure>"
    )


def _made(result: RunResult) -> str:
    command = f"<p><code>{escape(result.command)}</code></p>" if result.command else ""
    return (
        f"{command}<p class='soft'>{escape(result.made_on)}. All figures, and the answer to every"
        f" test clip, are in {RESULT_NAME} beside this page.</p>"
    )
