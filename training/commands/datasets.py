"""`python -m training prepare | compare | leaks`: what is done with a whole set."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.progress import Progress
from rich.table import Table

from training.commands.shared.options import (
    notes,
    progress_bars,
    refuse,
)
from training.commands.shared.run_options import RunOptions, profile_figures, with_run_options
from training.comparison.methods import MEASURED, NEEDS_SENSOR, ROW_NAMES, AnySensorDataset
from training.comparison.run import compare as run_comparison
from training.errors import DataError
from training.evaluation.statistics import mean_and_sd
from training.preparation.manifest import MANIFEST
from training.preparation.prepare import Settings
from training.preparation.prepare import prepare as run_preparation
from training.preparation.prepared_set import PreparedSet, load_prepared
from training.readers.asl20 import PairedRecordings, read_asl20
from training.readers.registry import READERS, reader_for
from training.recipe import Recipe
from training.reports.folds import fold_rows
from training.reports.result import RESULT_NAME, RunResult, read_result
from training.splits.leak_check import find_leaks
from training.splits.protocols import Protocol, protocol_for
from training.splits.sign_check import said_of
from training.strict_json import strict_json
from training.tasks.pose_imu_source import asl20_comparison
from training.tasks.training_task import TrainingTask
from training.tasks.video_source import video_comparison
from training.trainer.distributed import leads
from training.trainer.profiling import Profiler

RootOption = Annotated[Path, typer.Option("--data", help="folder of the set, as published")]
FoldOption = Annotated[int, typer.Option(min=0, help="which signer is left out, where one is")]
ListOption = Annotated[Path | None, typer.Option(help="published list: rows number,file,label")]
_SHOWN = 20
PreparedOption = Annotated[Path, typer.Option("--data", help="folder that `prepare` made")]


def prepare(
    dataset: Annotated[str, typer.Argument(help=f"one of {', '.join(READERS)}")],
    data: RootOption,
    out: Annotated[Path, typer.Option(help="folder for the prepared set")],
    size: Annotated[int, typer.Option(min=16, max=512, help="side of the picture, pixels")] = 112,
    n_steps: Annotated[int, typer.Option(min=8, help="steps of the sensor's series")] = 96,
    quality: Annotated[int, typer.Option(min=1, max=100, help="of the pictures (WebP)")] = 80,
    crop: Annotated[str, typer.Option(help="signer, foreground (depth) or centre")] = "",
    workers: Annotated[int, typer.Option(min=0, help="processes; 0: one a core")] = 0,
    bgr: Annotated[
        bool,
        typer.Option("--bgr", help="film arrays (.npy) hold blue first, as OpenCV has it"),
    ] = False,
    modality: Annotated[
        str, typer.Option(help="utd-mhad: depth or rgb, where a folder has both")
    ] = "",
    imu: Annotated[bool, typer.Option(help="with the sensors that were worn")] = True,
) -> None:
    """Decode, crop, shrink and resample a set once. An interrupted run goes on where it was."""
    try:
        reader = reader_for(dataset, bgr=bgr, modality=modality)
        listing = reader.list(data)
        settings = Settings(
            size=size,
            n_steps=n_steps,
            quality=quality,
            crop=crop or ("foreground" if listing.view == "depth" else "signer"),
            imu=imu,
        )
        with progress_bars() as progress:
            manifest = run_preparation(
                reader, listing, out, settings, progress=progress, workers=workers or None
            )
    except DataError as error:
        raise refuse(error) from error
    for path, what in manifest.problems:
        notes.print(f"left out: {path}: {what}", highlight=False, soft_wrap=True)
    weight = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    print(
        strict_json(
            {
                "prepared": str(out),
                "clips": len(manifest.clips),
                "with_imu": sum(clip.imu for clip in manifest.clips),
                "left_out": len(manifest.problems),
                "mib": round(weight / 2**20, 1),
            }
        )
    )


@with_run_options(example="video_epochs=20", leave_out=("seed",))
def compare(
    data: Annotated[
        Path, typer.Option("--data", help="folder that `prepare` made, or asl20's recordings")
    ],
    out: Annotated[Path, typer.Option(help="folder for checkpoints, report and JSON")],
    rows: Annotated[str, typer.Option(help=f"with commas: {', '.join(ROW_NAMES)}; or all")] = "all",
    seeds: Annotated[int, typer.Option(min=1, help="how many seeds, from 0 on")] = 3,
    fold: FoldOption = 0,
    train_list: ListOption = None,
    test_list: ListOption = None,
    *,
    run: RunOptions,
) -> None:
    """Train ours and the baselines on the same split and print the table; writes `report.html`."""
    profiler = run.profiler()
    try:
        setup = run.setup()
        with progress_bars() as progress:
            told = run.chosen_recipe(seed=0)
            task_of = _task_of(data, progress, fold, train_list, test_list)
            names = _rows(rows, task_of(told))
            result = run_comparison(
                task_of,
                names,
                out,
                told,
                seeds=range(seeds),
                setup=setup,
                progress=progress,
                resume=run.resume,
                init=run.init,
                profiler=profiler,
                command=shlex.join(["python", "-m", "training", *sys.argv[1:]]),
            )
    except (DataError, ValueError) as error:
        raise refuse(error) from error
    if not leads():
        return
    reasons = {ROW_NAMES[row]: "was not asked for" for row in ROW_NAMES if row not in names}
    result = result.model_copy(update={"rows_not_run": reasons})
    _write_and_print(result, out, profiler)


def report(
    runs: Annotated[
        list[Path], typer.Argument(help="folders (or report.json) of `compare`: one a fold")
    ],
    out: Annotated[Path, typer.Option(help="folder for the joined report and JSON")],
) -> None:
    """Join the folds of one table into one report: every signer tested once."""
    try:
        files = [run if run.is_file() else run / RESULT_NAME for run in runs]
        results = [read_result(file) for file in files]
        result = results[0] if len(results) == 1 else fold_rows(results)
    except DataError as error:
        raise refuse(error) from error
    _write_and_print(result, out)


def _write_and_print(result: RunResult, out: Path, profiler: Profiler | None = None) -> None:
    # Not above: its plots take a second to import, which every other command would pay.
    from training.reports.html import write_report

    page = write_report(result, out)
    table = {}
    shown = Table("row", "top-1", "macro-F1", "ECE", "ms a clip", title=result.protocol)
    for row in result.rows:
        mean, deviation = mean_and_sd(row.top1)
        spread = "" if deviation is None else f" ± {deviation * 100:.1f}"
        shown.add_row(
            row.name,
            f"{mean * 100:.1f}{spread} %",
            f"{mean_and_sd(row.macro_f1)[0]:.3f}",
            f"{mean_and_sd(row.ece)[0]:.3f}",
            "" if row.latency_ms is None else f"{row.latency_ms:.0f}",
        )
        table[row.name] = {
            "top1": [round(value, 4) for value in row.top1],
            "mean": round(mean, 4),
            "sd": None if deviation is None else round(deviation, 4),
            "macro_f1": [round(value, 4) for value in row.macro_f1],
            "ece": [round(value, 4) for value in row.ece],
            "latency_ms": row.latency_ms,
            "detail": row.detail,
        }
    notes.print(shown)
    if result.untrained:
        notes.print(said_of(result.untrained), highlight=False, soft_wrap=True)
    print(
        strict_json(
            {
                "dataset": result.dataset,
                "protocol": result.protocol,
                "n": len(result.clips),
                "untrained_signs": result.untrained,
                "rows": table,
                "trace_r": result.trace_r,
                "report": str(page),
                **profile_figures(profiler),
            },
        )
    )


def leaks(
    data: PreparedOption,
    fold: FoldOption = 0,
    train_list: ListOption = None,
    test_list: ListOption = None,
) -> None:
    """Fail (exit 1) when a signer, a clip or a near-copy stands on two sides of the split."""
    try:
        with progress_bars() as progress:
            prepared = load_prepared(data, progress)
        protocol = _protocol(prepared, fold, train_list, test_list)
    except DataError as error:
        raise refuse(error) from error
    found = find_leaks(prepared, protocol)
    for leak in found:
        notes.print(f"{leak.kind}: {leak.left} | {leak.right} {leak.detail}", highlight=False)
    print(strict_json({"protocol": protocol.name, "leaks": len(found)}))
    if found:
        raise typer.Exit(1)


def _protocol(
    prepared: PreparedSet, fold: int, train_list: Path | None, test_list: Path | None
) -> Protocol:
    if (train_list is None) != (test_list is None):
        raise DataError("--train-list and --test-list belong together")
    lists = (train_list, test_list) if train_list and test_list else None
    protocol = protocol_for(prepared, fold, lists)
    for problem in protocol.problems[:_SHOWN]:
        notes.print(f"{problem.path}: {problem.what}", highlight=False, soft_wrap=True)
    if len(protocol.problems) > _SHOWN:
        notes.print(f"… and {len(protocol.problems) - _SHOWN} more that do not fit the lists")
    return protocol


def _task_of(
    data: Path, progress: Progress, fold: int, train_list: Path | None, test_list: Path | None
) -> Callable[[Recipe], TrainingTask[AnySensorDataset]]:
    """Read once; for asl20 every seed draws its own split."""
    if not data.is_dir() or not (data / MANIFEST).is_file():
        recordings = _recordings(data)
        if fold or train_list or test_list:
            raise DataError(f"{data}: asl20 is split by seed; --seeds says how often")
        return lambda recipe: asl20_comparison(recordings, recipe)
    prepared = load_prepared(data, progress)
    protocol = _protocol(prepared, fold, train_list, test_list)
    return lambda recipe: video_comparison(prepared, protocol, recipe)


def _recordings(data: Path) -> PairedRecordings:
    try:
        return read_asl20(data)
    except DataError as error:
        raise DataError(f"{error}; and no {MANIFEST} of `prepare` lies there") from error


def _rows(text: str, task: TrainingTask[AnySensorDataset]) -> list[str]:
    if text != "all":
        return [name.strip() for name in text.split(",") if name.strip()]
    # A small machine compares with the tiny Swin; by name, either can be had on any.
    dropped = "swin_t" if torch.cuda.is_available() else "swin_b"
    without = {dropped}
    if not task.has_sensor("train"):
        without |= set(NEEDS_SENSOR)
    elif task.source.imu_from == "simulated":
        without |= set(MEASURED)
    return [name for name in ROW_NAMES if name not in without]
