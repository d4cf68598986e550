"""How good a bundle is, on recordings of people it has never seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from rich.progress import Progress
from torch import Tensor

from engine.bundle import Bundle
from engine.models.fusion import late_fusion
from engine.networks import BundleNetworks
from training.clips import Batch
from training.metrics import calibration_error, trace_r
from training.paired_clips import PairedClips
from training.readers.asl20 import NO_SIGN, PairedRecordings


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


def unseen_recordings(bundle: Bundle, recordings: PairedRecordings) -> PairedRecordings:
    """Recordings of signers the bundle was neither trained nor validated on."""
    record = bundle.card.training
    known = {*record.train_signers, *record.validation_signers}
    unseen = recordings.subset(~np.isin(recordings.signers, sorted(known)))
    if not len(unseen):
        raise SignerChoiceError(
            "every signer of this data was used in training; use --signers all to measure on them"
            " nevertheless"
        )
    return unseen


def make_clips(bundle: Bundle, recordings: PairedRecordings, device: torch.device) -> PairedClips:
    card = bundle.card
    return PairedClips(
        recordings,
        card.glosses,
        frames=card.clip.frames,
        n_steps=card.sensor.n_steps,
        device=device,
    )


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
        parts.setdefault("sensor_measured", []).append(networks.measured(batch.samples).cpu())
        others["trace"].append(outputs.trace.cpu())
        for name in ("labels", "samples", "live"):
            others[name].append(getattr(batch, name).cpu())
    joined = {name: torch.cat(values) for name, values in others.items()}
    return Answers({stream: torch.cat(values) for stream, values in parts.items()}, **joined)


def evaluate_bundle(
    bundle: Bundle,
    recordings: PairedRecordings,
    *,
    device: torch.device,
    progress: Progress,
    dataset: str = "asl20",
) -> dict[str, object]:
    """Figures on all of `recordings`; the caller chooses the signers.

    top-1 is over the words (a forced choice, as in the literature). `sensor_measured` and
    `fused_measured` are on the recordings whose armbands were both live. Raises SignerChoiceError
    when no recording shows a word of the bundle.
    """
    card = bundle.card
    networks = BundleNetworks(bundle, device)
    known = np.isin(recordings.words, card.glosses)
    words = recordings.subset(known)
    if not len(words):
        raise SignerChoiceError("no recording in this data shows a word of the bundle")
    clips = make_clips(bundle, words, device)
    answers = answer(bundle, networks, list(clips.evaluation_batches()), progress)
    n_words = len(card.glosses)
    both = answers.live.all(dim=1)
    fused = {
        "fused_generated": _fused(bundle, answers, "sensor_generated"),
        "fused_measured": _fused(bundle, answers, "sensor_measured")[both],
    }
    scores = {
        "video": answers.logits["video"],
        "sensor_generated": answers.logits["sensor_generated"],
        "sensor_measured": answers.logits["sensor_measured"][both],
        **fused,
    }
    live = answers.live.numpy()
    simulated, measured = answers.trace.numpy(), answers.samples.numpy()
    result: dict[str, object] = {
        "dataset": dataset,
        "n": len(words),
        "signers": sorted(map(str, np.unique(words.signers))),
        "top1": {
            name: _share_right(
                values, answers.labels[both] if "measured" in name else answers.labels, n_words
            )
            for name, values in scores.items()
        },
        "trace_r": {
            "acc": _rounded(trace_r(simulated[:, :6], measured[:, :6], live)),
            "gyro": _rounded(trace_r(simulated[:, 6:], measured[:, 6:], live)),
        },
        "n_measured": int(both.sum()),
        "per_signer": _per_signer(fused["fused_generated"], answers.labels, words.signers, n_words),
        "ece": round(calibration_error(fused["fused_generated"], answers.labels), 4),
    }
    nothing = recordings.subset(recordings.words == NO_SIGN)
    accepted: dict[str, object] = {
        "true_signs": _accepted(bundle, fused["fused_generated"]),
        "rest": _accepted(
            bundle,
            _fused(
                bundle,
                answer(bundle, networks, list(clips.rest_batches()), progress),
                "sensor_generated",
            ),
        ),
    }
    if len(nothing):
        other = make_clips(bundle, nothing, device)
        replies = answer(bundle, networks, list(other.evaluation_batches()), progress)
        accepted["gestures"] = _accepted(bundle, _fused(bundle, replies, "sensor_generated"))
        accepted["n_gestures"] = len(nothing)
    result["accepted"] = accepted
    return result


def _fused(bundle: Bundle, answers: Answers, sensor: str) -> Tensor:
    fusion = bundle.card.fusion
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
