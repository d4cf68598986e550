"""How well a bundle of a glove alone names its signs: whole recordings, live windows, and what it
says between two signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import torch
from torch import Tensor

from engine.bundle import Bundle
from engine.recognition.sensor_stream import SensorStream
from training.datasets.finger_dataset import FingerBatch, FingerDataset
from training.evaluation.metrics import calibration_error
from training.evaluation.statistics import confusion_matrix, macro_f1, per_class_accuracy

Network = Callable[[Tensor], Tensor]
"""Angles `(B, channels, n_steps)` as `encode_angles` gives them to class logits `(B, classes)`."""

WINDOWS_S = (2.0, 3.0)


def network_of(bundle: Bundle) -> Network:
    """As it runs live, by NumPy."""
    stream = SensorStream(bundle)

    def network(samples: Tensor) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(stream.logits(samples.cpu().numpy())))

    return network


@torch.no_grad()
def finger_logits(network: Network, batches: Iterable[FingerBatch]) -> tuple[Tensor, Tensor]:
    """`(N, classes)` and the labels `(N,)`, on the CPU."""
    found, labels = [], []
    for batch in batches:
        found.append(network(batch.samples).float().cpu())
        labels.append(batch.labels.cpu())
    return torch.cat(found), torch.cat(labels)


def finger_top1(network: Network, clips: FingerDataset) -> dict[str, float]:
    """Share of whole recordings, of three windows of each (in the first the hand is only raised),
    and of its last seconds, whose sign comes first among the signs."""
    lengths = {"recordings": clips.evaluation_batches()}
    lengths |= {f"windows_{span:g}s": clips.window_batches(span) for span in WINDOWS_S}
    lengths |= {f"last_{span:g}s": clips.last_batches(span) for span in WINDOWS_S}
    shares = {}
    for name, batches in lengths.items():
        logits, labels = finger_logits(network, batches)
        shares[name] = round(float((logits[:, :-1].argmax(dim=1) == labels).float().mean()), 4)
    return shares


def accepted(
    network: Network, clips: FingerDataset, span_s: float, temperature: float, threshold: float
) -> dict[str, float]:
    """Shares that are named as a sign: of windows of a sign, of those between two, and where the
    hand rests."""
    shares = {}
    for name, batches in (
        ("true_signs", clips.window_batches(span_s)),
        ("between_signs", clips.between_batches(span_s)),
        ("rest", clips.rest_batches()),
    ):
        probabilities = (finger_logits(network, batches)[0] / temperature).softmax(dim=1)
        best = probabilities[:, :-1].max(dim=1).values
        taken = (best >= threshold) & (best > probabilities[:, -1])
        shares[name] = round(float(taken.float().mean()), 4)
    return shares


def evaluate_fingers(bundle: Bundle, clips: FingerDataset, dataset: str) -> dict[str, object]:
    """Figures on all of `clips`, whose signs are the bundle's; `accepted` of windows as long as its
    own."""
    card = bundle.card
    network, words, span_s = network_of(bundle), len(card.glosses), card.clip.span_s
    temperature = card.fusion.temperatures.get("sensor_measured", 1.0)

    logits, labels = finger_logits(network, clips.evaluation_batches())
    guess = logits[:, :words].argmax(dim=1)
    per_class = per_class_accuracy(labels, guess, words)
    return {
        "dataset": dataset,
        "n": len(clips),
        "top1": finger_top1(network, clips),
        "accepted": accepted(network, clips, span_s, temperature, card.rejection.threshold),
        "per_class": {
            gloss: None if value is None else round(value, 4)
            for gloss, value in zip(card.glosses, per_class, strict=True)
        },
        "macro_f1": round(macro_f1(labels, guess, words), 4),
        "confusion": confusion_matrix(labels, guess, words).tolist(),
        "ece": round(calibration_error((logits / temperature).softmax(dim=1), labels), 4),
    }
