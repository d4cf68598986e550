"""`compare`: every row of a set's table, over seeds or folds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from rich.progress import Progress
from torch import Tensor

from training.comparison.methods import (
    MEASURED,
    NEEDS_SENSOR,
    ROW_NAMES,
    AnySensorDataset,
    Methods,
    RowOutput,
)
from training.comparison.thumbnails import thumbnails
from training.datasets.evaluation_set import WRISTS
from training.errors import DataError
from training.evaluation.metrics import calibration_error, trace_r
from training.evaluation.statistics import macro_f1
from training.recipe import Recipe
from training.reports.result import Curve, Row, RunResult, TestClip, Traces
from training.splits.sign_check import need_two_signs, untrained_signs
from training.splits.signer_split import SIDES, Side
from training.tasks.training_task import TrainingTask
from training.trainer.distributed import DistributedSetup, open_trainer
from training.trainer.profiling import Profiler
from training.trainer.run_folder import read_log, record_of

_TRACES_SHOWN = 3


def compare(
    task_of: Callable[[Recipe], TrainingTask[AnySensorDataset]],
    rows: Sequence[str],
    out: Path,
    recipe: Recipe,
    *,
    seeds: Sequence[int],
    setup: DistributedSetup,
    progress: Progress,
    resume: bool,
    command: str,
    init: Path | None = None,
    profiler: Profiler | None = None,
) -> RunResult:
    """Train and measure `rows` for each seed; checkpoints lie in `out/seed-N`. `init`: a bundle or
    run whose weights the networks that see colour or depth start from. `task_of` gives what a
    seed's recipe is run on: the same for all, or another split for each.

    Raises DataError for a row that is not known or that needs a sensor the set does not have, for
    one sign alone, and where training diverges.
    """
    outputs: dict[str, list[tuple[RowOutput, Tensor]]] = {row: [] for row in rows}
    trace: dict[str, float | None] = {}
    examples: list[Traces] = []
    recipes = [recipe.model_copy(update={"seed": seed}) for seed in seeds]
    untrained: list[str] = []
    first = task_of(recipes[0])
    for own in recipes:
        task = first if own is recipes[0] else task_of(own)
        _check(task, rows)
        protocol, folder = task.protocol, out / f"seed-{own.seed}"
        record = record_of(task.dataset, protocol.name, protocol.split, init)
        with open_trainer(
            own,
            folder,
            setup,
            progress,
            record,
            resume=resume,
            init=init,
            profiler=profiler,
        ) as trainer:
            train, validation, test = (task.clips(side, trainer.device) for side in SIDES)
            labels = test.labels.cpu()
            untrained += untrained_signs(task.glosses, train.labels, test.labels)
            methods = Methods(trainer, train, validation, test)
            for row in rows:
                outputs[row].append((methods.row(row), labels))
            if task is first and set(rows) & set(NEEDS_SENSOR):
                trace, examples = _traces(methods, task)
            if task is first:
                shown = [
                    TestClip(key=str(key), signer=str(signer), label=int(label))
                    for key, signer, label in zip(
                        task.keys("test"), task.signers("test"), labels, strict=True
                    )
                ]
    return RunResult(
        dataset=first.dataset,
        protocol=first.protocol.name,
        made_on=datetime.now(UTC).date().isoformat(),
        glosses=list(first.glosses),
        clips=shown,
        rows=[_row(ROW_NAMES[row], outputs[row], len(first.glosses)) for row in rows],
        curves=_curves(out / f"seed-{seeds[0]}"),
        traces=examples,
        trace_r=trace,
        imu_from=first.source.imu_from,
        thumbnails=thumbnails(first),
        command=command,
        rows_not_run={},
        untrained=list(dict.fromkeys(untrained)),
    )


def _check(task: TrainingTask[AnySensorDataset], rows: Sequence[str]) -> None:
    unknown = [row for row in rows if row not in ROW_NAMES]
    if unknown:
        raise DataError(f"row {unknown[0]!r} is not known; there are {', '.join(ROW_NAMES)}")
    need_two_signs(task.dataset, task.glosses)
    if task.source.imu_from == "simulated":
        # Its samples came out of a network: no row may call them measured.
        claimed = [row for row in rows if row in MEASURED]
        if claimed:
            raise DataError(f"row {claimed[0]!r} needs a sensor that was worn, not a simulated one")
    needs: tuple[tuple[Side, tuple[str, ...]], ...] = (
        ("train", NEEDS_SENSOR),
        ("validation", NEEDS_SENSOR),
        ("test", MEASURED),
    )
    for side, rows_needing in needs:
        needing = [row for row in rows if row in rows_needing]
        if needing and not task.has_sensor(side):
            raise DataError(
                f"{task.dataset}: no sensor on the {side} side, which row {needing[0]!r} needs"
            )


def _row(name: str, outputs: list[tuple[RowOutput, Tensor]], classes: int) -> Row:
    top1, f1, ece = [], [], []
    for output, labels in outputs:
        wanted = labels[output.used]
        guess = output.probabilities.argmax(dim=1)
        top1.append(float((guess == wanted).float().mean()))
        f1.append(macro_f1(wanted.numpy(), guess.numpy(), classes))
        ece.append(calibration_error(output.probabilities, wanted))
    first, labels = outputs[0]
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


def _traces(
    methods: Methods, task: TrainingTask[AnySensorDataset]
) -> tuple[dict[str, float | None], list[Traces]]:
    outputs, keys = methods.test_outputs, task.keys("test")
    acc = methods.test.acc_channels
    simulated, measured = outputs.trace.numpy(), outputs.samples.numpy()
    live = outputs.live.numpy()

    def r(part: slice) -> float | None:
        sensors = simulated[:, part].shape[1] // 3
        if not sensors:
            return None
        each = np.repeat(live[:, None], sensors, axis=1)
        value = trace_r(simulated[:, part], measured[:, part], each)
        return None if np.isnan(value) else round(value, 4)

    chosen = np.flatnonzero(live)[:: max(1, int(live.sum()) // _TRACES_SHOWN)]
    examples = [
        Traces(
            key=str(keys[i]),
            rate_hz=1.0,
            channels=_channel_names(task.source.units),
            measured=np.round(measured[i].astype(float), 4).tolist(),
            generated=np.round(simulated[i].astype(float), 4).tolist(),
        )
        for i in chosen[:_TRACES_SHOWN]
    ]
    return {"acc": r(slice(0, acc)), "gyro": r(slice(acc, None))}, examples


def _channel_names(units: Sequence[str]) -> list[str]:
    both = len(units) == WRISTS
    return [
        f"{'acc' if unit == 'g' else 'gyro'} {('left ', 'right ')[i % 6 // 3] if both else ''}"
        f"{'xyz'[i % 3]} ({unit})"
        for i, unit in enumerate(units)
    ]


def _curves(folder: Path) -> list[Curve]:
    values: dict[tuple[str, str], list[float]] = {}
    for line in read_log(folder):
        for figure in ("loss", "validation_top1"):
            if line.get(figure) is not None and "epoch" in line:
                values.setdefault((str(line["stage"]), figure), []).append(float(str(line[figure])))
    return [Curve(stage=s, figure=f, values=v) for (s, f), v in values.items()]
