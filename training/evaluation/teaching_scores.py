"""Accuracy of a bundle on signs that were taught by a few takes and not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from rich.progress import Progress
from torch import Tensor

from engine.bundle import Bundle
from engine.prediction import Timing
from engine.recognition.decision import Evidence, decide
from engine.recognition.prototypes import Prototypes
from engine.runtime.bundle_networks import BundleNetworks, TorchLandmarkStream
from training.datasets.landmark_arrays import LandmarkArrays
from training.datasets.landmark_dataset import LandmarkDataset
from training.errors import DataError

_NO_TIME = Timing(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class TaughtFigures:
    """Of one teacher: clips of taught signs that were named rightly, most likely first (`right`)
    and as the live engine names them, which may say 'no sign' (`named`)."""

    teacher: str
    same_n: int
    same_right: int
    same_named: int
    others_n: int
    others_right: int
    others_named: int
    known_n: int
    known_right: int


def taught_figures(
    bundle: Bundle,
    landmarks: LandmarkArrays,
    *,
    takes: int,
    device: torch.device,
    progress: Progress,
    teachers: Sequence[str] = (),
) -> list[TaughtFigures]:
    """Each teacher shows `takes` takes of every sign of `landmarks` that the bundle does not know;
    measured are their other takes, everybody else's, and the signs the bundle knows (of signers it
    has not seen), all signs standing beside each other. Raises DataError when there is no such
    sign, or nobody has more takes than are shown."""
    networks = BundleNetworks(bundle, device)
    graph, card = networks.landmarks, bundle.card
    if graph is None:
        raise DataError(f"{card.name}: this bundle has no landmark stream and cannot be taught")
    unknown = [gloss for gloss in landmarks.vocabulary if gloss not in card.glosses]
    if not unknown:
        raise DataError(f"{landmarks.dataset}: the bundle knows every sign of this set")
    clips = LandmarkDataset(landmarks, (), frames=card.clip.frames, device=device)
    batches = list(clips.evaluation_batches())
    tracked = progress.track(batches, description="networks")
    outputs = [graph.forward(batch.places) for batch in tracked]
    logits = torch.cat([output[0] for output in outputs])
    embedding = torch.cat([output[1] for output in outputs])
    seen = {*card.training.train_signers, *card.training.validation_signers}
    figures = []
    for teacher in teachers or sorted({str(name) for name in landmarks.signers}):
        shown = {
            gloss: np.flatnonzero((landmarks.signers == teacher) & (landmarks.glosses == gloss))[
                :takes
            ]
            for gloss in unknown
        }
        if any(len(rows) < takes for rows in shown.values()):
            if teachers:
                raise DataError(f"{teacher}: has fewer than {takes} takes of a sign")
            continue
        book = Prototypes(graph, card.glosses)
        book.learn({gloss: embedding[rows] for gloss, rows in shown.items()})
        used = np.concatenate(list(shown.values()))
        of_taught = np.isin(landmarks.glosses, unknown)
        of_taught[used] = False
        same = of_taught & (landmarks.signers == teacher)
        others = of_taught & (landmarks.signers != teacher)
        known = np.isin(landmarks.glosses, card.glosses) & ~np.isin(landmarks.signers, sorted(seen))

        def counted(chosen: np.ndarray, book: Prototypes = book) -> tuple[int, int, int]:
            rows = np.flatnonzero(chosen)
            answers = [
                _name(bundle, graph, book, logits[i : i + 1], embedding[i : i + 1]) for i in rows
            ]
            truth = [str(landmarks.glosses[i]) for i in rows]
            right = sum(best == gloss for (best, _), gloss in zip(answers, truth, strict=True))
            named = sum(sign == gloss for (_, sign), gloss in zip(answers, truth, strict=True))
            return len(rows), right, named

        figures.append(
            TaughtFigures(teacher, *counted(same), *counted(others), *counted(known)[:2])
        )
    if not figures:
        raise DataError(f"{landmarks.dataset}: nobody has {takes} takes of every unknown sign")
    return figures


def _name(
    bundle: Bundle, graph: TorchLandmarkStream, book: Prototypes, logits: Tensor, embedding: Tensor
) -> tuple[str, str | None]:
    """The most likely sign, and what the live engine would say."""
    shares = book.probabilities(embedding)[0].tolist()
    evidence = Evidence(
        {"landmarks": logits},
        energy=float(graph.energy(logits)[0]),
        taught=dict(zip(book.glosses, shares, strict=True)),
    )
    prediction = decide(bundle.card, evidence, 0.0, _NO_TIME)
    return prediction.top[0][0], prediction.sign
