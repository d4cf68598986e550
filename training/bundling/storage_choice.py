"""Whether a bundle's networks for pictures are as good with their weights stored in int8."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import torch
from rich.progress import Progress

from engine.bundle import Bundle
from engine.models.stored_weights import Storage
from engine.runtime.backend import Choice, can_run
from training.bundling.batched_runtime import video_run
from training.bundling.packed_bundle import packed
from training.datasets.evaluation_set import EvaluationSet
from training.evaluation.evaluate_bundle import evaluate_bundle

MOST_LOST = 0.005
"""Of the top-1 of any stream, or of all fused, on validation signers."""

MOST_TRACE_LOST = 0.005
"""Of the traces' correlation with what was measured."""

_EXACT = Choice("openvino", "fp32")


@dataclass(frozen=True, slots=True)
class StorageChoice:
    """`storage`: the smallest that is as good. Figures of int8 on `validation` signers, who decide,
    and on `unseen` ones, who do not: per stream the top-1 before and after."""

    storage: Storage
    validation: dict[str, object]
    unseen: dict[str, object]


def choose_storage(
    bundle: Bundle, validation: EvaluationSet, unseen: EvaluationSet, progress: Progress
) -> StorageChoice:
    """Compare the bundle with a copy of itself stored in int8. Raises RuntimeFailedError,
    BundleError, SignerChoiceError."""
    with tempfile.TemporaryDirectory(prefix="signmirror-", ignore_cleanup_errors=True) as folder:
        small = packed(bundle, Path(folder) / bundle.card.name, "int8")
        watched = _figures(bundle, small, validation, progress)
        told = _figures(bundle, small, unseen, progress)
    return StorageChoice("int8" if as_good(watched) else "float16", watched, told)


def _figures(
    bundle: Bundle, small: Bundle, clips: EvaluationSet, progress: Progress
) -> dict[str, object]:
    before, after = (_measured(one, clips, progress) for one in (bundle, small))
    return {
        "n": before["n"],
        "top1": before["top1"],
        "top1_int8": after["top1"],
        "trace_r": before["trace_r"],
        "trace_r_int8": after["trace_r"],
    }


def _measured(bundle: Bundle, clips: EvaluationSet, progress: Progress) -> dict[str, object]:
    run = video_run(bundle, _EXACT) if can_run(_EXACT) is None else None
    cpu = torch.device("cpu")
    return evaluate_bundle(bundle, clips, device=cpu, progress=progress, video_run=run)


def as_good(figures: dict[str, object]) -> bool:
    """Whether no stream, nor all fused, loses more than is allowed, nor the traces."""
    return _lost(figures, "top1") <= MOST_LOST and _lost(figures, "trace_r") <= MOST_TRACE_LOST


def _lost(figures: dict[str, object], name: str) -> float:
    """The most that any of these figures falls."""
    before, after = figures[name], figures[f"{name}_int8"]
    assert isinstance(before, dict) and isinstance(after, dict)
    falls = [
        float(before[key]) - float(after[key]) if after[key] is not None else float("inf")
        for key in before
        if before[key] is not None
    ]
    return max(falls, default=0.0)
