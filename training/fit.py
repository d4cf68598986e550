"""All stages in order, and the bundle at the end."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import numpy as np
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
from engine.networks import BundleNetworks
from training.evaluation import answer, evaluate_bundle
from training.paired_clips import PairedClips, SensorStatistics
from training.readers.asl20 import NO_SIGN, PairedRecordings
from training.recipe import Recipe
from training.run_folder import remember_recipe
from training.splits import SignerSplit, split_signers
from training.stages.fusion import fit_fusion, fit_measured_weight, fit_threshold
from training.stages.generator import train_generator
from training.stages.sensor import SensorTraining, train_sensor
from training.stages.stage import Workshop
from training.stages.video import train_video
from training.vocabularies import asl20_signs

_PROVENANCE = (
    "asl20: course project recordings of Arizona State University CSE 572 (Kinect v2 and two Myo"
    " armbands), from a public repository"
)
_LICENCE = "no licence stated for the recordings: for research and evaluation"


def fit_asl20(
    recordings: PairedRecordings,
    out: Path,
    recipe: Recipe,
    *,
    device: torch.device,
    progress: Progress,
    resume: bool = False,
    test_signers: int = 6,
    validation_signers: int = 3,
) -> Bundle:
    """Train every part and write the bundle into `out`; checkpoints lie in `out/checkpoints`.

    With `resume`, epochs already done are not done again; the recipe must be the same. Raises
    DataError.
    """
    folder = out / "checkpoints"
    remember_recipe(folder, recipe, resume)
    words = recordings.words[recordings.words != NO_SIGN]
    split = split_signers(
        recordings.signers,
        recordings.words,
        seed=recipe.seed,
        test=test_signers,
        validation=validation_signers,
    )
    glosses = sorted(map(str, np.unique(words)))
    train, validation, test = (
        recordings.subset(np.isin(recordings.signers, side))
        for side in (split.train, split.validation, split.test)
    )

    def clips_of(part: PairedRecordings) -> PairedClips:
        return PairedClips(
            part, glosses, frames=recipe.frames, n_steps=recipe.n_steps, device=device
        )

    statistics = SensorStatistics.of(train)
    shop = Workshop(recipe, device, folder, progress, resume)
    train_clips, validation_clips = clips_of(train), clips_of(validation)
    video = train_video(shop, train_clips, validation_clips)
    sensor = SensorTraining(shop, train_clips, statistics)
    train_sensor(sensor, validation_clips)
    generator = train_generator(shop, sensor, video, train_clips, validation_clips)

    weights = {
        "video.safetensors": video,
        "generator.safetensors": generator,
        "sensor.safetensors": sensor.average,
    }
    for name, network in weights.items():
        _save_weights(out / name, network)
    card = _first_card(out, recipe, glosses, statistics, split)
    write_card(out, card)
    card = _with_fusion(out, card, validation_clips, device, progress)
    write_card(out, card)
    figures = evaluate_bundle(load_bundle(out), test, device=device, progress=progress)
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


def _first_card(
    out: Path, recipe: Recipe, glosses: list[str], statistics: SensorStatistics, split: SignerSplit
) -> BundleCard:
    files = ("video.safetensors", "generator.safetensors", "sensor.safetensors")
    sides = asdict(split)
    return BundleCard(
        format_version=FORMAT_VERSION,
        name="asl20",
        title={"en": "American signs – 20 words", "vi": "Ký hiệu Mỹ – 20 từ"},
        language="ase",
        vocabulary=asl20_signs(glosses),
        clip=ClipSpecification(
            view="pose", frames=recipe.frames, span_s=recipe.span_s, size=recipe.frame_size
        ),
        sensor=SensorSpecification(
            n_steps=recipe.n_steps,
            mean=tuple(round(float(x), 6) for x in statistics.mean),
            std=tuple(round(float(x), 6) for x in statistics.std),
        ),
        networks=Networks(
            video=NetworkFile(file=files[0], width=recipe.width),
            generator=NetworkFile(file=files[1], width=recipe.width),
            sensor=NetworkFile(file=files[2]),
        ),
        fusion=FusionSpecification(
            method="late",
            temperatures={},
            weights={"video": 1.0, "sensor_generated": 1.0, "sensor_measured": 1.0},
        ),
        rejection=Rejection(threshold=0.0),
        training=TrainingRecord(
            data=_PROVENANCE,
            licence=_LICENCE,
            protocol="whole signers: trained, validated and tested on different people; fusion and"
            " threshold from validation signers; one split, one seed",
            train_signers=sides["train"],
            validation_signers=sides["validation"],
            test_signers=sides["test"],
            recipe=recipe.model_dump(),
            metrics={},
        ),
        files={name: sha256(out / name) for name in files},
    )


def _with_fusion(
    out: Path, card: BundleCard, clips: PairedClips, device: torch.device, progress: Progress
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
