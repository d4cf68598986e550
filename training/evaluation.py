"""How good a bundle is, on recordings of people it has never seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress
from torch import Tensor

from engine.bundle import Bundle
from engine.models.fusion import late_fusion
from engine.networks import BundleNetworks
from training.clips import Batch, Clips
from training.examination import Examination
from training.film_clips import FilmClips
from training.latency import latency_ms
from training.metrics import calibration_error, trace_r
from training.paired_clips import PairedClips
from training.statistics import confusion_matrix, macro_f1, per_class_accuracy


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What the networks say of `N` clips. `logits`: stream to `(N, classes)`; `trace`, `samples`
    `(N, 12, n_steps)` simulated and measured, in g and deg/s; `live` `(N, 2)`."""

    logits: dict[str, Tensor]
    labels: Tensor
    trace: Tensor
    samples: Tensor
    live: Tensor


class SignerChoiceError(Exception):
    """Nobody to evaluate on; the message says why."""


def chosen_signers(bundle: Bundle, signers: NDArray[np.str_], wanted: str) -> NDArray[np.bool_]:
    """Which of `signers` `(N,)` to measure on: 'unseen' (neither trained nor validated on), 'all',
    or names with commas. Raises SignerChoiceError when that leaves nobody."""
    if wanted == "all":
        return np.ones(len(signers), bool)
    if wanted == "unseen":
        record = bundle.card.training
        unseen = ~np.isin(signers, sorted({*record.train_signers, *record.validation_signers}))
        if not unseen.any():
            raise SignerChoiceError(
                "every signer of this data was used in training; use --signers all to measure on"
                " them nevertheless"
            )
        return unseen
    names = [name.strip() for name in wanted.split(",")]
    missing = sorted(set(names) - set(map(str, signers)))
    if missing:
        raise SignerChoiceError(f"no recordings by {', '.join(missing)}")
    return np.isin(signers, names)


def answer(
    bundle: Bundle, networks: BundleNetworks, batches: Sequence[Batch], progress: Progress
) -> Answers:
    """Run every network over the batches."""
    parts: dict[str, list[Tensor]] = {}
    others: dict[str, list[Tensor]] = {"labels": [], "trace": [], "samples": [], "live": []}
    for batch in progress.track(batches, description="networks"):
        outputs = networks.generated(batch.film(bundle.card.clip.size))
        for stream, values in outputs.logits.items():
            parts.setdefault(stream, []).append(values.cpu())
        if batch.samples.shape[1]:
            measured = networks.measured(batch.samples, outputs.video_feature)
            parts.setdefault("sensor_measured", []).append(measured["sensor_measured"].cpu())
            if "feature" in measured:
                parts.setdefault("feature_measured", []).append(measured["feature"].cpu())
        others["trace"].append(outputs.trace.cpu())
        for name in ("labels", "samples", "live"):
            others[name].append(getattr(batch, name).cpu())
    joined = {name: torch.cat(values) for name, values in others.items()}
    return Answers({stream: torch.cat(values) for stream, values in parts.items()}, **joined)


