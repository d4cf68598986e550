"""`python -m training landmarks`: landmarks of every clip of a set; `folds`: cross-validation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.landmarks.skeletons import SKELETONS
from training.commands.shared.options import (
    notes,
    progress_bars,
    refuse,
)
from training.commands.shared.run_options import RunOptions, profile_figures, with_run_options
from training.errors import DataError
from training.preparation.landmark_cache import cache_landmarks
from training.readers.registry import READERS, reader_for
from training.splits.sign_check import said_of
from training.stages.cross_validation import folds_by_signer, run_folds, write_summary
from training.strict_json import strict_json
from training.tasks.landmark_source import PlacedSource, load_landmark_source
from training.trainer.distributed import DistributedSetup

_SHOWN = 20
SkeletonOption = Annotated[str, typer.Option(help=f"joint set: {', '.join(SKELETONS)}")]


def landmarks(
    dataset: Annotated[str, typer.Argument(help=f"one of {', '.join(READERS)}")],
    data: Annotated[Path, typer.Option("--data", help="folder of the set, as published")],
    out: Annotated[Path, typer.Option(help="folder for the landmarks")],
    workers: Annotated[
        int | None, typer.Option(min=1, help="processes; default: a core each")
    ] = None,
) -> None:
    """Detect pose and hands in every clip of a set; an interrupted run goes on where it stopped."""
    try:
        reader = reader_for(dataset)
        with progress_bars() as progress:
            index = cache_landmarks(reader.list(data), out, progress=progress, workers=workers)
    except DataError as error:
        raise refuse(error) from error
    for path, what in index.problems[:_SHOWN]:
        notes.print(f"{path}: {what}", highlight=False, soft_wrap=True)
    if len(index.problems) > _SHOWN:
        notes.print(f"… and {len(index.problems) - _SHOWN} more; all of them in landmarks.json")
    print(strict_json({"clips": len(index.clips), "left_out": len(index.problems)}))


@with_run_options(example="landmark_epochs=30", leave_out=("seed", "devices", "resume"))
def folds(
    dataset: Annotated[str, typer.Argument(help="asl20, ksl13, or a set with landmarks")],
    data: Annotated[
        Path, typer.Option("--data", help="what `landmarks` made; asl20, ksl13: the recordings")
    ],
    out: Annotated[Path, typer.Option(help="folder for the folds and their figures")],
    k: Annotated[int, typer.Option("--folds", min=0, help="0: one signer each")] = 0,
    seeds: Annotated[int, typer.Option(min=1, help="how many, from 0 on")] = 3,
    test_signers: Annotated[
        str, typer.Option(help="names with commas: tested on by every fold, trained on by none")
    ] = "",
    skeleton: SkeletonOption = "hands_and_arms",
    *,
    run: RunOptions,
) -> None:
    """Train the landmark stream fold by fold, whole signers held out; mean and deviation over all
    folds and seeds. Started again, it goes on where it stopped."""
    profiler = run.profiler()
    try:
        recipe = run.chosen_recipe()
        with progress_bars() as progress:
            source = load_landmark_source(dataset, data, skeleton, progress)
            drawable = [
                s for s in np.unique(source.recordings.signers) if _signs_enough(source, str(s))
            ]
            split = folds_by_signer(
                [str(s) for s in drawable],
                folds=k,
                test=[name.strip() for name in test_signers.split(",") if name.strip()],
            )
            figures = run_folds(
                source,
                split,
                range(seeds),
                out,
                recipe,
                DistributedSetup(run.chosen_device(), "1"),
                progress,
                init=run.init,
                profiler=profiler,
            )
    except (DataError, ValueError) as error:
        raise refuse(error) from error
    if untrained := sorted({gloss for one in figures for gloss in one.untrained}):
        notes.print(said_of(untrained), highlight=False, soft_wrap=True)
    said = {**write_summary(out, figures), **profile_figures(profiler)}
    print(strict_json(said))


def _signs_enough(source: PlacedSource, signer: str) -> bool:
    """Somebody who signs hardly any of the words says little as a test."""
    words = set(map(str, source.recordings.glosses[source.recordings.signers == signer])) & set(
        source.vocabulary
    )
    return 2 * len(words) >= len(source.vocabulary)
