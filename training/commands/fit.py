"""`python -m training fit` and its stages one by one: `sensor`, `video`, `generator`, `fusion`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.progress import Progress

from engine.bundle import BundleError
from engine.runtime.bundle_networks import choose_device
from training.bundling.fit import Stage
from training.bundling.fit import fit as run_fit
from training.commands.options import (
    ConfigOption,
    DeviceOption,
    DevicesOption,
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
from training.evaluation.evaluate_bundle import UNTRAINED, SignerChoiceError
from training.preparation.prepared_set import load_prepared
from training.readers.asl20 import read_asl20
from training.readers.registry import READERS
from training.recipe import Recipe
from training.splits.protocols import Protocol, protocol_for
from training.splits.sign_check import said_of
from training.strict_json import strict_json
from training.tasks.fit_task import FitTask, asl20_protocol, asl20_task, video_task
from training.trainer.distributed import DistributedSetup, leads, open_trainer
from training.trainer.run_folder import record_of

_HELP: dict[Stage, str] = {
    "sensor": "Train the sensor encoder alone; other stages go on from it with --resume.",
    "video": "Train the video network alone; other stages go on from it with --resume.",
    "generator": "Train the generator, and first what it needs of the stages before.",
    "fusion": "Fuse the streams of a run (--resume) and write its bundle.",
}


def add_fit_commands(app: typer.Typer) -> None:
    """`fit` for everything, and one command a stage."""
    everything = "Train sensor encoder, video network, generator with trace decoder, and fusion."
    app.command("fit", help=everything)(_command("fusion"))
    for stage, text in _HELP.items():
        app.command(stage, help=text)(_command(stage))


def _command(until: Stage) -> Callable[..., None]:
    def run(
        dataset: Annotated[str, typer.Argument(help=f"asl20, or one of {', '.join(READERS)}")],
        data: Annotated[
            Path,
            typer.Option(
                "--data",
                envvar="SIGNMIRROR_DATA",
                help="asl20: the recordings; others: what `prepare` or `simulate` made",
            ),
        ],
        out: Annotated[Path, typer.Option(help="folder of the new bundle and its checkpoints")],
        recipe: Annotated[str, typer.Option(help="auto, laptop, full or smoke")] = "auto",
        config: ConfigOption = None,
        override: Annotated[
            list[str] | None, typer.Option("--set", help="change the recipe: video_epochs=20")
        ] = None,
        seed: Annotated[int | None, typer.Option(help="default: the recipe's")] = None,
        device: DeviceOption = "auto",
        devices: DevicesOption = "auto",
        resume: Annotated[bool, typer.Option("--resume", help="go on where a run stopped")] = False,
        init: InitOption = None,
        test_signers: Annotated[int, typer.Option(min=1, help="asl20: signers never seen")] = 6,
        validation_signers: Annotated[
            int, typer.Option(min=1, help="asl20: signers to validate on")
        ] = 3,
        fold: Annotated[int, typer.Option(min=0, help="others: which signer is left out")] = 0,
        profile: ProfileOption = False,
        profile_warm_up: ProfileWarmUpOption = 10,
        profile_steps: ProfileStepsOption = 50,
    ) -> None:
        profiler = profiler_for(profile, profile_warm_up, profile_steps)
        try:
            where = choose_device(device)
            told = chosen_recipe(recipe, where, override or [], seed, config)
            with progress_bars() as progress:
                dataset, protocol, make_task = _task_of(
                    dataset, data, told, (test_signers, validation_signers), fold, progress
                )
                record = record_of(dataset, protocol.name, protocol.split, init)
                with open_trainer(
                    told,
                    out / "checkpoints",
                    DistributedSetup(where, devices),
                    progress,
                    record,
                    resume=resume,
                    init=init,
                    profiler=profiler,
                ) as trainer:
                    bundle = run_fit(make_task(trainer.device), out, trainer, until=until)
        except (DataError, BundleError, SignerChoiceError, ValueError) as error:
            raise refuse(error) from error
        if not leads():
            return
        untrained = bundle.card.training.metrics.get(UNTRAINED) if bundle is not None else None
        if isinstance(untrained, list) and untrained:
            notes.print(said_of(untrained), highlight=False, soft_wrap=True)
        said: dict[str, object] = (
            {"stage": until, "checkpoints": str(out / "checkpoints")}
            if bundle is None
            else {"bundle": str(bundle.folder), **bundle.card.training.metrics}
        )
        print(strict_json({**said, **profile_figures(profiler)}, ascii_only=True))

    return run


def _task_of(
    dataset: str,
    data: Path,
    recipe: Recipe,
    held_out: tuple[int, int],
    fold: int,
    progress: Progress,
) -> tuple[str, Protocol, Callable[[torch.device], FitTask]]:
    """Read the data and split it; the clips are made on the device once it is known."""
    if dataset == "asl20":
        recordings = read_asl20(data)
        test, validation = held_out
        drawn = asl20_protocol(recordings, recipe.seed, test=test, validation=validation)
        return dataset, drawn, lambda device: asl20_task(recordings, drawn, recipe, device)
    known = ", ".join(["asl20", *READERS])
    if dataset not in READERS:
        raise DataError(f"{dataset}: this data set is not known; there are {known}")
    prepared = load_prepared(data, progress)
    if prepared.manifest.dataset != dataset:
        raise DataError(f"{data}: holds {prepared.manifest.dataset}, not {dataset}")
    protocol = protocol_for(prepared, fold)
    return dataset, protocol, lambda device: video_task(prepared, protocol, recipe, device)
