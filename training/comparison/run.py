"""`compare`: every row of a set's table, over seeds or folds."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch
from rich.progress import Progress

from engine.opencv import cv2
from training.comparison.protocols import Protocol
from training.comparison.rows import MEASURED, NEEDS_SENSOR, ROW_NAMES, Bench, RowOutput
from training.errors import DataError
from training.film_clips import FilmClips, Looks
from training.machines import Machines, open_workshop
from training.metrics import calibration_error, trace_r
from training.preparation.prepared_set import PreparedSet
from training.recipe import Recipe
from training.reports.result import Curve, Row, RunResult, TestClip, Traces
from training.run_folder import read_log, record_of
from training.statistics import macro_f1

_TRACES_SHOWN = 3
_THUMBNAILS = 24


def compare(
    prepared: PreparedSet,
    protocol: Protocol,
    rows: Sequence[str],
    out: Path,
    recipe: Recipe,
    *,
    seeds: Sequence[int],
    machines: Machines,
    progress: Progress,
    resume: bool,
    command: str,
    looks: Looks | None = None,
    init: Path | None = None,
) -> RunResult:
    """Train and measure `rows` for each seed; checkpoints lie in `out/seed-N`. `init`: a bundle or
    run whose weights the networks that see colour or depth start from.

    Raises DataError for a row that is not known or that needs a sensor the set does not have.
    """
    _check(prepared, protocol, rows)
    record = record_of(prepared.manifest.dataset, protocol.name, protocol.split, init)
    vocabulary = prepared.vocabulary
    sides = {
        name: prepared.subset(protocol.side(prepared, name))
        for name in ("train", "validation", "test")
    }
    for name, side in sides.items():
        if not len(side):
            raise DataError(f"{protocol.name}: no clip on the {name} side")

    outputs: dict[str, list[RowOutput]] = {row: [] for row in rows}
    trace: dict[str, float | None] = {}
    examples: list[Traces] = []
    labels = torch.empty(0)
    for seed in seeds:
        own = recipe.model_copy(update={"seed": seed})
        with open_workshop(
            own, out / f"seed-{seed}", machines, progress, record, resume=resume, init=init
        ) as shop:
            train, validation, test = (
                FilmClips(side, vocabulary, device=shop.device, looks=looks)
                for side in sides.values()
            )
            labels = test.labels.cpu()
            bench = Bench(shop, train, validation, test)
            for row in rows:
                outputs[row].append(bench.row(row))
            if seed == seeds[0] and set(rows) & set(NEEDS_SENSOR):
                trace, examples = _traces(bench, sides["test"])
    return RunResult(
        dataset=prepared.manifest.dataset,
        protocol=protocol.name,
        made_on=datetime.now(UTC).date().isoformat(),
        glosses=list(vocabulary),
        clips=[
            TestClip(key=str(key), signer=str(signer), label=int(label))
            for key, signer, label in zip(
                sides["test"].keys, sides["test"].signers, labels, strict=True
            )
        ],
        rows=[_row(ROW_NAMES[row], outputs[row], labels, len(vocabulary)) for row in rows],
        curves=_curves(out / f"seed-{seeds[0]}"),
        traces=examples,
        trace_r=trace,
        imu_from=prepared.manifest.imu_from,
        thumbnails=_thumbnails(sides["test"]),
        command=command,
        rows_not_run={},
    )


def _check(prepared: PreparedSet, protocol: Protocol, rows: Sequence[str]) -> None:
    unknown = [row for row in rows if row not in ROW_NAMES]
    if unknown:
        raise DataError(f"row {unknown[0]!r} is not known; there are {', '.join(ROW_NAMES)}")
    if prepared.manifest.imu_from == "simulated":
        # Its samples came out of a network: no row may call them measured.
        claimed = [row for row in rows if row in MEASURED]
        if claimed:
            raise DataError(f"row {claimed[0]!r} needs a sensor that was worn, not a simulated one")
    for side, rows_needing in (
        ("train", NEEDS_SENSOR),
        ("validation", NEEDS_SENSOR),
        ("test", MEASURED),
    ):
        needing = [row for row in rows if row in rows_needing]
        if needing and not prepared.has_imu[protocol.side(prepared, side)].any():
            raise DataError(
                f"{prepared.manifest.dataset}: no sensor on the {side} side, which row"
                f" {needing[0]!r} needs"
            )


def _row(name: str, outputs: list[RowOutput], labels: torch.Tensor, classes: int) -> Row:
    top1, f1, ece = [], [], []
    for output in outputs:
        wanted = labels[output.used]
        guess = output.probabilities.argmax(dim=1)
        top1.append(float((guess == wanted).float().mean()))
        f1.append(macro_f1(wanted.numpy(), guess.numpy(), classes))
        ece.append(calibration_error(output.probabilities, wanted))
    first = outputs[0]
    complete = bool(first.used.all())
    guess = first.probabilities.argmax(dim=1)
    return Row(
        name=name,
        top1=top1,
        macro_f1=f1,
        ece=ece,
        latency_ms=first.latency_ms,
        right=(guess == labels).tolist() if complete else [],
        predicted=guess.tolist() if complete else [],
        detail=first.detail,
    )


def _traces(bench: Bench, test: PreparedSet) -> tuple[dict[str, float | None], list[Traces]]:
    evidence = bench.test_evidence
    acc = bench.test.acc_channels
    simulated, measured = evidence.trace.numpy(), evidence.samples.numpy()
    live = evidence.live.numpy()[:, None]

    def r(part: slice) -> float | None:
        if not simulated[:, part].shape[1]:
            return None
        value = trace_r(simulated[:, part], measured[:, part], live)
        return None if np.isnan(value) else round(value, 4)

    chosen = np.flatnonzero(live[:, 0])[:: max(1, int(live.sum()) // _TRACES_SHOWN)]
    units = test.manifest.units
    names = [f"{'acc' if u == 'g' else 'gyro'} {'xyz'[i % 3]} ({u})" for i, u in enumerate(units)]
    examples = [
        Traces(
            key=str(test.keys[i]),
            rate_hz=1.0,
            channels=names,
            measured=np.round(measured[i].astype(float), 4).tolist(),
            generated=np.round(simulated[i].astype(float), 4).tolist(),
        )
        for i in chosen[:_TRACES_SHOWN]
    ]
    return {"acc": r(slice(0, acc)), "gyro": r(slice(acc, None))}, examples


def _curves(folder: Path) -> list[Curve]:
    values: dict[tuple[str, str], list[float]] = {}
    for line in read_log(folder):
        for figure in ("loss", "validation_top1"):
            if figure in line and "epoch" in line:
                values.setdefault((str(line["stage"]), figure), []).append(float(str(line[figure])))
    return [Curve(stage=s, figure=f, values=v) for (s, f), v in values.items()]


def _thumbnails(test: PreparedSet) -> dict[str, str]:
    """A strip of four frames each, of one clip a gloss at most."""
    shown: dict[str, str] = {}
    glosses: set[str] = set()
    for i, gloss in enumerate(map(str, test.glosses)):
        if gloss in glosses or len(glosses) >= _THUMBNAILS:
            continue
        glosses.add(gloss)
        count = test.frames.shape[1]
        picked = test.frames[i][np.linspace(count // 6, count - 1 - count // 6, 4).astype(int)]
        strip = np.concatenate([cv2.resize(frame, (96, 96)) for frame in picked], axis=1)
        done, data = cv2.imencode(".webp", strip[:, :, ::-1], [cv2.IMWRITE_WEBP_QUALITY, 70])
        if done:
            text = base64.b64encode(bytes(data)).decode()
            shown[str(test.keys[i])] = f"data:image/webp;base64,{text}"
    return shown
