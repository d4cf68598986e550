"""All stages in order, or the first of them, and the bundle at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from engine.bundle import Bundle, load_bundle
from training.bundling.film_bundle import Trained, write_bundle
from training.splits.sign_check import need_two_signs
from training.stages.generator import train_generator
from training.stages.sensor import SensorTraining, train_sensor
from training.stages.video import train_video
from training.tasks.fit_task import Lesson
from training.trainer.trainer import Workshop

Stage = Literal["sensor", "video", "generator", "fusion"]


def fit(lesson: Lesson, out: Path, shop: Workshop, *, until: Stage = "fusion") -> Bundle | None:
    """Train what `until` needs and, with 'fusion', write the bundle into `out`.

    Stages done before in the same run are not done again. None when it ends before the bundle.
    Raises DataError for one sign alone.
    """
    need_two_signs(lesson.name, [sign.gloss for sign in lesson.vocabulary])
    if until == "video":
        train_video(shop, lesson.train, lesson.validation)
        return None
    sensor = SensorTraining(shop, lesson.train, lesson.statistics)
    train_sensor(sensor, lesson.validation)
    if until == "sensor":
        return None
    video = train_video(shop, lesson.train, lesson.validation)
    generator = train_generator(shop, sensor, video, lesson.train, lesson.validation)
    if until == "generator":
        return None
    if shop.leads:
        write_bundle(out, lesson, Trained(video, sensor.average, generator), shop)
    shop.fabric.barrier()
    return load_bundle(out)
