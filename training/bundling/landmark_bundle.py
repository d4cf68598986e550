"""A landmark stream becomes a bundle of its own, or part of one that has other streams."""

from __future__ import annotations

import contextlib
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
from engine.runtime.backend import RuntimeFailedError
from training.bundling.film_bundle import fitted_card, save_weights
from training.bundling.packed_bundle import add_missing
from training.datasets.dataset_protocols import LabelledClips
from training.datasets.evaluation_set import AnyClips, Examination
from training.datasets.known_sets import SETS, signs_of
from training.evaluation.evaluate_bundle import evaluate_bundle
from training.evaluation.landmark_logits import examples_of
from training.splits.signer_split import SignerSplit
from training.tasks.landmark_task import GraphMaterial
from training.trainer.trainer import Workshop

LANDMARKS, EXAMPLES = "landmarks.safetensors", "examples.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class GraphLesson:
    """`train`: what the network learnt from; `strangers`: what it learnt as 'no sign', in words;
    `validation` and `test` carry everything that the bundle's streams ask for. `base`: the bundle
    that gains the stream."""

    material: GraphMaterial
    vocabulary: tuple[str, ...]
    protocol: str
    strangers: str
    split: SignerSplit
    train: LabelledClips[Any]
    validation: AnyClips
    test: Examination
    base: Bundle | None = None


def write_graph_bundle(
    out: Path, lesson: GraphLesson, network: LandmarkNetwork, shop: Workshop
) -> Bundle:
    """Write the bundle into `out`: weights and examples; fusion, threshold and energy from
    validation signers; figures from test signers."""
    out.mkdir(parents=True, exist_ok=True)
    if lesson.base is not None:
        for name in _kept_files(lesson.base):
            _copy(lesson.base.file(name), out / name)
    save_weights(out / LANDMARKS, network.state_dict())
    save_weights(out / EXAMPLES, _examples(network, lesson, shop))
    card = _card(out, lesson, shop)
    write_card(out, card)
    write_card(out, fitted_card(load_bundle(out), lesson.validation, shop))
    bundle = load_bundle(out)
    figures = evaluate_bundle(bundle, lesson.test, device=shop.device, progress=shop.progress)
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
def _examples(network: LandmarkNetwork, lesson: GraphLesson, shop: Workshop) -> dict[str, Tensor]:
    """Of the training clips, whole and unchanged."""
    found, labels = [], []
    batches: Iterable[Any] = lesson.train.evaluation_batches()
    for batch in shop.progress.track(list(batches), description="examples"):
        found.append(network.embedding(lesson.material.view(batch))[0].float().cpu())
        labels.append(batch.labels.cpu())
    return examples_of(torch.cat(found), torch.cat(labels), len(lesson.vocabulary))


def _card(out: Path, lesson: GraphLesson, shop: Workshop) -> BundleCard:
    recipe = shop.recipe
    stream = LandmarkNetworkFile(
        file=LANDMARKS,
        width=recipe.landmark_width,
        skeleton=lesson.material.skeleton.name,
        examples=EXAMPLES,
    )
    files = {name: sha256(out / name) for name in (LANDMARKS, EXAMPLES)}
    even = FusionSpecification(method="late", temperatures={}, weights={"landmarks": 1.0})
    told = {name: value for name, value in recipe.model_dump().items() if "landmark" in name}
    begun = f"; started from {shop.init.name}" if shop.init else ""
    begun += f"; {lesson.strangers}" if lesson.strangers else ""
    if lesson.base is not None:
        card = lesson.base.card
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
                "files": {**_kept_files(lesson.base), **files},
                "training": training,
            }
        )
    facts = SETS.get(lesson.material.dataset, SETS["folder"])
    return BundleCard(
        format_version=FORMAT_VERSION,
        name=lesson.material.dataset,
        title=facts.title,
        language=facts.language,
        vocabulary=signs_of(lesson.material.dataset, lesson.vocabulary),
        clip=ClipSpecification(
            view="landmarks", frames=recipe.frames, span_s=recipe.span_s, size=0
        ),
        networks=Networks(landmarks=stream),
        fusion=even,
        rejection=Rejection(threshold=0.0),
        training=TrainingRecord(
            data=facts.data,
            licence=facts.licence,
            protocol=lesson.protocol + begun,
            train_signers=lesson.split.train,
            validation_signers=lesson.split.validation,
            test_signers=lesson.split.test,
            recipe=recipe.model_dump(),
            metrics={},
        ),
        files=files,
    )
