"""Where the shown method goes wrong: confusions, signs, signers, and what the clips look like."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from training.evaluation.statistics import confusion_matrix
from training.reports.plots import bars_picture, confusion_picture
from training.reports.result import Row, RunResult

_LARGEST_MATRIX, _LARGEST_BARS = 100, 100
_PAIRS, _PAIRS_BESIDE_MATRIX, _HARDEST, _WORST = 40, 10, 60, 8

Pair = tuple[int, int, int]


def confusions(result: RunResult, row: Row) -> str:
    """A matrix up to 100 signs; the most frequent confusions as a list in any case."""
    matrix = _matrix(result, row)
    drawn = len(result.glosses) <= _LARGEST_MATRIX
    pairs = most_confused(matrix, _PAIRS_BESIDE_MATRIX if drawn else _PAIRS)
    wrong = int(matrix.sum() - np.trace(matrix))
    parts = [f"<p>{wrong:,} of {int(matrix.sum()):,} test clips were taken for another sign.</p>"]
    if drawn:
        alt = f"Confusion matrix of {len(result.glosses)} signs. " + "; ".join(
            f"{result.glosses[i]} named as {result.glosses[j]} {n} times" for i, j, n in pairs[:3]
        )
        parts.append(
            f"<figure>{confusion_picture(matrix, result.glosses, alt)}<figcaption>"
            "<span class='key' style='background:var(--accent)'></span>named right"
            "<span class='key' style='background:var(--wrong)'></span>taken for another sign."
            " The deeper the colour, the larger the share of that sign's clips.</figcaption>"
            "</figure>"
        )
    if pairs:
        items = "".join(
            f"<li>{escape(result.glosses[i])} → {escape(result.glosses[j])}:"
            f" {n} of {int(matrix[i].sum())} clips</li>"
            for i, j, n in pairs
        )
        parts.append(f"<h3>Most frequent confusions</h3><ol class='pairs'>{items}</ol>")
    return "".join(parts)


def by_signer(result: RunResult, row: Row) -> str:
    """Share right of each test signer, by name."""
    tally: dict[str, list[int]] = {}
    for clip, said in zip(result.clips, row.predicted, strict=True):
        one = tally.setdefault(clip.signer, [0, 0])
        one[0] += said == clip.label
        one[1] += 1
    names = sorted(tally)
    right, of = [tally[name][0] for name in names], [tally[name][1] for name in names]
    return f"<figure>{_bars(names, right, of, 'signer')}</figure>"


def by_sign(result: RunResult, row: Row) -> str:
    """Share right of each sign, hardest first; only the hardest of a large vocabulary."""
    matrix = _matrix(result, row)
    ranked = _hardest_first(matrix)
    shown = ranked if len(ranked) <= _LARGEST_BARS else ranked[:_HARDEST]
    always = sum(1 for i in ranked if matrix[i, i] == matrix[i].sum())
    text = f"{always} of {len(ranked)} signs were named right in every test clip."
    if len(shown) < len(ranked):
        text += f" Shown are the {len(shown)} hardest; all are in report.json."
    if missing := len(result.glosses) - len(ranked):
        text += f" {missing} {'sign has' if missing == 1 else 'signs have'} no test clip."
    picture = _bars(
        [result.glosses[i] for i in shown],
        [int(matrix[i, i]) for i in shown],
        [int(matrix[i].sum()) for i in shown],
        "sign",
    )
    return f"<p>{text}</p><figure>{picture}</figure>"


def hardest(result: RunResult, row: Row) -> str:
    """The worst signs with frames of a clip, and what they were mostly taken for."""
    matrix = _matrix(result, row)
    ranked = [i for i in _hardest_first(matrix) if matrix[i, i] < matrix[i].sum()][:_WORST]
    cards = []
    for sign in ranked:
        name, right, of = result.glosses[sign], int(matrix[sign, sign]), int(matrix[sign].sum())
        others = [(j, n) for _, j, n in most_confused(matrix[[sign]], _WORST, first=sign)]
        taken = ", ".join(f"{escape(result.glosses[j])} ({n})" for j, n in others)
        cards.append(
            f"<section><h3>{escape(name)}</h3>{right} of {of} right; taken for {taken}"
            f"{_frames(result, row, sign) or '<small>No picture of it was kept.</small>'}"
            f"{_frames(result, row, others[0][0])}</section>"
        )
    if not cards:
        return "<p>Every test clip was named right.</p>"
    return f"<div class='worst'>{''.join(cards)}</div>"


def most_confused(matrix: NDArray[np.int64], most: int, *, first: int = 0) -> list[Pair]:
    """`(signed, named, clips)`, most frequent first. `matrix` `(R, C)` holds the rows from `first`
    on of a confusion matrix."""
    wrong = matrix.copy()
    own = np.arange(len(matrix))
    wrong[own, own + first] = 0
    order = np.argsort(-wrong, axis=None, kind="stable")[:most]
    cells = zip(*np.unravel_index(order, wrong.shape), strict=True)
    return [(int(i) + first, int(j), int(wrong[i, j])) for i, j in cells if wrong[i, j]]


def _matrix(result: RunResult, row: Row) -> NDArray[np.int64]:
    labels = [clip.label for clip in result.clips]
    return confusion_matrix(labels, row.predicted, len(result.glosses))


def _hardest_first(matrix: NDArray[np.int64]) -> list[int]:
    """Signs with a test clip; of equally hard ones the one with more clips first."""
    signed = matrix.sum(axis=1)
    share = np.diag(matrix) / np.maximum(signed, 1)
    return [int(i) for i in np.lexsort((-signed, share)) if signed[i]]


def _bars(names: list[str], right: list[int], of: list[int], what: str) -> str:
    told = [f"{n} {r} of {o}" for n, r, o in zip(names[:12], right[:12], of[:12], strict=True)]
    rest = f"; and {len(names) - 12} more" if len(names) > 12 else ""
    return bars_picture(names, right, of, f"Clips named right by {what}: {'; '.join(told)}{rest}.")


def _frames(result: RunResult, row: Row, sign: int) -> str:
    """Frames of a clip of `sign`, of one named wrong if there is a picture of one; nothing
    where no picture was kept."""
    shown = [
        (said == clip.label, clip)
        for clip, said in zip(result.clips, row.predicted, strict=True)
        if clip.label == sign and clip.key in result.thumbnails
    ]
    if not shown:
        return ""
    name = escape(result.glosses[sign])
    clip = min(shown, key=lambda pair: pair[0])[1]
    signer = escape(clip.signer)
    return (
        f"<figure><img src='{result.thumbnails[clip.key]}' alt='Frames of {name} by {signer}'>"
        f"<figcaption>{name}, signer {signer}</figcaption></figure>"
    )
