"""`python -m training fit` and its stages one by one: `sensor`, `video`, `generator`, `fusion`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from engine.bundle import BundleError
from training.bundling.fit import Stage
from training.bundling.fit import fit as run_fit
from training.commands.shared.options import notes, progress_bars, refuse
from training.commands.shared.run_options import RunOptions, profile_figures, with_run_options
from training.errors import DataError
from training.evaluation.evaluate_bundle import UNTRAINED, SignerChoiceError
from training.preparation.prepared_set import load_prepared
from training.readers.asl20 import read_asl20
from training.readers.registry import READERS
from training.recipe import Recipe
from training.splits.protocols import protocol_for
from training.splits.sign_check import said_of
from training.strict_json import strict_json
from training.tasks.pose_imu_source import asl20_task
from training.tasks.training_task import TrainingTask
from training.tasks.video_source import video_task
from training.trainer.distributed import leads, open_trainer
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
    @with_run_options(example="video_epochs=20")
    def fit(
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
        test_signers: Annotated[int, typer.Option(min=1, help="asl20: signers never seen")] = 6,
        validation_signers: Annotated[
            int, typer.Option(min=1, help="asl20: signers to validate on")
        ] = 3,
        fold: Annotated[int, typer.Option(min=0, help="others: which signer is left out")] = 0,
        *,
        run: RunOptions,
    ) -> None:
        profiler = run.profiler()
        try:
            setup, recipe = run.setup(), run.chosen_recipe()
            with progress_bars() as progress:
                held_out = (test_signers, validation_signers)
                task = _task_of(dataset, data, recipe, held_out, fold, progress)
                record = record_of(task.dataset, task.protocol.name, task.split, run.init)
                with open_trainer(
                    recipe,
                    out / "checkpoints",
                    setup,
                    progress,
                    record,
                    resume=run.resume,
                    init=run.init,
                    profiler=profiler,
                ) as trainer:
                    bundle = run_fit(task, out, trainer, until=until)
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

    return fit


def _task_of(
    dataset: str,
    data: Path,
    recipe: Recipe,
    held_out: tuple[int, int],
    fold: int,
    progress: Progress,
) -> TrainingTask[Any]:
    """Read the data and split it. `held_out`: numbers of asl20's test and validation signers."""
    if dataset == "asl20":
        test, validation = held_out
        return asl20_task(read_asl20(data), recipe, test=test, validation=validation)
    known = ", ".join(["asl20", *READERS])
    if dataset not in READERS:
        raise DataError(f"{dataset}: this data set is not known; there are {known}")
    prepared = load_prepared(data, progress)
    if prepared.manifest.dataset != dataset:
        raise DataError(f"{data}: holds {prepared.manifest.dataset}, not {dataset}")
    return video_task(prepared, protocol_for(prepared, fold), recipe)
