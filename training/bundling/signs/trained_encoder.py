"""Trains a sign encoder, measures it on sets that were left out, and writes it with its card."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.progress import Progress

from engine.recognition.sign_encoder import SignEncoder
from engine.recognition.sign_encoder.card import EncoderRecord
from training.bundling.signs.encoder_folder import WrittenEncoder, write_encoder
from training.datasets.signs.hand_depth import FEWEST, HandDepth
from training.datasets.signs.recorded_signs import RecordedSigns, read_signs
from training.datasets.signs.sign_set import SignSet, sign_set
from training.errors import DataError
from training.evaluation.encoded_signs import EncodedSigns, encoded
from training.evaluation.one_shot import looked_up, one_shot
from training.stages.signs.sign_encoder import EncoderRecipe, FittedEncoder, fit_encoder
from training.tasks.sign_sources import source_of

SHOTS = (1, 2, 3, 5, 10)
"""Takes of the sign asked for that there is a threshold for."""

_PROTOCOL = (
    "one-shot across signers, over all ordered pairs of the signers (sessions) of a set that the"
    " encoder measured has not learnt from: the same encoder trained without that set; five draws"
    " of the takes that are shown. looked_up: of words recorded twice, the second recording among"
    " all of the lexicon; only first recordings were learnt from"
)
_UNMEASURED = "not measured: there was no set with several signers"
_PASSES = 0.95
"""Without such a set: of the cosines of different signs, this share is below the threshold."""


@dataclass(frozen=True, slots=True)
class TrainedEncoder:
    """What was written, and its figures by test."""

    written: WrittenEncoder
    metrics: dict[str, object]


def train_encoder(
    paths: Sequence[Path],
    out: Path,
    recipe: EncoderRecipe,
    progress: Progress,
    *,
    lexicon: str | None = None,
    measured: bool = True,
) -> TrainedEncoder:
    """From sets of landmarks; one with several signers is left out once and measured on, if
    `measured`. `lexicon`: the set whose words come along; that with most signs where none is named,
    none where it is ''. Raises DataError."""
    recorded = [read_signs(path, progress) for path in paths]
    names = [one.dataset for one in recorded]
    if twice := {name for name in names if names.count(name) > 1}:
        raise DataError(f"{min(twice)}: this set is named twice")
    sets = {one.dataset: sign_set(one) for one in recorded}
    words = _lexicon(recorded, sets, lexicon)
    depth = depth_of(sets.values())
    figures: dict[str, object] = {}
    thresholds: dict[int, list[float]] = {}
    tested = [one for one in recorded if measured and sets[one.dataset].has_signers]
    for one in tested:
        others = [held for name, held in sets.items() if name != one.dataset]
        fold = fit_encoder(others, recipe, depth_of(others), progress)
        found = {}
        for shots, (scores, threshold) in _scores(_tried(fold, one, progress)).items():
            found[f"{shots}-shot"] = scores
            thresholds.setdefault(shots, []).append(threshold)
        figures[one.dataset] = found
    fitted = fit_encoder([*sets.values()], recipe, depth, progress)
    if words is not None:
        told = _tried(fitted, words, progress)
        if (scores_twice := looked_up(told.vectors, told.glosses)) is not None:
            figures["looked_up"] = asdict(scores_twice)
    if not thresholds:
        thresholds = {1: [_unlike(fitted, recorded, progress)]}
    record = EncoderRecord(
        sources=tuple(
            source_of(name, len(np.unique(one.glosses)), several_signers=one.has_signers)
            for name, one in sets.items()
        ),
        protocol=_PROTOCOL if tested else _UNMEASURED,
        recipe=recipe.model_dump(),
        metrics=figures,
    )
    levels = {shots: round(float(np.mean(values)), 4) for shots, values in thresholds.items()}
    return TrainedEncoder(write_encoder(out, fitted, words, record, levels), figures)


def _lexicon(
    recorded: Sequence[RecordedSigns], sets: dict[str, SignSet], wanted: str | None
) -> RecordedSigns | None:
    if wanted == "":
        return None
    if wanted is None:
        able = [one for one in recorded if not sets[one.dataset].has_signers]
        return max(able, key=lambda one: len(one.signs), default=None)
    for one in recorded:
        if one.dataset == wanted:
            return one
    raise DataError(f"--lexicon {wanted}: there are {', '.join(one.dataset for one in recorded)}")


def depth_of(sets: Iterable[SignSet]) -> HandDepth | None:
    """From the sets that tell depth; hands are not turned in space where there are too few."""
    solid = [one.solid for one in sets]
    enough = sum(map(len, solid)) >= FEWEST
    return HandDepth(np.concatenate(solid)) if enough else None


def _tried(fitted: FittedEncoder, recorded: RecordedSigns, progress: Progress) -> EncodedSigns:
    """As the live engine would encode them: from files, with the errors of their few bits."""
    with tempfile.TemporaryDirectory() as folder:
        record = EncoderRecord(sources=(), protocol="", recipe={}, metrics={})
        written = write_encoder(Path(folder) / "tried", fitted, None, record, {1: 0.0})
        return encoded(SignEncoder.load(written.folder), recorded, progress)


def _scores(signs: EncodedSigns) -> dict[int, tuple[dict[str, float], float]]:
    found = {}
    for shots in SHOTS:
        scores = one_shot(signs.vectors, signs.glosses, signs.signers, shots)
        told = {name: round(getattr(scores, name), 4) for name in ("mean", "worst", "eer")}
        found[shots] = told, scores.threshold
    return found


def _unlike(fitted: FittedEncoder, recorded: Sequence[RecordedSigns], progress: Progress) -> float:
    signs = _tried(fitted, recorded[0], progress)
    similar = signs.vectors @ signs.vectors.T
    others = similar[signs.glosses[:, None] != signs.glosses[None]]
    return float(np.quantile(others, _PASSES)) if len(others) else 0.5
