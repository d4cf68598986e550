"""K-fold cross-validation by signer: every fold tests on signers it has not trained on, and every
fold is in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.progress import Progress

from training.datasets.batches import Placed
from training.datasets.clip_dataset import ClipDataset
from training.errors import DataError
from training.evaluation.metrics import top1
from training.recipe import Recipe
from training.splits.protocols import Protocol
from training.splits.sign_check import need_two_signs, untrained_signs
from training.splits.signer_split import SIDES, SignerSplit
from training.stages.classifier import classifier_logits
from training.stages.landmarks import places_of, train_landmarks
from training.strict_json import strict_json
from training.tasks.landmark_source import PlacedSource
from training.tasks.training_task import TrainingTask
from training.trainer.distributed import DistributedSetup, open_trainer
from training.trainer.profiling import Profiler
from training.trainer.run_folder import record_of

RESULT = "fold.json"


@dataclass(frozen=True, slots=True)
class Fold:
    """`held_out`: tested on by this fold; `test`: by every fold, trained on by none."""

    number: int
    train: tuple[str, ...]
    held_out: tuple[str, ...]
    test: tuple[str, ...]


class FoldFigures(BaseModel):
    """Top-1 of one fold's network with one seed; `test_top1`: on the signers no fold trains on;
    `untrained`: signs that were tested and that nobody in the training list shows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fold: int
    seed: int
    held_out: tuple[str, ...]
    n: int
    top1: float
    test_top1: float | None = None
    per_class: dict[str, float] = {}
    untrained: tuple[str, ...] = ()


def folds_by_signer(
    signers: Sequence[str], *, folds: int = 0, test: Sequence[str] = (), seed: int = 0
) -> tuple[Fold, ...]:
    """Split signers into `folds` groups (0: one signer each), each held out once. `test` signers
    stand in no fold's training list. Raises DataError when that leaves nobody to train on."""
    everyone = sorted(set(signers))
    if missing := sorted(set(test) - set(everyone)):
        raise DataError(f"--test-signers: no recordings by {', '.join(missing)}")
    others = [name for name in everyone if name not in set(test)]
    count = folds or len(others)
    if count < 2 or count > len(others):
        raise DataError(
            f"{len(others)} signers cannot be split into {count} folds; from 2 to {len(others)}"
        )
    order = (
        others if count == len(others) else list(np.random.default_rng(seed).permutation(others))
    )
    groups = [tuple(sorted(map(str, order[i::count]))) for i in range(count)]
    return tuple(
        Fold(
            number,
            tuple(name for name in others if name not in group),
            group,
            tuple(sorted(test)),
        )
        for number, group in enumerate(groups)
    )


def run_folds(
    source: PlacedSource,
    folds: Sequence[Fold],
    seeds: Sequence[int],
    out: Path,
    recipe: Recipe,
    setup: DistributedSetup,
    progress: Progress,
    *,
    init: Path | None = None,
    profiler: Profiler | None = None,
) -> list[FoldFigures]:
    """Train and test every fold with every seed; those that are done are not done again.

    Nothing is chosen in a fold: all epochs are trained and the averaged network of the last one is
    tested, so no validation signers are set apart. Raises DataError for one sign alone.
    """
    need_two_signs(source.dataset, source.vocabulary)
    folds_task = progress.add_task("folds", total=len(folds) * len(seeds))
    figures = []
    for seed in seeds:
        for fold in folds:
            folder = out / f"seed-{seed}" / f"fold-{fold.number:02d}"
            told = recipe.model_copy(update={"seed": seed, "patience": 0})
            figures.append(_fold(source, fold, folder, told, setup, progress, init, profiler))
            progress.advance(folds_task)
    return figures


