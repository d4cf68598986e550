"""Gives a bundle an encoder of its own for what gloves measure, one glove or two."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.bundle import (
    FORMAT_VERSION,
    Bundle,
    BundleCard,
    FusionSpecification,
    NetworkFile,
    load_bundle,
    sha256,
    write_card,
)
from engine.models.inception_time import SensorEncoder
from engine.models.stored_weights import Storage, from_stored, to_stored
from engine.runtime.bundle_networks import (
    BundleNetworks,
    load_measured_encoder,
    load_self_learning_fusion,
)
from training.bundling.storage_choice import MOST_LOST
from training.bundling.stored_networks import save_weights
from training.datasets.evaluation_set import WRISTS, EvaluationSet
from training.datasets.missing_wrist import with_generated
from training.datasets.sensor_dataset import SensorDataset, SensorStatistics
from training.errors import DataError
from training.evaluation.evaluate_bundle import ONE_WRIST, answer, evaluate_bundle
from training.recipe import Recipe
from training.stages.fusion import fit_measured_weight
from training.stages.measured import MeasuredTraining, accuracies_by_worn
from training.stages.sensor import train_sensor
from training.tasks.training_task import ClipSource
from training.trainer.trainer import Trainer

MEASURED = "measured.safetensors"

AnySource = ClipSource[Any]


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredClips:
    """Of one bundle's own split; the generator's traces beside what was measured."""

    train: SensorDataset[Any]
    validation: SensorDataset[Any]
    test: SensorDataset[Any]


def measured_clips(
    bundle: Bundle, source: AnySource, left_out: NDArray[np.bool_], trainer: Trainer
) -> MeasuredClips:
    """`left_out` `(N,)`: recordings that are not learnt from. Raises DataError for a bundle without
    both wrists' sensors, or signers of its card that the source lacks."""
    card, record = bundle.card, bundle.card.training
    if card.sensor is None or card.networks.video is None or card.sensor.channels != WRISTS:
        raise DataError(f"{card.name}: a bundle with pictures and both wrists' sensors is needed")
    signers = source.recordings.signers
    sides = (record.train_signers, record.validation_signers, record.test_signers)
    if missing := sorted({*sides[0], *sides[1], *sides[2]} - set(map(str, signers))):
        raise DataError(f"no recordings by {', '.join(missing)}, whom the card names")
    recipe = _recipe_for(card, trainer)
    made = []
    for number, names in enumerate(sides):
        rows = np.isin(signers, list(names))
        if number == 0:
            rows &= ~left_out
        clips = source.clips(rows, card.glosses, recipe, trainer.device)
        made.append(with_generated(clips, generated_traces(bundle, clips, trainer)))
    return MeasuredClips(*made)


@torch.no_grad()
def generated_traces(bundle: Bundle, clips: SensorDataset[Any], trainer: Trainer) -> Tensor:
    """`(N, 12, n_steps)` of every clip, whole and unchanged, in g and degrees per second."""
    video = BundleNetworks(bundle, trainer.device).video
    assert video is not None
    batches = list(clips.evaluation_batches())
    return torch.cat(
        [
            video.generated(batch.video(bundle.card.clip.size)).trace
            for batch in trainer.progress.track(batches, description="generated traces")
        ]
    )


def add_measured(
    bundle: Bundle,
    source: AnySource,
    left_out: NDArray[np.bool_],
    out: Path,
    trainer: Trainer,
    *,
    said: Mapping[str, object],
) -> Bundle:
    """Train the encoder on the card's training signers, from the weights of the bundle's own one,
    and write the bundle with it into `out`; all its other networks stay as they are. Fusion weights
    and storage are chosen on validation signers; figures are of test signers. `said`: goes into the
    card's figures too. Raises DataError, BundleError."""
    card = bundle.card
    assert card.sensor is not None
    clips = measured_clips(bundle, source, left_out, trainer)
    statistics = SensorStatistics(torch.tensor(card.sensor.mean), torch.tensor(card.sensor.std))
    sensor = MeasuredTraining(trainer, clips.train, statistics)
    own = load_self_learning_fusion(bundle).sensor.state_dict()
    for network in (sensor.encoder, sensor.average):
        network.load_state_dict(own)
    train_sensor(sensor, clips.validation)
    out.mkdir(parents=True, exist_ok=True)
    if out.resolve() != bundle.folder.resolve():
        for name in card.files:
            shutil.copyfile(bundle.file(name), out / name)
    storage = _stored(out / MEASURED, sensor, clips.validation)
    networks = card.networks.model_copy(
        update={"measured": NetworkFile(file=MEASURED, storage=storage)}
    )
    files = {**card.files, MEASURED: sha256(out / MEASURED)}
    card = card.model_copy(
        update={"format_version": FORMAT_VERSION, "networks": networks, "files": files}
    )
    write_card(out, card)
    fusion = _fitted(load_bundle(out), source, trainer)
    card = card.model_copy(update={"fusion": fusion})
    write_card(out, card)
    write_card(
        out, _with_figures(load_bundle(out), bundle, clips, statistics, source, trainer, said)
    )
    return load_bundle(out)


