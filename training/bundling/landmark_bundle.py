"""A landmark stream becomes a bundle of its own, or part of one that has other streams."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.atomic_write import written_whole
from engine.bundle import (
    FORMAT_VERSION,
    Bundle,
    BundleCard,
    ClipSpecification,
    FusionSpecification,
    LandmarkNetworkFile,
    Networks,
    Rejection,
    TrainingRecord,
    load_bundle,
    sha256,
    write_card,
)
from engine.models.aagcn import LandmarkNetwork
from training.bundling.video_bundle import fitted_card, save_weights
from training.datasets.clip_dataset import ClipDataset
from training.datasets.evaluation_set import AnyDataset, EvaluationSet
from training.evaluation.evaluate_bundle import evaluate_bundle
from training.evaluation.landmark_logits import examples_of
from training.splits.signer_split import SignerSplit
from training.tasks.known_sets import SETS, signs_of
from training.tasks.landmark_task import LandmarkTask
from training.trainer.trainer import Trainer

LANDMARKS, EXAMPLES = "landmarks.safetensors", "examples.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkFitTask:
    """`train`: what the network learnt from; `negative_signs`: a sentence for the card that names
    the signs of another set it learnt as 'no sign'; `validation` and `test` carry everything that
    the bundle's streams need. `base`: the bundle that gains the stream."""

    source: LandmarkTask
    vocabulary: tuple[str, ...]
    protocol: str
    negative_signs: str
    split: SignerSplit
    train: ClipDataset[Any]
    validation: AnyDataset
    test: EvaluationSet
    base: Bundle | None = None


def write_landmark_bundle(
    out: Path, task: LandmarkFitTask, network: LandmarkNetwork, trainer: Trainer
) -> Bundle:
    """Write the bundle into `out`: weights and examples; fusion, threshold and energy from
    validation signers; figures from test signers."""
    out.mkdir(parents=True, exist_ok=True)
    if task.base is not None:
        for name in task.base.card.files:
            _copy(task.base.file(name), out / name)
    save_weights(out / LANDMARKS, network.state_dict())
    save_weights(out / EXAMPLES, _examples(network, task, trainer))
    card = _card(out, task, trainer)
    write_card(out, card)
    write_card(out, fitted_card(load_bundle(out), task.validation, trainer))
    bundle = load_bundle(out)
    figures = evaluate_bundle(bundle, task.test, device=trainer.device, progress=trainer.progress)
    # How long a clip takes here says nothing of the bundle elsewhere.
    del figures["latency_ms"]
    record = bundle.card.training.model_copy(update={"metrics": figures})
    write_card(out, bundle.card.model_copy(update={"training": record}))
    return load_bundle(out)


def _copy(source: Path, target: Path) -> None:
    if source.resolve() == target.resolve():
        return
    with written_whole(target) as unfinished:
        shutil.copyfile(source, unfinished)


@torch.no_grad()
def _examples(
    network: LandmarkNetwork, task: LandmarkFitTask, trainer: Trainer
) -> dict[str, Tensor]:
    """Of the training clips, whole and unchanged."""
    found, labels = [], []
    batches: Iterable[Any] = task.train.evaluation_batches()
    for batch in trainer.progress.track(list(batches), description="examples"):
        found.append(network.embedding(task.source.view(batch))[0].float().cpu())
        labels.append(batch.labels.cpu())
    return examples_of(torch.cat(found), torch.cat(labels), len(task.vocabulary))


def _card(out: Path, task: LandmarkFitTask, trainer: Trainer) -> BundleCard:
    recipe = trainer.recipe
    stream = LandmarkNetworkFile(
        file=LANDMARKS,
        width=recipe.landmark_width,
        skeleton=task.source.skeleton.name,
        examples=EXAMPLES,
    )
    files = {name: sha256(out / name) for name in (LANDMARKS, EXAMPLES)}
    even = FusionSpecification(method="late", temperatures={}, weights={"landmarks": 1.0})
    told = {name: value for name, value in recipe.model_dump().items() if "landmark" in name}
    begun = f"; started from {trainer.init.name}" if trainer.init else ""
    begun += f"; {task.negative_signs}" if task.negative_signs else ""
    if task.base is not None:
        card = task.base.card
        training = card.training.model_copy(
            update={
                "recipe": {**card.training.recipe, **told},
                "protocol": f"{card.training.protocol}; landmark stream on the same split{begun}",
            }
        )
        weights = {**card.fusion.weights, "landmarks": 1.0}
        return card.model_copy(
            update={
                "format_version": FORMAT_VERSION,
                "networks": card.networks.model_copy(update={"landmarks": stream}),
                "fusion": card.fusion.model_copy(update={"weights": weights}),
                "files": {**card.files, **files},
                "training": training,
            }
        )
    facts = SETS.get(task.source.dataset, SETS["folder"])
    return BundleCard(
        format_version=FORMAT_VERSION,
        name=task.source.dataset,
        title=facts.title,
        language=facts.language,
        vocabulary=signs_of(task.source.dataset, task.vocabulary),
        clip=ClipSpecification(
            view="landmarks", frames=recipe.frames, span_s=recipe.span_s, size=0
        ),
        networks=Networks(landmarks=stream),
        fusion=even,
        rejection=Rejection(threshold=0.0),
        training=TrainingRecord(
            data=facts.data,
            licence=facts.licence,
            protocol=task.protocol + begun,
            train_signers=task.split.train,
            validation_signers=task.split.validation,
            test_signers=task.split.test,
            recipe=recipe.model_dump(),
            metrics={},
        ),
        files=files,
    )
