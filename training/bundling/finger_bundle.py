"""Trains and writes a bundle of a glove alone, which tells angles of fingers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress
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
    TrainingRecord,
    load_bundle,
    sha256,
    write_card,
)
from engine.models.inception_time import SensorEncoder
from engine.models.stored_weights import Storage, from_stored, to_stored
from training.bundling.storage_choice import MOST_LOST
from training.bundling.stored_networks import save_weights
from training.datasets.finger_dataset import FingerDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.evaluation.finger_scores import Network, accepted, finger_logits, finger_top1
from training.readers.glove_letters import FingerRecordings, parts_by_take
from training.recipe import Recipe
from training.splits.sign_check import need_two_signs
from training.splits.signer_split import SignerSplit
from training.stages.fingers import finger_statistics, train_fingers
from training.stages.fusion import best_temperature, fit_threshold
from training.tasks.known_sets import SETS, signs_of
from training.trainer.distributed import DistributedSetup, open_trainer
from training.trainer.run_folder import record_of

DATASET, NAME = "glove-letters", "vsl-letters"
SENSOR = "sensor.safetensors"

PEOPLE = "two people"
"""In the place of signers: who recorded what is not told."""

STREAM = "sensor_measured"
_RECIPE = (
    "seed",
    "n_steps",
    "span_s",
    "finger_epochs",
    "finger_no_sign_share",
    "sensor_rate",
    "batch_size",
    "label_smoothing",
    "ema_decay",
    "weight_decay",
)

LOST = 0.02
"""Share of the validation windows that the threshold may refuse."""

PROTOCOL = (
    "by take, not by person: of every sign the last fifth of its takes (another day) tested, of the"
    " others the last fifth validated on; figures are the mean over {seeds} seeds trained on the"
    " rest, threshold and temperature from validation windows; the weights were trained once more"
    " by the same schedule, on all takes"
)


@dataclass(frozen=True, slots=True, eq=False)
class _Trained:
    encoder: SensorEncoder
    statistics: SensorStatistics

    @torch.no_grad()
    def logits(self, samples: Tensor) -> Tensor:
        return self.encoder(self.statistics.normalise(samples))

    def stored(self, storage: Storage) -> _Trained:
        """As it is once it was stored so."""
        weights = from_stored(to_stored(self.encoder.state_dict(), storage))
        classifier, first = weights["classifier.weight"], weights["modules_1d.0.reduce.weight"]
        encoder = SensorEncoder(first.shape[1], len(classifier))
        encoder.load_state_dict(weights)
        return _Trained(encoder.eval(), self.statistics)


@dataclass(frozen=True, slots=True)
class _Figures:
    """Of one seed, on takes that it was not trained on."""

    temperature: float
    threshold: float
    validation: dict[str, float]
    test: dict[str, float]
    accepted: dict[str, float]


def write_finger_bundle(
    recordings: FingerRecordings,
    out: Path,
    recipe: Recipe,
    seeds: Sequence[int],
    setup: DistributedSetup,
    progress: Progress,
) -> Bundle:
    """Train with every seed on the earlier takes, measure on the later ones, then train on all and
    write the bundle into `out`. What was trained before in the same folder is not trained again.
    Raises DataError."""
    need_two_signs(DATASET, recordings.vocabulary)
    parts = parts_by_take(recordings)
    figures, storages = [], []
    for seed in seeds:
        told = recipe.model_copy(update={"seed": seed})
        folder = out / "checkpoints" / f"seed-{seed}"
        trained, sides = _train(
            recordings, [parts[side] for side in parts], folder, told, setup, progress
        )
        figures.append(_measured(trained, sides[1], sides[2], recipe.span_s))
        storages.append(_storage(trained, sides[1]))
    nobody = np.zeros(len(recordings), bool)
    told = recipe.model_copy(update={"seed": seeds[0], "patience": 0})
    final, _ = _train(
        recordings, [~nobody, nobody], out / "checkpoints" / "all", told, setup, progress
    )
    storage: Storage = "int8" if all(one == "int8" for one in storages) else "float16"
    save_weights(out / SENSOR, to_stored(final.encoder.state_dict(), storage))
    _write_card(out, recordings, final.statistics, storage, recipe, seeds, figures)
    return load_bundle(out)


def _train(
    recordings: FingerRecordings,
    rows: Sequence[NDArray[np.bool_]],
    folder: Path,
    recipe: Recipe,
    setup: DistributedSetup,
    progress: Progress,
) -> tuple[_Trained, list[FingerDataset]]:
    """`rows`: of the side that is learnt from, of the one that is watched, and others."""
    record = record_of(DATASET, "by take", SignerSplit((PEOPLE,), (), ()), None)
    with open_trainer(recipe, folder, setup, progress, record, resume=folder.exists()) as trainer:
        sides = [
            FingerDataset(
                recordings.subset(chosen),
                recordings.vocabulary,
                n_steps=recipe.n_steps,
                device=trainer.device,
            )
            for chosen in rows
        ]
        statistics = finger_statistics(sides[0])
        encoder = train_fingers(trainer, statistics, sides[0], sides[1])
        return _Trained(encoder, statistics), sides


def _measured(
    trained: _Trained, validation: FingerDataset, test: FingerDataset, span_s: float
) -> _Figures:
    logits, labels = finger_logits(trained.logits, validation.window_batches(span_s))
    between, nothing = finger_logits(trained.logits, validation.between_batches(span_s))
    temperature = best_temperature(torch.cat([logits, between]), torch.cat([labels, nothing]))
    probabilities = (logits / temperature).softmax(dim=1)
    threshold = fit_threshold(probabilities, labels, validation.no_sign, LOST)
    return _Figures(
        temperature,
        threshold,
        finger_top1(trained.logits, validation),
        finger_top1(trained.logits, test),
        accepted(trained.logits, test, span_s, temperature, threshold),
    )


def _storage(trained: _Trained, validation: FingerDataset) -> Storage:
    """int8, or float16 where it loses more of validation windows than `MOST_LOST`."""

    def shares(network: Network) -> dict[str, float]:
        return finger_top1(network, validation)

    exact, rounded = shares(trained.logits), shares(trained.stored("int8").logits)
    lost = max(exact[name] - rounded[name] for name in exact)
    return "int8" if lost <= MOST_LOST else "float16"


def _write_card(
    out: Path,
    recordings: FingerRecordings,
    statistics: SensorStatistics,
    storage: Storage,
    recipe: Recipe,
    seeds: Sequence[int],
    figures: Sequence[_Figures],
) -> None:
    facts = SETS[DATASET]
    temperature = float(np.mean([one.temperature for one in figures]))
    threshold = float(np.mean([one.threshold for one in figures]))
    card = BundleCard(
        format_version=FORMAT_VERSION,
        name=NAME,
        title=facts.title,
        language=facts.language,
        vocabulary=signs_of(DATASET, recordings.vocabulary),
        clip=ClipSpecification(view="sensor", frames=recipe.frames, span_s=recipe.span_s, size=0),
        sensor=SensorSpecification(
            n_steps=recipe.n_steps,
            mean=tuple(round(float(x), 6) for x in statistics.mean),
            std=tuple(round(float(x), 6) for x in statistics.std),
            angles=recordings.degrees.shape[2],
        ),
        networks=Networks(sensor=NetworkFile(file=SENSOR, storage=storage)),
        fusion=FusionSpecification(
            method="calibrated",
            temperatures={STREAM: round(temperature, 4)},
            weights={STREAM: 1.0},
        ),
        rejection=Rejection(threshold=round(threshold, 4)),
        training=TrainingRecord(
            data=facts.data,
            licence=facts.licence,
            protocol=PROTOCOL.format(seeds=len(seeds)),
            train_signers=(PEOPLE,),
            validation_signers=(),
            test_signers=(),
            recipe={name: getattr(recipe, name) for name in _RECIPE},
            metrics={
                "dataset": DATASET,
                "n": int(parts_by_take(recordings)["test"].sum()),
                "seeds": list(seeds),
                "top1": _over_seeds([one.test for one in figures]),
                "top1_validation": _over_seeds([one.validation for one in figures]),
                "accepted": _over_seeds([one.accepted for one in figures]),
            },
        ),
        files={SENSOR: sha256(out / SENSOR)},
    )
    write_card(out, card)


def _over_seeds(figures: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float | None]]:
    """By name: mean, deviation, the lowest and the highest of all seeds: which of these two is the
    worst depends on what is counted."""
    found: dict[str, dict[str, float | None]] = {}
    for name in figures[0]:
        values = [one[name] for one in figures]
        spread = round(float(np.std(values, ddof=1)), 4) if len(values) > 1 else None
        found[name] = {
            "mean": round(float(np.mean(values)), 4),
            "sd": spread,
            "lowest": round(min(values), 4),
            "highest": round(max(values), 4),
        }
    return found