def _stored(file: Path, sensor: MeasuredTraining, validation: SensorDataset[Any]) -> Storage:
    """Write the weights in int8, or in float16 where that loses more of validation signers than
    `MOST_LOST`, whatever is worn."""
    exact = accuracies_by_worn(sensor.average, sensor.statistics, validation)
    weights = to_stored(sensor.average.state_dict(), "int8")
    rounded = SensorEncoder(sensor.train.channels, sensor.train.no_sign + 1)
    rounded.load_state_dict(from_stored(weights))
    found = accuracies_by_worn(rounded.to(sensor.trainer.device), sensor.statistics, validation)
    storage: Storage = "int8"
    if max(exact[worn] - found[worn] for worn in exact) > MOST_LOST:
        storage, weights = "float16", to_stored(sensor.average.state_dict(), "float16")
    save_weights(file, weights)
    return storage


def _recipe_for(card: BundleCard, trainer: Trainer) -> Recipe:
    """The trainer's, for clips as the bundle takes them."""
    assert card.sensor is not None
    return trainer.recipe.model_copy(
        update={"frames": card.clip.frames, "n_steps": card.sensor.n_steps}
    )


def _evaluation_set(
    bundle: Bundle, source: AnySource, names: tuple[str, ...], trainer: Trainer
) -> EvaluationSet:
    card = bundle.card
    rows = np.isin(source.recordings.signers, list(names))
    return source.evaluation_set(rows, card.glosses, _recipe_for(card, trainer), trainer.device)


def _fitted(bundle: Bundle, source: AnySource, trainer: Trainer) -> FusionSpecification:
    """The card's fusion with weights for measured and mixed samples."""
    names = bundle.card.training.validation_signers
    watched = _evaluation_set(bundle, source, names, trainer).words
    networks = BundleNetworks(bundle, trainer.device)
    answers = answer(bundle, networks, list(watched.evaluation_batches()), trainer.progress)
    live = answers.live.all(dim=1)
    logits = {stream: values[live] for stream, values in answers.logits.items()}
    fusion = fit_measured_weight(bundle.card.fusion, logits, answers.labels[live])
    # Each clip twice: with the left wrist measured, and with the right.
    twice = {
        stream: torch.cat([values, values])
        for stream, values in logits.items()
        if stream not in ONE_WRIST
    }
    twice["sensor_mixed"] = torch.cat([logits[stream] for stream in ONE_WRIST])
    return fit_measured_weight(fusion, twice, torch.cat([answers.labels[live]] * 2), "sensor_mixed")


def _with_figures(
    bundle: Bundle,
    before: Bundle,
    clips: MeasuredClips,
    statistics: SensorStatistics,
    source: AnySource,
    trainer: Trainer,
    said: Mapping[str, object],
) -> BundleCard:
    record = bundle.card.training
    test = _evaluation_set(bundle, source, record.test_signers, trainer)
    figures = evaluate_bundle(bundle, test, device=trainer.device, progress=trainer.progress)
    top1 = figures["top1"]
    old = record.metrics.get("top1")
    assert isinstance(top1, dict)
    if isinstance(old, dict):
        # What pictures alone say has not changed.
        unchanged = ("video", "sensor_generated", "fused_generated")
        top1 = {**top1, **{key: old[key] for key in unchanged if key in old}}
    encoders = {
        "sensor": load_self_learning_fusion(before).sensor.to(trainer.device),
        "measured": load_measured_encoder(bundle).to(trainer.device),
    }
    alone: dict[str, object] = {}
    for side in ("validation", "test"):
        alone[side] = {
            f"{name}, missing wrist {instead}": {
                worn: round(value, 4)
                for worn, value in accuracies_by_worn(
                    encoder, statistics, getattr(clips, side), instead=instead
                ).items()
            }
            for name, encoder in encoders.items()
            for instead in ("mean", "generated")
        }
    measured = {
        "top1_by_worn": alone,
        "protocol": "from the sensor network's weights, on the same training signers, with wrist"
        " dropout, without the suspected labels; the other"
        " networks are as they were, from one split, so this one was not trained on everybody"
        " either; weights of measured and mixed samples from validation signers",
        "recipe": {
            name: getattr(trainer.recipe, name)
            for name in ("seed", "measured_epochs", "wrist_dropout", "sensor_rate", "batch_size")
        },
        **said,
    }
    metrics = {**record.metrics, "top1": top1, "measured": measured}
    return bundle.card.model_copy(
        update={"training": record.model_copy(update={"metrics": metrics})}
    )
