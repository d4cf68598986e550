"""Folds by signer of the encoder for what gloves measure: with both wrists, and with one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.progress import Progress

from training.datasets.pose_imu_dataset import PoseImuDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.errors import DataError
from training.readers.asl20 import PairedRecordings
from training.readers.asl20_labels import suspected
from training.recipe import Recipe
from training.splits.signer_split import SignerSplit
from training.stages.cross_validation import RESULT, Fold
from training.stages.measured import WORN, MeasuredTraining, accuracies_by_worn
from training.stages.sensor import train_sensor
from training.trainer.distributed import DistributedSetup, open_trainer
from training.trainer.run_folder import record_of


class MeasuredFold(BaseModel):
    """Top-1 of one fold's encoder with one seed, by what was worn; the missing wrist is each
    channel's mean. `trusted`: without the recordings whose labels are suspected; `n`, `n_trusted`:
    recordings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fold: int
    seed: int
    held_out: tuple[str, ...]
    n: int
    top1: dict[str, float]
    n_trusted: int
    trusted: dict[str, float]


def run_measured_folds(
    recordings: PairedRecordings,
    folds: Sequence[Fold],
    seeds: Sequence[int],
    out: Path,
    recipe: Recipe,
    setup: DistributedSetup,
    progress: Progress,
) -> list[MeasuredFold]:
    """Train and test every fold with every seed; those that are done are not done again. Nothing is
    chosen in a fold: the averaged encoder of the last epoch is tested. Raises DataError."""
    done = []
    for seed in seeds:
        for fold in folds:
            told = recipe.model_copy(update={"seed": seed, "patience": 0})
            folder = out / f"seed-{seed}" / f"fold-{fold.number:02d}"
            done.append(_fold(recordings, fold, told, folder, setup, progress))
    return done


def _fold(
    recordings: PairedRecordings,
    fold: Fold,
    recipe: Recipe,
    folder: Path,
    setup: DistributedSetup,
    progress: Progress,
) -> MeasuredFold:
    stored = folder / RESULT
    record = record_of(
        "asl20",
        f"fold {fold.number}, by signer; one wrist or both",
        SignerSplit(fold.train, (), fold.held_out),
        None,
    )
    with open_trainer(recipe, folder, setup, progress, record, resume=folder.exists()) as trainer:
        if stored.exists():
            try:
                return MeasuredFold.model_validate_json(stored.read_text(encoding="utf-8"))
            except (OSError, ValidationError) as error:
                raise DataError(f"{stored}: damaged; remove it and go on") from error
        doubted = suspected(recordings)
        unseen = np.isin(recordings.signers, list(fold.held_out))
        shown = recordings.subset(np.isin(recordings.signers, list(fold.train)) & ~doubted)

        def clips(chosen: PairedRecordings) -> PoseImuDataset:
            return PoseImuDataset(
                chosen,
                recordings.vocabulary,
                frames=recipe.frames,
                n_steps=recipe.n_steps,
                device=trainer.device,
            )

        sensor = MeasuredTraining(trainer, clips(shown), SensorStatistics.of(shown))
        nobody = np.zeros(len(recordings), bool)
        train_sensor(sensor, clips(recordings.subset(nobody)))

        def figures(rows: np.ndarray) -> tuple[int, dict[str, float]]:
            chosen = clips(recordings.subset(rows))
            used = chosen.live.all(dim=1) & (chosen.labels < chosen.no_sign)
            found = accuracies_by_worn(sensor.average, sensor.statistics, chosen)
            return int(used.sum()), {worn: round(value, 4) for worn, value in found.items()}

        n, top1 = figures(unseen)
        n_trusted, trusted = figures(unseen & ~doubted)
        result = MeasuredFold(
            fold=fold.number,
            seed=recipe.seed,
            held_out=fold.held_out,
            n=n,
            top1=top1,
            n_trusted=n_trusted,
            trusted=trusted,
        )
        if trainer.leads:
            stored.write_text(result.model_dump_json(indent=1), encoding="utf-8")
        return result


def summary_by_worn(figures: Sequence[MeasuredFold]) -> dict[str, object]:
    """By what was worn: the mean over all folds and seeds, the deviation over folds (of their means
    over seeds) and the worst; with all labels, and without the suspected ones."""
    folds = sorted({f.fold for f in figures})

    def of(values: dict[int, list[float]]) -> dict[str, float | None]:
        means = [float(np.mean(values[fold])) for fold in folds]
        everything = [value for fold in folds for value in values[fold]]
        spread = float(np.std(means, ddof=1)) if len(means) > 1 else None
        return {
            "mean": round(float(np.mean(everything)), 4),
            "sd_over_folds": None if spread is None else round(spread, 4),
            "worst": round(min(everything), 4),
        }

    return {
        "folds": len(folds),
        "seeds": sorted({f.seed for f in figures}),
        "top1": {
            worn: of({k: [f.top1[worn] for f in figures if f.fold == k] for k in folds})
            for worn in WORN
        },
        "without_suspected_labels": {
            worn: of({k: [f.trusted[worn] for f in figures if f.fold == k] for k in folds})
            for worn in WORN
        },
    }
