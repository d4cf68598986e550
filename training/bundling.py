"""Trained networks become a bundle: weights, card, fusion and threshold."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from rich.progress import Progress
from safetensors.torch import save_file
from torch import nn

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
    TrainingRecord,
    load_bundle,
    sha256,
    write_card,
)
from engine.models.fusion import late_fusion
from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.video_network import VideoNetwork
from engine.networks import BundleNetworks
from training.evaluation import answer, evaluate_bundle
from training.film_clips import FilmClips
from training.lessons import Lesson
from training.paired_clips import PairedClips
from training.recipe import Recipe
from training.stages.fusion import fit_fusion, fit_measured_weight, fit_threshold

VIDEO, GENERATOR, SENSOR = "video.safetensors", "generator.safetensors", "sensor.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The three networks of a self-learning fusion, averaged, in evaluation mode."""

    video: VideoNetwork
    sensor: SensorEncoder
    generator: Generator


def write_bundle(
    out: Path,
    lesson: Lesson,
    trained: Trained,
    recipe: Recipe,
    *,
    device: torch.device,
    progress: Progress,
) -> Bundle:
    """Write weights and card into `out`, set fusion and threshold on validation signers, measure on
    test signers, and load the bundle as anybody would."""
    for name, network in (
        (VIDEO, trained.video),
        (GENERATOR, trained.generator),
        (SENSOR, trained.sensor),
    ):
        _save_weights(out / name, network)
    card = _first_card(out, lesson, recipe)
    write_card(out, card)
    card = _with_fusion(out, card, lesson.validation, device, progress)
    write_card(out, card)
    figures = evaluate_bundle(load_bundle(out), lesson.test, device=device, progress=progress)
    # How long a clip takes here says nothing of the bundle elsewhere.
    del figures["latency_ms"]
    record = card.training.model_copy(update={"metrics": figures})
    write_card(out, card.model_copy(update={"training": record}))
    return load_bundle(out)


def _save_weights(file: Path, network: nn.Module) -> None:
    tensors = {
        key: value.detach().cpu().clone(memory_format=torch.contiguous_format)
        for key, value in network.state_dict().items()
    }
    unfinished = file.with_suffix(".unfinished")
    save_file(tensors, unfinished)
    os.replace(unfinished, file)


def _first_card(out: Path, lesson: Lesson, recipe: Recipe) -> BundleCard:
    sides = asdict(lesson.split)
    return BundleCard(
        format_version=FORMAT_VERSION,
        name=lesson.name,
        title=lesson.facts.title,
        language=lesson.facts.language,
        vocabulary=lesson.vocabulary,
        clip=ClipSpecification(
            view=lesson.view, frames=recipe.frames, span_s=recipe.span_s, size=recipe.frame_size
        ),
        sensor=SensorSpecification(
            n_steps=lesson.train.n_steps,
            mean=tuple(round(float(x), 6) for x in lesson.statistics.mean),
            std=tuple(round(float(x), 6) for x in lesson.statistics.std),
        ),
        networks=Networks(
            video=NetworkFile(file=VIDEO, width=recipe.width),
            generator=NetworkFile(file=GENERATOR, width=recipe.width),
            sensor=NetworkFile(file=SENSOR),
        ),
        fusion=FusionSpecification(
            method="late",
            temperatures={},
            weights={"video": 1.0, "sensor_generated": 1.0, "sensor_measured": 1.0},
        ),
        rejection=Rejection(threshold=0.0),
        training=TrainingRecord(
            data=lesson.facts.data,
            licence=lesson.facts.licence,
            protocol=lesson.protocol,
            train_signers=sides["train"],
            validation_signers=sides["validation"],
            test_signers=sides["test"],
            recipe=recipe.model_dump(),
            metrics={},
        ),
        files={name: sha256(out / name) for name in (VIDEO, GENERATOR, SENSOR)},
    )


def _with_fusion(
    out: Path,
    card: BundleCard,
    clips: PairedClips | FilmClips,
    device: torch.device,
    progress: Progress,
) -> BundleCard:
    bundle = load_bundle(out)
    networks = BundleNetworks(bundle, device)
    batches = [*clips.evaluation_batches(), *clips.rest_batches()]
    answers = answer(bundle, networks, batches, progress)
    fusion = fit_fusion(answers.logits, answers.labels)
    # Rest has no measured samples of its own, only held ones, so it says nothing of the armbands.
    both = answers.live.all(dim=1)
    both[len(clips) :] = False
    fusion = fit_measured_weight(
        fusion, {k: v[both] for k, v in answers.logits.items()}, answers.labels[both]
    )
    pair = {key: answers.logits[key] for key in ("video", "sensor_generated")}
    fused = late_fusion(pair, fusion.temperatures, fusion.weights)
    threshold = fit_threshold(fused, answers.labels, len(card.glosses))
    return card.model_copy(update={"fusion": fusion, "rejection": Rejection(threshold=threshold)})
