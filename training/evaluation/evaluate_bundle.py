"""Accuracy, calibration and rejection of a bundle on recordings of signers it was not trained
on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress
from torch import Tensor

from engine.bundle import Bundle
from engine.recognition.late_fusion import late_fusion
from engine.runtime.bundle_networks import BundleNetworks, TensorRun
from training.datasets.batches import Batch
from training.datasets.evaluation_set import WRISTS, AnyDataset, EvaluationSet
from training.datasets.landmark_dataset import LandmarkBatch
from training.datasets.missing_wrist import without_wrists
from training.datasets.pose_imu_dataset import PoseImuBatch
from training.datasets.video_dataset import VideoBatch
from training.evaluation.landmark_logits import landmark_logits
from training.evaluation.latency import latency_ms
from training.evaluation.metrics import calibration_error, trace_r
from training.evaluation.statistics import confusion_matrix, macro_f1, per_class_accuracy
from training.splits.sign_check import need_two_signs

UNTRAINED = "untrained_signs"
"""Of a card's metrics: signs that were tested and that nobody in training shows."""

ONE_WRIST = {"sensor_left": (False, True), "sensor_right": (True, False)}
"""Streams of which one wrist is measured and the other generated: whether the left and the right
one are missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Outputs of a bundle's networks on `N` clips. `logits`: stream to `(N, classes)`, the streams
    of `ONE_WRIST` among them; `trace`, `samples` `(N, channels, n_steps)` simulated and measured,
    in g and deg/s; `live` `(N, sensors)`."""

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
    """Run every network over the batches that have something for it."""
    parts: dict[str, list[Tensor]] = {}
    others: dict[str, list[Tensor]] = {"labels": [], "trace": [], "samples": [], "live": []}
    video = networks.video
    for batch in progress.track(batches, description="networks"):
        found: dict[str, Tensor] = {}
        trace = batch.samples.new_zeros(len(batch.labels), batch.samples.shape[1], 0)
        if video is not None and getattr(batch, "drawable", True):
            outputs = video.generated(batch.video(bundle.card.clip.size))
            found.update(outputs.logits)
            trace = outputs.trace
            if batch.samples.shape[1]:
                measured = video.measured(batch.samples, outputs.video_feature)
                found["sensor_measured"] = measured["sensor_measured"]
                if "feature" in measured:
                    found["feature_measured"] = measured["feature"]
                if batch.samples.shape[1] == WRISTS:
                    for stream, gone in ONE_WRIST.items():
                        missing = torch.tensor(gone, device=trace.device).expand(len(trace), 2)
                        mixed = without_wrists(batch.samples.to(trace), missing, trace)
                        found[stream] = video.measured(mixed)["sensor_measured"]
        if networks.landmarks is not None:
            seen = landmark_logits(networks.landmarks, batch)
            if seen is not None:
                found["landmarks"] = seen
        for stream, values in found.items():
            parts.setdefault(stream, []).append(values.cpu())
        others["trace"].append(trace.cpu())
        for name in ("labels", "samples", "live"):
            others[name].append(getattr(batch, name).cpu())
    joined = {name: torch.cat(values) for name, values in others.items()}
    return Answers({stream: torch.cat(values) for stream, values in parts.items()}, **joined)


def evaluate_bundle(
    bundle: Bundle,
    evaluation_set: EvaluationSet,
    *,
    device: torch.device,
    progress: Progress,
    video_run: TensorRun | None = None,
) -> dict[str, object]:
    """Figures on all of `evaluation_set`; the caller chooses the signers. `video_run`: runs the
    video networks instead of torch.

    top-1 is over the words (a forced choice, as in the literature). A stream that the bundle does
    not have, or of which the data has nothing, is None; so are `sensor_measured`, `fused_measured`,
    and `fused_left` and `fused_right` (that wrist measured, the other generated), where no sensor
    was worn, else they are on the clips whose sensors were all live. Raises SignerChoiceError when
    no clip shows a word of the bundle, DataError when it knows one word alone.
    """
    card = bundle.card
    need_two_signs(card.name, card.glosses)
    networks = BundleNetworks(bundle, device, video_run)
    clips, signers = evaluation_set.words, evaluation_set.signers
    if not len(clips):
        raise SignerChoiceError("no recording in this data shows a word of the bundle")
    answers = answer(bundle, networks, list(clips.evaluation_batches()), progress)
    labels = answers.labels
    n_words = len(card.glosses)
    both = answers.live.all(dim=1) & evaluation_set.measured
    fused = fused_probabilities(bundle, answers, "sensor_generated")
    scores: dict[str, tuple[Tensor, Tensor] | None] = {
        stream: (answers.logits[stream], labels) if stream in answers.logits else None
        for stream in ("video", "sensor_generated", "landmarks")
    }
    scores |= {
        "sensor_measured": None,
        "fused_generated": (fused, labels),
        "fused_measured": None,
        "fused_left": None,
        "fused_right": None,
    }
    trace = {"acc": float("nan"), "gyro": float("nan")}
    if both.any():
        scores["sensor_measured"] = answers.logits["sensor_measured"][both], labels[both]
        measured = fused_probabilities(bundle, answers, "sensor_measured")
        scores["fused_measured"] = measured[both], labels[both]
        for stream in ONE_WRIST.keys() & answers.logits.keys():
            mixed = fused_probabilities(bundle, answers, stream)
            scores[stream.replace("sensor", "fused")] = mixed[both], labels[both]
        live = answers.live.numpy()
        simulated, samples = answers.trace.numpy(), answers.samples.numpy()
        acc = samples.shape[1] // 2
        trace["acc"] = trace_r(simulated[:, :acc], samples[:, :acc], live)
        trace["gyro"] = trace_r(simulated[:, acc:], samples[:, acc:], live)
    guess = fused[:, :n_words].argmax(dim=1)
    per_class = per_class_accuracy(labels, guess, n_words)
    return {
        "dataset": evaluation_set.dataset,
        "n": len(clips),
        "signers": sorted(map(str, np.unique(signers))),
        "top1": {
            name: None if pair is None else _share_right(*pair, n_words)
            for name, pair in scores.items()
        },
        "trace_r": {name: _rounded(value) for name, value in trace.items()},
        "n_measured": int(both.sum()),
        "n_left_out": evaluation_set.left_out,
        UNTRAINED: _untrained(bundle, labels),
        "per_signer": _per_signer(fused, labels, signers, n_words),
        "per_class": {
            gloss: None if value is None else round(value, 4)
            for gloss, value in zip(card.glosses, per_class, strict=True)
        },
        "macro_f1": round(macro_f1(labels, guess, n_words), 4),
        "confusion": confusion_matrix(labels, guess, n_words).tolist(),
        "ece": round(calibration_error(fused, labels), 4),
        "latency_ms": _latency(bundle, networks, clips),
        "accepted": {
            "true_signs": _accepted(bundle, answers),
            **_accepted_of_others(bundle, networks, evaluation_set, progress),
        },
    }


