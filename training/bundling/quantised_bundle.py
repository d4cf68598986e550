"""Adds an int8 video network to a bundle: calibrated on clips of training signers, kept only if its
accuracy on validation signers is within bounds, and measured on test signers."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress

from engine.bundle import (
    FORMAT_VERSION,
    Bundle,
    BundleCard,
    QuantisedNetwork,
    load_bundle,
    sha256,
    write_card,
)
from engine.runtime.autotune import logits_of
from engine.runtime.backend import Choice, RuntimeFailedError
from engine.runtime.bundle_networks import BundleNetworks, load_self_learning_fusion
from engine.runtime.openvino.conversion import convert, save_model
from engine.runtime.openvino.openvino_run import OpenVinoRun
from engine.runtime.openvino.quantisation import quantise
from engine.runtime.parts import example_of, relative_error
from training.bundling.batched_runtime import one_by_one
from training.bundling.packed_bundle import add_missing
from training.datasets.evaluation_set import EvaluationSet
from training.errors import DataError
from training.evaluation.evaluate_bundle import evaluate_bundle

INT8 = Choice("openvino", "int8")

MOST_ERROR = 0.03
"""Of the class logits, against fp32, on validation signers."""

MOST_LOST = 0.005
"""Of the fused top-1 on validation signers."""


def calibration_clips(
    evaluation_set: EvaluationSet, size: int, count: int
) -> list[NDArray[np.float32]]:
    """`count` clips `(1, 3, T, S, S)` evenly over the set's, which are ordered by sign and
    signer; all of them where there are fewer."""
    clips = evaluation_set.words
    wanted = set(
        np.linspace(0, len(clips) - 1, min(count, len(clips))).round().astype(int).tolist()
    )
    found, first = [], 0
    for batch in clips.evaluation_batches():
        rows = [i - first for i in wanted if first <= i < first + len(batch.labels)]
        if rows:
            video = batch.video(size)[sorted(rows)].cpu()
            found += [clip[None].numpy() for clip in video]
        first += len(batch.labels)
    return found


def add_quantised(
    bundle: Bundle,
    calibration: EvaluationSet,
    validation: EvaluationSet,
    unseen: EvaluationSet,
    *,
    count: int,
    progress: Progress,
) -> dict[str, object]:
    """Give the bundle an int8 network and its card the figures on `unseen`, who decide nothing;
    they are returned, and those on `validation` too. Raises DataError when on `validation` it is
    not as good as the exact one: the bundle then stays as it was."""
    task = progress.add_task("quantising", total=None)
    clips = calibration_clips(calibration, bundle.card.clip.size, count)
    model = quantise(convert(load_self_learning_fusion(bundle), example_of(bundle, "video")), clips)
    progress.remove_task(task)
    name = f"film-int8-{secrets.token_hex(4)}"
    made = tuple(bundle.file(f"{name}{suffix}") for suffix in (".xml", ".bin"))
    kept: tuple[Path, ...] = ()
    try:
        save_model(model, made[0], half=True)
        watched = _measured(bundle, made[0], validation, progress)
        lost, error = -float(str(watched["top1_change"])), float(str(watched["relative_error"]))
        if not (lost <= MOST_LOST and error <= MOST_ERROR):
            raise DataError(
                f"{bundle.folder}: on validation signers the int8 network loses {lost:.1%} of"
                f" top-1 and its logits are {error:.1%} off; the bundle stays as it was"
            )
        figures = _measured(bundle, made[0], unseen, progress)
        # Under a name of its own: whenever this is cut short, card and files belong together.
        write_card(bundle.folder, _card(bundle, made, len(clips), figures))
        kept = made
    finally:
        for file in made:
            if file not in kept:
                file.unlink(missing_ok=True)
    _remove_old(bundle)
    loaded = load_bundle(bundle.folder)
    with contextlib.suppress(RuntimeFailedError):
        # It brings what it can; without its landmark network's, it is as good.
        add_missing(loaded)
    return {"clips": len(clips), "validation": watched, **figures}


def _remove_old(bundle: Bundle) -> None:
    """The network that it had before."""
    old = bundle.card.networks.quantised
    for name in (old.model, old.weights) if old is not None else ():
        bundle.file(name).unlink(missing_ok=True)


def _card(
    bundle: Bundle, made: tuple[Path, ...], clips: int, figures: dict[str, object]
) -> BundleCard:
    card = bundle.card
    quantised = QuantisedNetwork(
        model=made[0].name,
        weights=made[1].name,
        storage="float16",
        clips=clips,
        relative_error=round(float(str(figures["relative_error"])), 5),
        top1_change=round(float(str(figures["top1_change"])), 5),
    )
    old = card.networks.quantised
    gone = (old.model, old.weights) if old is not None else ()
    others = {name: digest for name, digest in card.files.items() if name not in gone}
    return card.model_copy(
        update={
            "format_version": FORMAT_VERSION,
            "networks": card.networks.model_copy(update={"quantised": quantised}),
            "files": {**others, **{file.name: sha256(file) for file in made}},
        }
    )


def _measured(
    bundle: Bundle, model: Path, evaluation_set: EvaluationSet, progress: Progress
) -> dict[str, object]:
    run = one_by_one(OpenVinoRun(model, "int8"))
    cpu = torch.device("cpu")
    exact = evaluate_bundle(bundle, evaluation_set, device=cpu, progress=progress)
    quick = evaluate_bundle(bundle, evaluation_set, device=cpu, progress=progress, video_run=run)
    networks = BundleNetworks(bundle, cpu).video
    assert networks is not None
    errors, same, count = [], 0, 0
    for batch in evaluation_set.words.evaluation_batches():
        clips = batch.video(bundle.card.clip.size)
        with torch.inference_mode():
            a, b = networks.network(clips), run(clips)
        errors.append((relative_error(logits_of(b, "video"), logits_of(a, "video")), len(clips)))
        same += int((a[0].argmax(1) == b[0].argmax(1)).sum())
        count += len(clips)
    return {
        "n": exact["n"],
        "top1_fp32": exact["top1"],
        "top1_int8": quick["top1"],
        "trace_r_fp32": exact["trace_r"],
        "trace_r_int8": quick["trace_r"],
        "top1_change": _top1(quick) - _top1(exact),
        "relative_error": sum(e * n for e, n in errors) / max(1, count),
        "same_label": round(same / max(1, count), 4),
    }


def _top1(figures: dict[str, object]) -> float:
    top1 = figures["top1"]
    assert isinstance(top1, dict)
    return float(top1["fused_generated"])
