"""All stages in order, or the first of them, and the bundle at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from engine.bundle import Bundle, load_bundle
from training.bundling.video_bundle import Trained, write_bundle
from training.splits.sign_check import need_two_signs
from training.stages.generator import train_generator
from training.stages.sensor import SensorTraining, train_sensor
from training.stages.video import train_video
from training.tasks.fit_task import FitTask
from training.trainer.trainer import Trainer

Stage = Literal["sensor", "video", "generator", "fusion"]


def fit(task: FitTask, out: Path, trainer: Trainer, *, until: Stage = "fusion") -> Bundle | None:
    """Train what `until` needs and, with 'fusion', write the bundle into `out`.

    Stages done before in the same run are not done again. None when it ends before the bundle.
    Raises DataError for one sign alone.
    """
    need_two_signs(task.name, [sign.gloss for sign in task.vocabulary])
    if until == "video":
        train_video(trainer, task.train, task.validation)
        return None
    sensor = SensorTraining(trainer, task.train, task.statistics)
    train_sensor(sensor, task.validation)
    if until == "sensor":
        return None
    video = train_video(trainer, task.train, task.validation)
    generator = train_generator(trainer, sensor, video, task.train, task.validation)
    if until == "generator":
        return None
    if trainer.leads:
        write_bundle(out, task, Trained(video, sensor.average, generator), trainer)
    trainer.fabric.barrier()
    return load_bundle(out)
