"""`python -m training landmarks`: what every clip of a set shows, looked at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.landmarks.skeletons import SKELETONS
from engine.runtime.bundle_networks import choose_device
from training.commands.options import (
    ConfigOption,
    DeviceOption,
    InitOption,
    chosen_recipe,
    notes,
    progress_bars,
    refuse,
)
from training.commands.profile_options import (
    ProfileOption,
    ProfileStepsOption,
    ProfileWarmUpOption,
    profile_figures,
    profiler_for,
)
from training.errors import DataError
from training.preparation.landmark_cache import cache_landmarks
from training.readers.registry import READERS, reader_for
from training.splits.sign_check import said_of
from training.stages.cross_validation import folds_by_signer, run_folds, write_summary
from training.strict_json import strict_json
from training.tasks.landmark_task import LandmarkTask, load_landmark_task
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
    recipe: Annotated[str, typer.Option(help="auto, laptop, full or smoke")] = "auto",
    config: ConfigOption = None,
    override: Annotated[
        list[str] | None, typer.Option("--set", help="change the recipe: landmark_epochs=30")
    ] = None,
    device: DeviceOption = "auto",
    init: InitOption = None,
    profile: ProfileOption = False,
    profile_warm_up: ProfileWarmUpOption = 10,
    profile_steps: ProfileStepsOption = 50,
) -> None:
    """Train the landmark stream fold by fold, whole signers held out; mean and deviation over all
    folds and seeds. Started again, it goes on where it stopped."""
    profiler = profiler_for(profile, profile_warm_up, profile_steps)
    try:
        where = choose_device(device)
        told = chosen_recipe(recipe, where, override or [], None, config)
        with progress_bars() as progress:
            source = load_landmark_task(dataset, data, skeleton, progress)
            drawable = [s for s in np.unique(source.signers) if _signs_enough(source, str(s))]
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
                told,
                DistributedSetup(where, "1"),
                progress,
                init=init,
                profiler=profiler,
            )
    except (DataError, ValueError) as error:
        raise refuse(error) from error
    if untrained := sorted({gloss for one in figures for gloss in one.untrained}):
        notes.print(said_of(untrained), highlight=False, soft_wrap=True)
    said = {**write_summary(out, figures), **profile_figures(profiler)}
    print(strict_json(said))


def _signs_enough(source: LandmarkTask, signer: str) -> bool:
    """Somebody who signs hardly any of the words says little as a test."""
    words = set(map(str, source.glosses[source.signers == signer])) & set(source.vocabulary)
    return 2 * len(words) >= len(source.vocabulary)
