"""What a bundle is learnt from: the clips of each side, and what its card will say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch

from engine.bundle import Sign
from training.comparison.protocols import Protocol
from training.errors import DataError
from training.examination import Examination
from training.film_clips import FilmClips
from training.paired_clips import PairedClips, SensorStatistics
from training.preparation.prepared_set import PreparedSet
from training.readers.asl20 import NO_SIGN, PairedRecordings
from training.recipe import Recipe
from training.splits import SignerSplit, split_signers
from training.vocabularies import SETS, KnownSet, signs_of

WRISTS = 12
"""Channels of two wrists' accelerometers and gyroscopes, which the window draws."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """`vocabulary` in label order; the class after the last is 'no sign'."""

    name: str
    facts: KnownSet
    vocabulary: tuple[Sign, ...]
    view: Literal["pose", "rgb"]
    protocol: str
    split: SignerSplit
    train: PairedClips | FilmClips
    validation: PairedClips | FilmClips
    test: Examination
    statistics: SensorStatistics


def asl20_lesson(
    recordings: PairedRecordings,
    recipe: Recipe,
    device: torch.device,
    *,
    test_signers: int = 6,
    validation_signers: int = 3,
) -> Lesson:
    """Motion and armbands of asl20, split by the recipe's seed. Raises DataError."""
    split = split_signers(
        recordings.signers,
        recordings.words,
        seed=recipe.seed,
        test=test_signers,
        validation=validation_signers,
    )
    glosses = sorted({str(word) for word in recordings.words} - {NO_SIGN})
    train, validation, test = (
        recordings.subset(np.isin(recordings.signers, side))
        for side in (split.train, split.validation, split.test)
    )

    def clips_of(part: PairedRecordings) -> PairedClips:
        return PairedClips(
            part, glosses, frames=recipe.frames, n_steps=recipe.n_steps, device=device
        )

    return Lesson(
        name="asl20",
        facts=SETS["asl20"],
        vocabulary=signs_of("asl20", glosses),
        view="pose",
        protocol="whole signers: trained, validated and tested on different people; fusion and"
        " threshold from validation signers; one split, one seed",
        split=split,
        train=clips_of(train),
        validation=clips_of(validation),
        test=Examination.of_recordings(
            test, glosses, frames=recipe.frames, n_steps=recipe.n_steps, device=device
        ),
        statistics=SensorStatistics.of(train),
    )


def filmed_lesson(prepared: PreparedSet, protocol: Protocol, device: torch.device) -> Lesson:
    """A prepared set of colour video, with armbands or with simulated ones.

    Raises DataError when it has no samples to learn from, or when nobody could use the bundle.
    """
    manifest = prepared.manifest
    if manifest.dataset == "utd-mhad":
        raise DataError(
            "utd-mhad: a bundle of depth film has no camera to look through; use `compare`"
        )
    if not prepared.has_imu.any():
        raise DataError(
            f"{manifest.dataset}: has no sensor samples; run `python -m training simulate` first"
        )
    if len(manifest.units) != WRISTS:
        raise DataError(
            f"{manifest.dataset}: has {len(manifest.units)} sensor channels, and a bundle needs"
            f" {WRISTS} (both wrists); prepare the set without them and run `simulate`"
        )
    sides = {
        side: prepared.subset(protocol.side(prepared, side))
        for side in ("train", "validation", "test")
    }
    for side, part in sides.items():
        if not len(part):
            raise DataError(f"{protocol.name}: no clip on the {side} side")
    glosses = prepared.vocabulary
    clips = {
        side: FilmClips(part, glosses, device=device)
        for side, part in sides.items()
        if side != "test"
    }
    simulated = (
        "; there are no sensors in this set: the sensor samples are simulated from its landmarks"
        if manifest.imu_from == "simulated"
        else ""
    )
    return Lesson(
        name=manifest.dataset,
        facts=SETS.get(manifest.dataset, SETS["folder"]),
        vocabulary=signs_of(manifest.dataset, glosses),
        view="rgb",
        protocol=f"{protocol.name}; fusion and threshold from validation signers; one seed"
        + simulated,
        split=protocol.split,
        train=clips["train"],
        validation=clips["validation"],
        test=Examination.of_film(sides["test"], glosses, device=device),
        statistics=clips["train"].statistics(),
    )
