"""Accuracy of a bundle on signs that were taught by a few takes and not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress
from torch import Tensor

from engine.arrays import Floats
from engine.bundle import Bundle
from engine.prediction import Prediction, Timing
from engine.recognition.decision import Evidence, decide, likely_signs
from engine.recognition.known_signs import read_known_signs
from engine.recognition.sign_encoder import Lexicon, SegmentError, SignEncoder
from engine.recognition.taught_signs import TaughtSigns
from engine.runtime.bundle_networks import BundleNetworks, TorchLandmarkStream
from training.datasets.landmark_arrays import LandmarkArrays
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.signs.recorded_signs import RecordedSigns
from training.errors import DataError

_NO_TIME = Timing(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class TaughtFigures:
    """Of one teacher: clips of taught signs that were named rightly, most likely first (`right`)
    and as the live engine names them, which may say 'no sign' (`named`). `known_alone`: what the
    bundle names rightly of its own signs with nothing taught to it."""

    teacher: str
    same_n: int
    same_right: int
    same_named: int
    others_n: int
    others_right: int
    others_named: int
    known_n: int
    known_right: int
    known_alone: int


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What is known of every clip: `logits` `(N, classes)` and `energy` `(N,)` of the graph
    network, `vectors` `(N, D)` of the sign encoder, NaN where no hand is up."""

    bundle: Bundle
    logits: Tensor
    energy: Tensor
    vectors: Floats

    def answer(self, clip: int, taught: TaughtSigns | None) -> Prediction:
        card, vector = self.bundle.card, self.vectors[clip]
        evidence = Evidence(
            {"landmarks": self.logits[clip : clip + 1]}, energy=float(self.energy[clip])
        )
        if taught is not None and not np.isnan(vector).any():
            shares = taught.shares(vector, likely_signs(card, evidence))
            evidence = replace(evidence, taught=shares)
        return decide(card, evidence, 0.0, _NO_TIME)


def taught_figures(
    bundle: Bundle,
    landmarks: LandmarkArrays,
    recorded: RecordedSigns,
    encoder: SignEncoder,
    lexicon: Lexicon,
    *,
    takes: int,
    device: torch.device,
    progress: Progress,
    teachers: Sequence[str] = (),
) -> list[TaughtFigures]:
    """Each teacher shows `takes` takes of every sign of `landmarks` that the bundle does not know;
    measured are their other takes, everybody else's, and the signs the bundle knows (of signers it
    has not seen), all signs standing beside each other. `recorded`: the same recordings, for the
    sign encoder. Raises DataError when there is no such sign, or nobody has more takes than are
    shown."""
    card = bundle.card
    graph = BundleNetworks(bundle, device).landmarks
    if graph is None:
        raise DataError(f"{card.name}: this bundle has no landmark stream; measure another one")
    unknown = [gloss for gloss in landmarks.vocabulary if gloss not in card.glosses]
    if not unknown:
        raise DataError(f"{landmarks.dataset}: the bundle knows every sign of this set")
    seen = _seen(bundle, graph, landmarks, _vectors(encoder, recorded, landmarks.keys), progress)
    book = TaughtSigns(card.glosses, lexicon, read_known_signs(bundle, encoder.card))
    trained = {*card.training.train_signers, *card.training.validation_signers}
    known = np.isin(landmarks.glosses, card.glosses) & ~np.isin(landmarks.signers, sorted(trained))
    alone = _counted(seen, landmarks, known, None)[1]
    figures = []
    for teacher in teachers or sorted({str(name) for name in landmarks.signers}):
        shown = {gloss: _shown(seen, landmarks, teacher, gloss, takes) for gloss in unknown}
        if any(len(rows) < takes for rows in shown.values()):
            if teachers:
                raise DataError(f"{teacher}: has fewer than {takes} takes of a sign")
            continue
        book.learn({gloss: seen.vectors[rows] for gloss, rows in shown.items()})
        of_taught = np.isin(landmarks.glosses, unknown)
        of_taught[np.concatenate(list(shown.values()))] = False
        theirs = landmarks.signers == teacher
        figures.append(
            TaughtFigures(
                teacher,
                *_counted(seen, landmarks, of_taught & theirs, book),
                *_counted(seen, landmarks, of_taught & ~theirs, book),
                *_counted(seen, landmarks, known, book)[:2],
                alone,
            )
        )
    if not figures:
        raise DataError(f"{landmarks.dataset}: nobody has {takes} takes of every unknown sign")
    return figures


def _vectors(encoder: SignEncoder, recorded: RecordedSigns, keys: NDArray[np.str_]) -> Floats:
    found = {}
    for sign in recorded.signs:
        try:
            found[sign.key] = encoder.encode(sign.segment)
        except SegmentError:
            continue
    nothing = np.full(encoder.dimensions, np.nan, np.float32)
    return np.stack([found.get(str(key), nothing) for key in keys])


def _seen(
    bundle: Bundle,
    graph: TorchLandmarkStream,
    landmarks: LandmarkArrays,
    vectors: Floats,
    progress: Progress,
) -> _Seen:
    clips = LandmarkDataset(
        landmarks, (), frames=bundle.card.clip.frames, device=graph.means.device
    )
    batches = progress.track(list(clips.evaluation_batches()), description="networks")
    logits = torch.cat([graph.forward(batch.places)[0] for batch in batches])
    return _Seen(bundle, logits, graph.energy(logits), vectors)


def _shown(
    seen: _Seen, landmarks: LandmarkArrays, teacher: str, gloss: str, takes: int
) -> NDArray[np.intp]:
    """The first takes that show a hand; of others a person is told so, and takes another."""
    usable = ~np.isnan(seen.vectors).any(axis=1)
    theirs = usable & (landmarks.signers == teacher) & (landmarks.glosses == gloss)
    return np.flatnonzero(theirs)[:takes]


def _counted(
    seen: _Seen, landmarks: LandmarkArrays, chosen: NDArray[np.bool_], book: TaughtSigns | None
) -> tuple[int, int, int]:
    """Clips, those most likely what they are, and those named as that."""
    rows = np.flatnonzero(chosen)
    answers = [seen.answer(int(row), book) for row in rows]
    truth = [str(landmarks.glosses[row]) for row in rows]
    right = sum(one.top[0][0] == gloss for one, gloss in zip(answers, truth, strict=True))
    named = sum(one.sign == gloss for one, gloss in zip(answers, truth, strict=True))
    return len(rows), right, named
