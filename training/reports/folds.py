"""Leave-one-signer-out: the folds of one table as a single result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from training.errors import DataError
from training.reports.result import Row, RunResult


def fold_rows(results: Sequence[RunResult]) -> RunResult:
    """Join folds: `top1`, `macro_f1` and `ece` hold one value a fold (the mean over its seeds);
    test clips and answers stand one fold after the other, so that McNemar's test sees them all.

    A row that some fold lacks is no longer a row but a reason in `rows_not_run`: a mean over other
    signers could not be compared. `trace_r` is the mean over folds, weighted by their clips.
    Raises DataError for no folds, other signs, or a clip that two folds test.
    """
    if not results:
        raise DataError("there is no fold to join")
    first = results[0]
    for fold in results:
        if fold.dataset != first.dataset or fold.glosses != first.glosses:
            raise DataError(f"{fold.dataset}, {fold.protocol}: not a fold of {first.dataset}")
    clips = list(chain.from_iterable(fold.clips for fold in results))
    seen: set[str] = set()
    for clip in clips:
        if clip.key in seen:
            raise DataError(f"clip {clip.key} is tested in two folds")
        seen.add(clip.key)
    not_run = {name: why for fold in reversed(results) for name, why in fold.rows_not_run.items()}
    rows = []
    for name in _unique(row.name for fold in results for row in fold.rows):
        parts = [row for fold in results for row in fold.rows if row.name == name]
        if len(parts) == len(results):
            rows.append(_joined(name, parts, results))
            not_run.pop(name, None)
        else:
            not_run[name] = f"was run in only {len(parts)} of {len(results)} folds"
    return RunResult(
        dataset=first.dataset,
        protocol=_protocol([fold.protocol for fold in results]),
        made_on=max(fold.made_on for fold in results),
        glosses=first.glosses,
        clips=clips,
        rows=rows,
        curves=[curve for fold in results for curve in fold.curves],
        traces=[traces for fold in results for traces in fold.traces],
        trace_r=_trace_r(results),
        imu_from=first.imu_from,
        thumbnails={key: uri for fold in results for key, uri in fold.thumbnails.items()},
        command="\n".join(_unique(fold.command for fold in results if fold.command)),
        rows_not_run=not_run,
        untrained=_unique(
            f"{gloss} ({fold.protocol.rpartition(': ')[2]})"
            for fold in results
            for gloss in fold.untrained
        ),
    )


def _joined(name: str, parts: Sequence[Row], folds: Sequence[RunResult]) -> Row:
    latencies = [row.latency_ms for row in parts if row.latency_ms is not None]
    pairs = list(zip(parts, folds, strict=True))
    judged = all(len(row.right) == len(fold.clips) for row, fold in pairs)
    answered = all(len(row.predicted) == len(fold.clips) for row, fold in pairs)
    return Row(
        name=name,
        top1=_a_value_a_fold(row.top1 for row in parts),
        macro_f1=_a_value_a_fold(row.macro_f1 for row in parts),
        ece=_a_value_a_fold(row.ece for row in parts),
        latency_ms=float(np.median(latencies)) if latencies else None,
        right=[value for row in parts for value in row.right] if judged else [],
        predicted=[value for row in parts for value in row.predicted] if answered else [],
        detail="; ".join(_unique(row.detail for row in parts if row.detail)),
    )


def _a_value_a_fold(folds: Iterable[Sequence[float]]) -> list[float]:
    return [float(np.mean(seeds)) for seeds in folds if seeds]


def _trace_r(results: Sequence[RunResult]) -> dict[str, float | None]:
    joined: dict[str, float | None] = {}
    for name in _unique(name for fold in results for name in fold.trace_r):
        known = [
            (r, len(fold.clips)) for fold in results if (r := fold.trace_r.get(name)) is not None
        ]
        values, weights = [r for r, _ in known], [n for _, n in known]
        joined[name] = (
            round(float(np.average(values, weights=weights)), 4) if any(weights) else None
        )
    return joined


def _protocol(names: Sequence[str]) -> str:
    """'leave one signer out: a' and '…: b' become 'leave one signer out: a, b'."""
    names = _unique(names)
    heads, _, tails = zip(*(name.rpartition(": ") for name in names), strict=True)
    if len(set(heads)) == 1 and heads[0]:
        return f"{heads[0]}: {', '.join(tails)}"
    return "; ".join(names)


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