def evaluate_bundle(
    bundle: Bundle, examination: Examination, *, device: torch.device, progress: Progress
) -> dict[str, object]:
    """Figures on all of `examination`; the caller chooses the signers.

    top-1 is over the words (a forced choice, as in the literature). `sensor_measured` and
    `fused_measured` are on the clips whose sensors were all live, None where none was worn.
    Raises SignerChoiceError when no clip shows a word of the bundle.
    """
    card = bundle.card
    networks = BundleNetworks(bundle, device)
    clips, signers = examination.words, examination.signers
    if not len(clips):
        raise SignerChoiceError("no recording in this data shows a word of the bundle")
    answers = answer(bundle, networks, list(clips.evaluation_batches()), progress)
    labels = answers.labels
    n_words = len(card.glosses)
    both = answers.live.all(dim=1) & examination.measured
    fused = _fused(bundle, answers, "sensor_generated")
    scores: dict[str, tuple[Tensor, Tensor] | None] = {
        "video": (answers.logits["video"], labels),
        "sensor_generated": (answers.logits["sensor_generated"], labels),
        "sensor_measured": None,
        "fused_generated": (fused, labels),
        "fused_measured": None,
    }
    trace = {"acc": float("nan"), "gyro": float("nan")}
    if both.any():
        scores["sensor_measured"] = answers.logits["sensor_measured"][both], labels[both]
        scores["fused_measured"] = _fused(bundle, answers, "sensor_measured")[both], labels[both]
        live = answers.live.numpy()
        simulated, measured = answers.trace.numpy(), answers.samples.numpy()
        trace["acc"] = trace_r(simulated[:, :6], measured[:, :6], live)
        trace["gyro"] = trace_r(simulated[:, 6:], measured[:, 6:], live)
    guess = fused[:, :n_words].argmax(dim=1)
    per_class = per_class_accuracy(labels, guess, n_words)
    resting = answer(bundle, networks, list(clips.rest_batches()), progress)
    accepted: dict[str, object] = {
        "true_signs": _accepted(bundle, fused),
        "rest": _accepted(bundle, _fused(bundle, resting, "sensor_generated")),
    }
    if examination.nothing is not None:
        replies = answer(bundle, networks, list(examination.nothing.evaluation_batches()), progress)
        accepted["gestures"] = _accepted(bundle, _fused(bundle, replies, "sensor_generated"))
        accepted["n_gestures"] = len(examination.nothing)
    return {
        "dataset": examination.dataset,
        "n": len(clips),
        "signers": sorted(map(str, np.unique(signers))),
        "top1": {
            name: None if pair is None else _share_right(*pair, n_words)
            for name, pair in scores.items()
        },
        "trace_r": {name: _rounded(value) for name, value in trace.items()},
        "n_measured": int(both.sum()),
        "n_left_out": examination.left_out,
        "per_signer": _per_signer(fused, labels, signers, n_words),
        "per_class": {
            gloss: None if value is None else round(value, 4)
            for gloss, value in zip(card.glosses, per_class, strict=True)
        },
        "macro_f1": round(macro_f1(labels, guess, n_words), 4),
        "confusion": confusion_matrix(labels, guess, n_words).tolist(),
        "ece": round(calibration_error(fused, labels), 4),
        "latency_ms": latency_ms(networks.generated, _one_film(clips, card.clip.size)),
        "accepted": accepted,
    }


def _one_film(clips: PairedClips | FilmClips, size: int) -> Tensor:
    same: Clips = clips
    return next(iter(same.evaluation_batches())).film(size)[:1]


def _fused(bundle: Bundle, answers: Answers, sensor: str) -> Tensor:
    fusion = bundle.card.fusion
    if fusion.method == "feature":
        key = "feature" if sensor == "sensor_generated" else "feature_measured"
        return late_fusion({"feature": answers.logits[key]}, fusion.temperatures)
    pair = {stream: answers.logits[stream] for stream in ("video", sensor)}
    return late_fusion(pair, fusion.temperatures, fusion.weights)


def _accepted(bundle: Bundle, probabilities: Tensor) -> float:
    """Share of clips that the live engine would call a sign."""
    words = probabilities[:, :-1].max(dim=1).values
    threshold = bundle.card.rejection.threshold
    return round(float(((words >= threshold) & (words > probabilities[:, -1])).float().mean()), 4)


def _share_right(scores: Tensor, labels: Tensor, words: int) -> float | None:
    if not len(labels):
        return None
    return round(float((scores[:, :words].argmax(dim=1) == labels).float().mean()), 4)


def _per_signer(
    scores: Tensor, labels: Tensor, signers: np.ndarray, words: int
) -> dict[str, float | None]:
    return {
        str(name): _share_right(scores[signers == name], labels[signers == name], words)
        for name in np.unique(signers)
    }


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 4)
