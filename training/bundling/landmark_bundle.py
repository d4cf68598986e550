"""Writes a landmark stream as a bundle of its own, or into a bundle that has other streams."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
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
from engine.landmarks.skeletons import Skeleton
from engine.models.aagcn import LandmarkNetwork
from engine.runtime.backend import RuntimeFailedError
from training.bundling.packed_bundle import add_missing
from training.bundling.stored_networks import STORAGE, save_network, save_weights
from training.bundling.video_bundle import fitted_card
from training.evaluation.evaluate_bundle import evaluate_bundle
from training.evaluation.landmark_logits import examples_of
from training.tasks.known_sets import SETS, signs_of
from training.tasks.training_task import TaskDatasets, TrainingTask
from training.trainer.trainer import Trainer

LANDMARKS, EXAMPLES = "landmarks.safetensors", "examples.safetensors"


def write_landmark_bundle(
    out: Path,
    task: TrainingTask[Any],
    datasets: TaskDatasets[Any],
    network: LandmarkNetwork,
    skeleton: Skeleton,
    trainer: Trainer,
    *,
    base: Bundle | None = None,
    negative_signs: str = "",
) -> Bundle:
    """Write the bundle into `out`: weights and examples; fusion, threshold and energy from
    validation signers; figures from test signers. `base`: the bundle that gains the stream.
    `negative_signs`: a sentence for the card that names the signs of another set learnt as 'no
    sign'."""
    out.mkdir(parents=True, exist_ok=True)
    if base is not None:
        for name in _kept_files(base):
            _copy(base.file(name), out / name)
    save_network(out / LANDMARKS, network)
    save_weights(out / EXAMPLES, _examples(network, task, datasets, trainer))
    card = _card(out, task, skeleton, trainer, base, negative_signs)
    write_card(out, card)
    write_card(out, fitted_card(load_bundle(out), datasets.validation, trainer))
    bundle = load_bundle(out)
    figures = evaluate_bundle(
        bundle, datasets.test, device=trainer.device, progress=trainer.progress
    )
    # How long a clip takes here says nothing of the bundle elsewhere.
    del figures["latency_ms"]
    record = bundle.card.training.model_copy(update={"metrics": figures})
    write_card(out, bundle.card.model_copy(update={"training": record}))
    with contextlib.suppress(RuntimeFailedError):
        # Where OpenVINO is missing, whoever runs the bundle first converts it.
        add_missing(load_bundle(out))
    return load_bundle(out)


def _kept_files(base: Bundle) -> dict[str, str]:
    """Without a landmark network that it had, as OpenVINO reads it: the new one is another."""
    landmarks = base.card.networks.landmarks
    old = landmarks.converted if landmarks is not None else None
    gone = (old.model, old.weights) if old is not None else ()
    return {name: digest for name, digest in base.card.files.items() if name not in gone}


def _copy(source: Path, target: Path) -> None:
    if source.resolve() == target.resolve():
        return
    with written_whole(target) as unfinished:
        shutil.copyfile(source, unfinished)


@torch.no_grad()
def _examples(
    network: LandmarkNetwork,
    task: TrainingTask[Any],
    datasets: TaskDatasets[Any],
    trainer: Trainer,
) -> dict[str, Tensor]:
    """Of the training clips, whole and unchanged."""
    found, labels = [], []
    batches: Iterable[Any] = datasets.train.evaluation_batches()
    for batch in trainer.progress.track(list(batches), description="examples"):
        found.append(network.embedding(batch.places)[0].float().cpu())
        labels.append(batch.labels.cpu())
    return examples_of(torch.cat(found), torch.cat(labels), len(task.glosses))


def _card(
    out: Path,
    task: TrainingTask[Any],
    skeleton: Skeleton,
    trainer: Trainer,
    base: Bundle | None,
    negative_signs: str,
) -> BundleCard:
    recipe = trainer.recipe
    stream = LandmarkNetworkFile(
        file=LANDMARKS,
        storage=STORAGE,
        width=recipe.landmark_width,
        skeleton=skeleton.name,
        examples=EXAMPLES,
    )
    files = {name: sha256(out / name) for name in (LANDMARKS, EXAMPLES)}
    even = FusionSpecification(method="late", temperatures={}, weights={"landmarks": 1.0})
    told = {name: value for name, value in recipe.model_dump().items() if "landmark" in name}
    begun = f"; started from {trainer.init.name}" if trainer.init else ""
    begun += f"; {negative_signs}" if negative_signs else ""
    if base is not None:
        card = base.card
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
                "files": {**_kept_files(base), **files},
                "training": training,
            }
        )
    facts = SETS.get(task.dataset, SETS["folder"])
    return BundleCard(
        format_version=FORMAT_VERSION,
        name=task.dataset,
        title=facts.title,
        language=facts.language,
        vocabulary=signs_of(task.dataset, task.glosses),
        clip=ClipSpecification(
            view="landmarks", frames=recipe.frames, span_s=recipe.span_s, size=0
        ),
        networks=Networks(landmarks=stream),
        fusion=even,
        rejection=Rejection(threshold=0.0),
        training=TrainingRecord(
            data=facts.data,
            licence=facts.licence,
            protocol=task.card_protocol + begun,
            train_signers=task.split.train,
            validation_signers=task.split.validation,
            test_signers=task.split.test,
            recipe=recipe.model_dump(),
            metrics={},
        ),
        files=files,
    )
