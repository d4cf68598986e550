"""`python -m training measured`: an encoder for one glove or two, in a bundle that has a sensor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from engine.bundle import BundleCard, BundleError, load_bundle
from training.bundling.measured_bundle import add_measured
from training.commands.shared.options import progress_bars, refuse
from training.commands.shared.run_options import RunOptions, with_run_options
from training.errors import DataError
from training.evaluation.evaluate_bundle import SignerChoiceError
from training.preparation.prepared_set import load_prepared
from training.readers.asl20 import read_asl20
from training.readers.asl20_labels import suspected
from training.splits.signer_split import SignerSplit
from training.stages.cross_validation import folds_by_signer
from training.stages.measured_folds import run_measured_folds, summary_by_worn
from training.strict_json import strict_json
from training.tasks.pose_imu_source import PoseImuSource
from training.tasks.training_task import ClipSource
from training.tasks.video_source import VideoSource
from training.trainer.distributed import leads, open_trainer
from training.trainer.run_folder import record_of

FOLDS = "measured-folds.json"


@with_run_options(example="wrist_dropout=0.3", leave_out=("init", "profile"))
def measured(
    bundle: Annotated[str, typer.Argument(help="bundle with pictures and sensor, name or folder")],
    data: Annotated[
        Path,
        typer.Option(
            "--data",
            envvar="SIGNMIRROR_DATA",
            help="what it was trained on: asl20's recordings, or what `prepare` made",
        ),
    ],
    out: Annotated[Path, typer.Option(help="folder of the new bundle and its checkpoints")],
    folds: Annotated[
        Path | None, typer.Option(help="figures of `measured-folds`, for the card")
    ] = None,
    *,
    run: RunOptions,
) -> None:
    """Train an encoder for what gloves measure, with wrist dropout, beside the bundle's own."""
    try:
        loaded = load_bundle(bundle)
        _must_have_both(loaded.card)
        record = loaded.card.training
        split = SignerSplit(record.train_signers, record.validation_signers, record.test_signers)
        said = _figures_of(folds) if folds is not None else {}
        setup, recipe = run.setup(), run.chosen_recipe()
        with progress_bars() as progress:
            source: ClipSource[Any]
            if loaded.card.clip.view == "pose":
                recordings = read_asl20(data)
                source, left_out = PoseImuSource(recordings), suspected(recordings)
            else:
                prepared = load_prepared(data, progress)
                source, left_out = VideoSource(prepared), np.zeros(len(prepared), bool)
            protocol = "the bundle's own split; an encoder for measured samples"
            told = record_of(loaded.card.name, protocol, split, None)
            with open_trainer(
                recipe, out / "checkpoints", setup, progress, told, resume=run.resume
            ) as trainer:
                if trainer.leads:
                    made = add_measured(loaded, source, left_out, out, trainer, said=said)
                trainer.fabric.barrier()
    except (DataError, BundleError, SignerChoiceError, ValueError) as error:
        raise refuse(error) from error
    if leads():
        metrics = made.card.training.metrics
        shown = {name: metrics[name] for name in ("top1", "measured")}
        weights = made.card.fusion.weights
        print(strict_json({"bundle": str(made.folder), "weights": weights, **shown}))


@with_run_options(example="wrist_dropout=0.3", leave_out=("init", "profile", "resume", "seed"))
def measured_folds(
    data: Annotated[Path, typer.Option("--data", envvar="SIGNMIRROR_DATA", help="asl20")],
    out: Annotated[Path, typer.Option(help="folder of the folds; those that are done stay")],
    folds: Annotated[int, typer.Option(min=2, help="groups of signers")] = 5,
    seeds: Annotated[str, typer.Option(help="with commas")] = "0",
    *,
    run: RunOptions,
) -> None:
    """Folds by signer of that encoder: both wrists, and each alone."""
    try:
        setup, recipe = run.setup(), run.chosen_recipe(seed=0)
        numbers = [int(seed) for seed in seeds.split(",")]
        recordings = read_asl20(data)
        with progress_bars() as progress:
            figures = run_measured_folds(
                recordings,
                folds_by_signer([str(name) for name in recordings.signers], folds=folds),
                numbers,
                out,
                recipe,
                setup,
                progress,
            )
    except (DataError, ValueError) as error:
        raise refuse(error) from error
    if leads():
        result = {**summary_by_worn(figures), "single": [f.model_dump() for f in figures]}
        (out / FOLDS).write_text(strict_json(result, indent=1) + "\n", encoding="utf-8")
        print(strict_json(result))


def _must_have_both(card: BundleCard) -> None:
    """Before anything is read, which may take long or be wrong as well."""
    if card.sensor is None or card.networks.video is None:
        why = "a bundle with pictures and both wrists' sensors is needed"
        lacks = "pictures" if card.networks.video is None else "sensor"
        raise DataError(f"{card.name}: it has no {lacks}; {why}")


def _figures_of(file: Path) -> dict[str, object]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{file}: no figures of `measured-folds`") from error
    return {"folds_by_signer": {k: v for k, v in content.items() if k != "single"}}
