"""Runs the stages of a bundle in order, all or up to one of them, and writes the bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from engine.bundle import Bundle, load_bundle
from training.bundling.video_bundle import AnySensorDataset, write_bundle
from training.evaluation.stream_outputs import FusionNetworks
from training.splits.sign_check import need_two_signs
from training.stages.generator import train_generator
from training.stages.sensor import SensorTraining, train_sensor
from training.stages.video import train_video
from training.tasks.training_task import TaskDatasets, TrainingTask
from training.trainer.trainer import Trainer

Stage = Literal["sensor", "video", "generator", "fusion"]


def fit(
    task: TrainingTask[AnySensorDataset], out: Path, trainer: Trainer, *, until: Stage = "fusion"
) -> Bundle | None:
    """Train what `until` needs and, with 'fusion', write the bundle into `out`.

    Stages done before in the same run are not done again. None when it ends before the bundle.
    Raises DataError for one sign alone.
    """
    need_two_signs(task.dataset, task.glosses)
    train, validation = (task.clips(side, trainer.device) for side in ("train", "validation"))
    if until == "video":
        train_video(trainer, train, validation)
        return None
    statistics = task.source.statistics(task.rows("train"))
    sensor = SensorTraining(trainer, train, statistics)
    train_sensor(sensor, validation)
    if until == "sensor":
        return None
    video = train_video(trainer, train, validation)
    generator = train_generator(trainer, sensor, video, train, validation)
    if until == "generator":
        return None
    if trainer.leads:
        datasets = TaskDatasets(train, validation, task.evaluation_set(trainer.device))
        networks = FusionNetworks(video, sensor.average, generator, statistics)
        write_bundle(out, task, datasets, networks, trainer)
    trainer.fabric.barrier()
    return load_bundle(out)
