"""`python -m training motion | simulate`: sensors for sets that were recorded without any."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer

from engine.runtime.bundle_networks import choose_device
from training.commands.options import DeviceOption, chosen_recipe, progress_bars, refuse
from training.commands.profile_options import (
    ProfileOption,
    ProfileStepsOption,
    ProfileWarmUpOption,
    profile_figures,
    profiler_for,
)
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.errors import DataError
from training.motion.motion_model import MotionModel, load_motion_model, save_motion_model
from training.motion.motion_network import motion_r, train_motion
from training.motion.simulated_imu import simulate_imu
from training.readers.asl20 import NO_SIGN, read_asl20
from training.splits.signer_split import split_signers
from training.strict_json import strict_json
from training.trainer.distributed import DistributedSetup, leads, open_trainer
from training.trainer.run_folder import record_of


def motion(
    data: Annotated[
        Path, typer.Option("--data", envvar="SIGNMIRROR_DATA", help="recordings in asl20's layout")
    ],
    out: Annotated[Path, typer.Option(help="folder for the network and its checkpoints")],
    epochs: Annotated[int, typer.Option(min=1)] = 30,
    seed: int = 0,
    recipe: Annotated[str, typer.Option(help="auto, laptop, full or smoke")] = "auto",
    override: Annotated[
        list[str] | None, typer.Option("--set", help="change the recipe: batch_size=32")
    ] = None,
    device: DeviceOption = "auto",
    resume: Annotated[bool, typer.Option("--resume", help="go on where a run stopped")] = False,
    test_signers: Annotated[int, typer.Option(min=1, help="signers never seen")] = 6,
    validation_signers: Annotated[int, typer.Option(min=1)] = 3,
    profile: ProfileOption = False,
    profile_warm_up: ProfileWarmUpOption = 10,
    profile_steps: ProfileStepsOption = 50,
) -> None:
    """Learn what armbands report from joints alone; prints r on signers never seen."""
    profiler = profiler_for(profile, profile_warm_up, profile_steps)
    try:
        where = choose_device(device)
        told = chosen_recipe(recipe, where, ["batch_size=64", *(override or [])], seed)
        recordings = read_asl20(data)
        split = split_signers(
            recordings.signers,
            recordings.words,
            seed=seed,
            test=test_signers,
            validation=validation_signers,
        )
        glosses = sorted({str(word) for word in recordings.words} - {NO_SIGN})
        sides = {
            side: recordings.subset(np.isin(recordings.signers, getattr(split, side)))
            for side in ("train", "validation", "test")
        }
        statistics = SensorStatistics.of(sides["train"])
        record = record_of("asl20", "signers drawn by the seed", split, None)
        with (
            progress_bars() as progress,
            open_trainer(
                told,
                out,
                DistributedSetup(where, "1"),
                progress,
                record,
                resume=resume,
                profiler=profiler,
            ) as trainer,
        ):
            clips = {
                side: PoseImuDataset(
                    part, glosses, frames=told.frames, n_steps=told.n_steps, device=trainer.device
                )
                for side, part in sides.items()
            }
            network = train_motion(
                trainer, statistics, clips["train"], clips["validation"], epochs=epochs
            )
            acc, gyro = motion_r(network, statistics, clips["test"])
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
