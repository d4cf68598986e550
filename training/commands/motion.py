"""`python -m training motion | simulate`: sensors for sets that were recorded without any."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import torch
import typer

from training.commands.shared.options import progress_bars, refuse
from training.commands.shared.run_options import RunOptions, profile_figures, with_run_options
from training.errors import DataError
from training.motion.motion_model import MotionModel, load_motion_model, save_motion_model
from training.motion.motion_network import motion_r, train_motion
from training.motion.simulated_imu import simulate_imu
from training.readers.asl20 import read_asl20
from training.splits.protocols import Protocol
from training.splits.signer_split import SIDES, split_signers
from training.strict_json import strict_json
from training.tasks.pose_imu_source import PoseImuSource
from training.tasks.training_task import TrainingTask
from training.trainer.distributed import DistributedSetup, leads, open_trainer
from training.trainer.run_folder import record_of


@with_run_options(example="batch_size=32", leave_out=("config", "seed", "devices", "init"))
def motion(
    data: Annotated[
        Path, typer.Option("--data", envvar="SIGNMIRROR_DATA", help="recordings in asl20's layout")
    ],
    out: Annotated[Path, typer.Option(help="folder for the network and its checkpoints")],
    epochs: Annotated[int, typer.Option(min=1)] = 30,
    seed: int = 0,
    test_signers: Annotated[int, typer.Option(min=1, help="signers never seen")] = 6,
    validation_signers: Annotated[int, typer.Option(min=1)] = 3,
    *,
    run: RunOptions,
) -> None:
    """Learn what armbands report from joints alone; prints r on signers never seen."""
    profiler = run.profiler()
    try:
        recipe = run.chosen_recipe(seed=seed, defaults=["batch_size=64"])
        recordings = read_asl20(data)
        split = split_signers(
            recordings.signers,
            recordings.words,
            seed=seed,
            test=test_signers,
            validation=validation_signers,
        )
        source, protocol = PoseImuSource(recordings), Protocol("signers drawn by the seed", split)
        task = TrainingTask(source, protocol, source.vocabulary, recipe, SIDES)
        statistics = source.statistics(task.rows("train"))
        record = record_of(task.dataset, protocol.name, split, None)
        with (
            progress_bars() as progress,
            open_trainer(
                recipe,
                out,
                DistributedSetup(run.chosen_device(), "1"),
                progress,
                record,
                resume=run.resume,
                profiler=profiler,
            ) as trainer,
        ):
            train, validation, test = (task.clips(side, trainer.device) for side in SIDES)
            network = train_motion(trainer, statistics, train, validation, epochs=epochs)
            acc, gyro = motion_r(network, statistics, test)
    except (DataError, ValueError) as error:
        raise refuse(error) from error
    if not leads():
        return
    facts: dict[str, object] = {
        "learnt_on": "asl20",
        "train_signers": list(split.train),
        "test_signers": list(split.test),
        "trace_r": {"acc": round(acc, 4), "gyro": round(gyro, 4)},
    }
    file = out / "motion-network.safetensors"
    save_motion_model(MotionModel(network.to(torch.device("cpu")), statistics, facts), file)
    print(strict_json({"network": str(file), **facts, **profile_figures(profiler)}))


def simulate(
    data: Annotated[Path, typer.Option("--data", help="folder that `prepare` made")],
    network: Annotated[Path, typer.Option(help="what `motion` wrote")],
    out: Annotated[Path, typer.Option(help="folder for the set with simulated samples")],
) -> None:
    """Give a prepared set without sensors simulated samples, marked as such."""
    try:
        with progress_bars() as progress:
            manifest = simulate_imu(data, out, load_motion_model(network), progress)
    except DataError as error:
        raise refuse(error) from error
    print(
        strict_json(
            {
                "prepared": str(out),
                "clips": len(manifest.clips),
                "simulated": sum(clip.imu for clip in manifest.clips),
            }
        )
    )