def _fold(
    source: PlacedSource,
    fold: Fold,
    folder: Path,
    recipe: Recipe,
    setup: DistributedSetup,
    progress: Progress,
    init: Path | None,
    profiler: Profiler | None,
) -> FoldFigures:
    held_out = tuple(sorted({*fold.held_out, *fold.test}))
    split = SignerSplit(fold.train, (), held_out)
    protocol = Protocol(f"fold {fold.number}, by signer", split)
    task: TrainingTask[ClipDataset[Placed]]
    task = TrainingTask(source, protocol, source.vocabulary, recipe, SIDES)
    record = record_of(task.dataset, protocol.name, split, init)
    stored = folder / RESULT
    with open_trainer(
        recipe,
        folder,
        setup,
        progress,
        record,
        resume=folder.exists(),
        init=init,
        profiler=profiler,
    ) as trainer:
        if stored.exists():
            try:
                return FoldFigures.model_validate_json(stored.read_text(encoding="utf-8"))
            except (OSError, ValidationError) as error:
                raise DataError(f"{stored}: damaged; remove it and go on") from error

        def clips_of(signers: Sequence[str]) -> ClipDataset[Placed]:
            return task.clips_of(signers, trainer.device)

        shown, unseen = clips_of(fold.train), clips_of(held_out)
        network = train_landmarks(trainer, source.skeleton, shown, clips_of(()))

        def right(signers: Sequence[str]) -> tuple[int, int, dict[str, float]]:
            clips = clips_of(signers)
            words = clips.labels < clips.no_sign
            logits = classifier_logits(network, clips, places_of)[words.cpu()]
            labels = clips.labels[words].cpu()
            hits = logits[:, : clips.no_sign].argmax(dim=1) == labels
            per_class = {
                gloss: round(float(hits[labels == i].float().mean()), 4)
                for i, gloss in enumerate(task.glosses)
                if bool((labels == i).any())
            }
            return top1(logits, labels, clips.no_sign), len(labels), per_class

        hits, n, per_class = right(fold.held_out)
        test_top1 = None
        if fold.test:
            test_hits, test_n, _ = right(fold.test)
            test_top1 = round(test_hits / max(1, test_n), 4)
        figures = FoldFigures(
            fold=fold.number,
            seed=recipe.seed,
            held_out=fold.held_out,
            n=n,
            top1=round(hits / max(1, n), 4),
            test_top1=test_top1,
            per_class=per_class,
            untrained=tuple(untrained_signs(task.glosses, shown.labels, unseen.labels)),
        )
        if trainer.leads:
            stored.write_text(figures.model_dump_json(indent=1), encoding="utf-8")
        return figures


def summary(figures: Sequence[FoldFigures]) -> dict[str, object]:
    """Mean over all, standard deviation over folds (of their means over seeds) and over seeds (of
    their means over folds); the worst fold of any seed; never the best alone."""
    seeds = sorted({f.seed for f in figures})
    folds = sorted({f.fold for f in figures})
    table = np.array(
        [
            [next(f.top1 for f in figures if (f.seed, f.fold) == (s, k)) for k in folds]
            for s in seeds
        ]
    )
    by_fold = table.mean(axis=0)
    tests = [f.test_top1 for f in figures if f.test_top1 is not None]
    return {
        "mean": round(float(table.mean()), 4),
        "sd_over_folds": round(float(by_fold.std(ddof=1)), 4) if len(folds) > 1 else None,
        "sd_over_seeds": round(float(table.mean(axis=1).std(ddof=1)), 4)
        if len(seeds) > 1
        else None,
        "worst": round(float(table.min()), 4),
        "seeds": seeds,
        "folds": {
            "+".join(next(f.held_out for f in figures if f.fold == k)): round(float(value), 4)
            for k, value in zip(folds, by_fold, strict=True)
        },
        "untrained_signs": sorted({gloss for f in figures for gloss in f.untrained}),
        "test_mean": round(float(np.mean(tests)), 4) if tests else None,
        "test_sd": round(float(np.std(tests, ddof=1)), 4) if len(tests) > 1 else None,
    }


def write_summary(out: Path, figures: Sequence[FoldFigures]) -> dict[str, object]:
    """Also into `out/folds.json`, with every single figure."""
    result = summary(figures)
    single = [f.model_dump(mode="json") for f in figures]
    text = strict_json({**result, "single": single}, indent=1)
    (out / "folds.json").write_text(text + "\n", encoding="utf-8")
    return result
