"""`python -m training letters`: the bundle of a glove that tells angles of fingers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.bundle import BundleError
from training.bundling.finger_bundle import write_finger_bundle
from training.commands.shared.options import progress_bars, refuse
from training.commands.shared.run_options import RunOptions, with_run_options
from training.errors import DataError
from training.readers.glove_letters import read_glove_letters
from training.strict_json import strict_json
from training.trainer.distributed import leads

DEFAULTS = ("n_steps=32", "span_s=3.0")


@with_run_options(example="finger_epochs=10", leave_out=("init", "profile", "resume", "seed"))
def letters(
    data: Annotated[
        Path, typer.Option("--data", envvar="SIGNMIRROR_DATA", help="glove-letters, as it lies")
    ],
    out: Annotated[Path, typer.Option(help="folder of the new bundle and its checkpoints")],
    seeds: Annotated[str, typer.Option(help="that figures are the mean of, with commas")] = "0,1,2",
    *,
    run: RunOptions,
) -> None:
    """Train the bundle for a glove alone; a run that was stopped goes on."""
    try:
        numbers = [int(seed) for seed in seeds.split(",")]
        recipe = run.chosen_recipe(seed=0, defaults=DEFAULTS)
        with progress_bars() as progress:
            bundle = write_finger_bundle(
                read_glove_letters(data), out, recipe, numbers, run.setup(), progress
            )
    except (DataError, BundleError, ValueError) as error:
        raise refuse(error) from error
    if leads():
        print(strict_json({"bundle": str(bundle.folder), **bundle.card.training.metrics}))