def _untrained(bundle: Bundle, labels: Tensor) -> list[str]:
    """Signs of these clips that nobody showed when the bundle was trained, as its card says."""
    said = bundle.card.training.metrics.get(UNTRAINED)
    here = {bundle.card.glosses[label] for label in labels.unique().tolist()}
    return sorted(here & set(said)) if isinstance(said, list) else []


def _accepted_of_others(
    bundle: Bundle, networks: BundleNetworks, evaluation_set: EvaluationSet, progress: Progress
) -> dict[str, object]:
    """Share of clips without a sign of the bundle that it accepts as one, by kind of clip."""
    others: dict[str, list[Batch]] = {"rest": list(evaluation_set.words.rest_batches())}
    if evaluation_set.nothing is not None:
        others["gestures"] = list(evaluation_set.nothing.evaluation_batches())
    if evaluation_set.unknown is not None:
        others["unknown_signs"] = list(evaluation_set.unknown.evaluation_batches())
    accepted: dict[str, object] = {}
    for name, batches in others.items():
        replies = answer(bundle, networks, batches, progress)
        accepted[name] = _accepted(bundle, replies)
        accepted[f"n_{name}"] = len(replies.labels)
    return accepted


def _latency(bundle: Bundle, networks: BundleNetworks, clips: AnyDataset) -> dict[str, float]:
    """Milliseconds a clip of the video networks (`video`) and of the landmark network
    (`landmarks`)."""
    batches: Iterator[PoseImuBatch | VideoBatch | LandmarkBatch] = clips.evaluation_batches()
    batch = next(batches)
    found = {}
    if networks.video is not None:
        found["video"] = latency_ms(
            networks.video.generated, batch.video(bundle.card.clip.size)[:1]
        )
    places = batch.places
    if networks.landmarks is not None and places is not None:
        found["landmarks"] = latency_ms(networks.landmarks.forward, places[:1])
    return found


def fused_probabilities(bundle: Bundle, answers: Answers, sensor: str) -> Tensor:
    """`(N, classes)`, as the live engine fuses; `sensor`: the generated stream, the measured one,
    or one of `ONE_WRIST`."""
    fusion = bundle.card.fusion
    given = dict(answers.logits)
    sensors = ("sensor_generated", "sensor_measured", *ONE_WRIST)
    logits = {stream: values for stream, values in given.items() if stream not in sensors}
    name = sensor
    if sensor in ONE_WRIST:
        name = "sensor_mixed" if "sensor_mixed" in fusion.weights else "sensor_measured"
    if sensor in given:
        logits[name] = given[sensor]
    if sensor == "sensor_measured" and "feature_measured" in logits:
        logits["feature"] = logits["feature_measured"]
    return late_fusion(logits, fusion.temperatures, fusion.weights)


def _accepted(bundle: Bundle, answers: Answers) -> float:
    """Share of clips that the live engine would call a sign."""
    probabilities = fused_probabilities(bundle, answers, "sensor_generated")
    words = probabilities[:, :-1].max(dim=1).values
    rejection = bundle.card.rejection
    taken = (words >= rejection.threshold) & (words > probabilities[:, -1])
    if rejection.energy is not None and "landmarks" in answers.logits:
        energy = answers.logits["landmarks"][:, : len(bundle.card.glosses)].logsumexp(dim=1)
        taken &= energy.isnan() | (energy >= rejection.energy)
    return round(float(taken.float().mean()), 4)


def _share_right(scores: Tensor, labels: Tensor, words: int) -> float | None:
    """Share of `labels` `(N,)` that `scores` `(N, >= words)` rank first; a row with NaN (the stream
    saw nothing) counts as wrong. None for N = 0."""
    if not len(labels):
        return None
    right = (scores[:, :words].argmax(dim=1) == labels) & ~scores.isnan().any(dim=1)
    return round(float(right.float().mean()), 4)


def _per_signer(
    scores: Tensor, labels: Tensor, signers: np.ndarray, words: int
) -> dict[str, float | None]:
    return {
        str(name): _share_right(scores[signers == name], labels[signers == name], words)
        for name in np.unique(signers)
    }


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 4)
