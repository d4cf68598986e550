"""Writes trained networks as a bundle: weights, card, fusion and threshold."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from torch import Tensor

from engine.bundle import (
    FORMAT_VERSION,
    Bundle,
    BundleCard,
    ClipSpecification,
    FusionSpecification,
    NetworkFile,
    Networks,
    Rejection,
    SensorSpecification,
    SignedAxes,
    TrainingRecord,
    load_bundle,
    sha256,
    write_card,
)
from engine.runtime.bundle_networks import BundleNetworks
from training.bundling.stored_networks import STORAGE, save_network
from training.datasets.batches import Batch
from training.datasets.clip_dataset import ClipDataset
from training.datasets.sensor_dataset import SensorDataset, SensorStatistics
from training.evaluation.evaluate_bundle import (
    UNTRAINED,
    Answers,
    answer,
    evaluate_bundle,
    fused_probabilities,
)
from training.evaluation.stream_outputs import FusionNetworks, gather, gather_augmented
from training.readers.asl20 import GYRO_AXES
from training.splits.sign_check import untrained_signs
from training.stages.feature_fusion import train_feature_fusion
from training.stages.fusion import (
    TRUE_SIGNS_KEPT,
    best_temperature,
    fit_energy,
    fit_fusion,
    fit_measured_weight,
    fit_threshold,
)
from training.tasks.known_sets import SETS, signs_of
from training.tasks.training_task import TaskDatasets, TrainingTask
from training.trainer.trainer import Trainer

AnySensorDataset = SensorDataset[Batch]

VIDEO, GENERATOR, SENSOR = "video.safetensors", "generator.safetensors", "sensor.safetensors"
FUSION = "fusion.safetensors"
FEATURE_PASSES = 3
"""Augmented passes over the training clips that a fusion network learns from."""


def write_bundle(
    out: Path,
    task: TrainingTask[AnySensorDataset],
    datasets: TaskDatasets[AnySensorDataset],
    trained: FusionNetworks,
    trainer: Trainer,
) -> Bundle:
    """Write weights and card into `out`, set fusion and threshold on validation signers, measure on
    test signers, and load the bundle as anybody would."""
    for name, network in (
        (VIDEO, trained.video),
        (GENERATOR, trained.generator),
        (SENSOR, trained.encoder),
    ):
        save_network(out / name, network)
    card = _first_card(out, task, datasets, trained.statistics, trainer)
    write_card(out, card)
    card = _fused(out, card, datasets, trained, trainer)
    write_card(out, card)
    figures = evaluate_bundle(
        load_bundle(out), datasets.test, device=trainer.device, progress=trainer.progress
    )
    # How long a clip takes here says nothing of the bundle elsewhere.
    del figures["latency_ms"]
    record = card.training.model_copy(update={"metrics": figures})
    write_card(out, card.model_copy(update={"training": record}))
    return load_bundle(out)


def _first_card(
    out: Path,
    task: TrainingTask[AnySensorDataset],
    datasets: TaskDatasets[AnySensorDataset],
    statistics: SensorStatistics,
    trainer: Trainer,
) -> BundleCard:
    recipe = trainer.recipe
    sides = asdict(task.split)
    facts = SETS.get(task.dataset, SETS["folder"])
    protocol = task.card_protocol or task.protocol.name
    tested = datasets.test.words.labels
    view = task.source.view
    assert view != "landmarks"
    return BundleCard(
        format_version=FORMAT_VERSION,
        name=task.dataset,
        title=facts.title,
        language=facts.language,
        vocabulary=signs_of(task.dataset, task.glosses),
        clip=ClipSpecification(
            view=view, frames=recipe.frames, span_s=recipe.span_s, size=recipe.frame_size
        ),
        sensor=SensorSpecification(
            n_steps=datasets.train.n_steps,
            mean=tuple(round(float(x), 6) for x in statistics.mean),
            std=tuple(round(float(x), 6) for x in statistics.std),
            gyro_axes=GYRO_AXES if _felt_as_asl20(task) else _AS_THEY_ARE,
            wrists=task.source.wrists,
        ),
        networks=Networks(
            video=NetworkFile(file=VIDEO, width=recipe.width, storage=STORAGE),
            generator=NetworkFile(file=GENERATOR, width=recipe.width, storage=STORAGE),
            sensor=NetworkFile(file=SENSOR, storage=STORAGE),
        ),
        fusion=FusionSpecification(
            method="late",
            temperatures={},
            weights={"video": 1.0, "sensor_generated": 1.0, "sensor_measured": 1.0},
        ),
        rejection=Rejection(threshold=0.0),
        training=TrainingRecord(
            data=facts.data,
            licence=facts.licence,
            protocol=protocol + (f"; started from {trainer.init.name}" if trainer.init else ""),
            train_signers=sides["train"],
            validation_signers=sides["validation"],
            test_signers=sides["test"],
            recipe=recipe.model_dump(),
            metrics={UNTRAINED: untrained_signs(task.glosses, datasets.train.labels, tested)},
        ),
        files={name: sha256(out / name) for name in (VIDEO, GENERATOR, SENSOR)},
    )


_AS_THEY_ARE: SignedAxes = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


def _felt_as_asl20(task: TrainingTask[Any]) -> bool:
    """What is simulated is as the set was that the simulation learnt from."""
    return task.dataset == "asl20" or task.source.imu_from == "simulated"


def _fused(
    out: Path,
    card: BundleCard,
    datasets: TaskDatasets[AnySensorDataset],
    trained: FusionNetworks,
    trainer: Trainer,
) -> BundleCard:
    """The card with fusion and threshold, all from validation clips and the rest around them."""
    if trainer.recipe.fusion == "feature":
        card = _with_fusion_network(out, card, datasets, trained, trainer)
        write_card(out, card)
    return fitted_card(load_bundle(out), datasets.validation, trainer)


def fitted_card(bundle: Bundle, validation: ClipDataset[Any], trainer: Trainer) -> BundleCard:
    """The bundle's card with fusion, threshold and energy set anew, as the recipe says, on these
    clips and the rest around them."""
    card = bundle.card
    networks = BundleNetworks(bundle, trainer.device)
    batches: list[Batch] = [*validation.evaluation_batches(), *validation.rest_batches()]
    answers = answer(bundle, networks, batches, trainer.progress)
    fusion = _fitted_fusion(card, answers, len(validation), trainer.recipe.fusion)
    bundle = Bundle(bundle.folder, card.model_copy(update={"fusion": fusion}))
    fused = fused_probabilities(bundle, answers, "sensor_generated")
    no_sign = len(card.glosses)
    energy, lost = None, 1 - TRUE_SIGNS_KEPT
    if "landmarks" in answers.logits:
        energies = answers.logits["landmarks"][:, :no_sign].logsumexp(dim=1)
        energy = fit_energy(energies, answers.labels, no_sign, lost)
        # Who is unsure has little energy, as a rule: the second sieve is for the others.
        lost /= 2
    threshold = fit_threshold(fused, answers.labels, no_sign, lost)
    rejection = Rejection(threshold=threshold, energy=energy)
    return bundle.card.model_copy(update={"rejection": rejection})


def _fitted_fusion(
    card: BundleCard, answers: Answers, words: int, method: str
) -> FusionSpecification:
    logits, labels = answers.logits, answers.labels
    if card.networks.fusion is not None:
        keys = [key for key in ("feature", "landmarks") if key in logits]
        temperatures = {key: best_temperature(logits[key], labels) for key in keys}
        weights = {key: round(1 / len(keys), 4) for key in keys}
        return FusionSpecification(method="feature", temperatures=temperatures, weights=weights)
    streams: dict[str, Tensor] = {
        key: values
        for key, values in logits.items()
        if key in ("video", "sensor_generated", "landmarks")
    }
    if method == "late":
        even = dict.fromkeys((*streams, "sensor_measured"), 1.0)
        return FusionSpecification(method="late", temperatures={}, weights=even)
    fusion = fit_fusion(streams, labels)
    # Rest has no measured samples of its own, only held ones: it says nothing of armbands.
    both = answers.live.all(dim=1)
    both[words:] = False
    if "sensor_measured" in logits and both.any():
        fusion = fit_measured_weight(fusion, {k: v[both] for k, v in logits.items()}, labels[both])
    return fusion


def _with_fusion_network(
    out: Path,
    card: BundleCard,
    datasets: TaskDatasets[AnySensorDataset],
    trained: FusionNetworks,
    trainer: Trainer,
) -> BundleCard:
    learnt = gather_augmented(
        trainer,
        trained,
        datasets.train,
        epochs=FEATURE_PASSES,
        seed=trainer.recipe.seed * 1000 + 17,
    )
    seen = gather(trainer, trained, datasets.validation)
    network = train_feature_fusion(
        (learnt.video_feature, learnt.generated_feature),
        learnt.labels,
        (seen.video_feature, seen.generated_feature),
        seen.labels,
        card.classes,
        seed=trainer.recipe.seed,
    )
    save_network(out / FUSION, network)
    return card.model_copy(
        update={
            "networks": card.networks.model_copy(
                update={"fusion": NetworkFile(file=FUSION, storage=STORAGE)}
            ),
            "fusion": FusionSpecification(
                method="feature", temperatures={}, weights={"feature": 1.0}
            ),
            "files": {**card.files, FUSION: sha256(out / FUSION)},
        }
    )
