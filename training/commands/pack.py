"""`python -m training pack`: a bundle made small, and ready to answer at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import torch
import typer

from engine.bundle import Bundle, BundleError, load_bundle, write_card
from engine.runtime.backend import RuntimeFailedError
from training.bundling.packed_bundle import packed
from training.bundling.storage_choice import StorageChoice, choose_storage
from training.commands.evaluate import evaluation_set_of
from training.commands.shared.options import progress_bars, refuse
from training.errors import DataError
from training.evaluation.evaluate_bundle import SignerChoiceError
from training.strict_json import strict_json


def pack(
    bundle: Annotated[str, typer.Argument(help="bundle, by name or folder")],
    out: Annotated[
        Path | None, typer.Option(help="a new folder for it; left out: the bundle itself changes")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            help="recordings, as for `evaluate`: networks for pictures are stored in int8 where"
            " validation signers are named as well; left out: in float16",
        ),
    ] = None,
    layout: Annotated[str, typer.Option(help="of the recordings, as for `evaluate`")] = "",
    landmarks: Annotated[
        Path | None, typer.Option(help="of the same recordings, for the landmark stream")
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(help="folder that keeps the landmarks that were looked for")
    ] = None,
) -> None:
    """Store a bundle's weights in fewer bits, and give it its landmark network as OpenVINO reads
    it, where it has none yet: with it, a first start needs neither a conversion nor torch."""
    try:
        before = load_bundle(bundle)
        size = _size(before)
        chosen = None
        if data is not None and before.card.sensor is not None:
            chosen = _chosen(before, data, layout, landmarks, cache)
        after = packed(before, out, chosen.storage if chosen else "float16")
        if chosen is not None:
            after = _told(after, chosen)
    except (
        DataError,
        BundleError,
        SignerChoiceError,
        RuntimeFailedError,
        ValueError,
        OSError,
    ) as error:
        raise refuse(error) from error
    stream = after.card.networks.landmarks
    converted = stream.converted if stream is not None else None
    result: dict[str, object] = {
        "bundle": str(after.folder),
        "bytes_before": size,
        "bytes": _size(after),
        "added": sorted(after.card.files.keys() - before.card.files.keys()),
        "relative_error": converted.relative_error if converted is not None else None,
    }
    if chosen is not None:
        result |= {
            "storage": chosen.storage,
            "validation": chosen.validation,
            "unseen": chosen.unseen,
        }
    print(strict_json(result, indent=2))


def _chosen(
    bundle: Bundle, data: Path, layout: str, landmarks: Path | None, cache: Path | None
) -> StorageChoice:
    record, cpu = bundle.card.training, torch.device("cpu")
    if not record.validation_signers:
        raise DataError(f"{bundle.folder}: its card names nobody to validate on, who would decide")
    with progress_bars() as progress:
        watched, unseen = (
            evaluation_set_of(
                bundle,
                data,
                signers,
                cpu,
                progress,
                layout=layout,
                landmarks=landmarks,
                cache=cache,
            )
            for signers in (",".join(record.validation_signers), "unseen")
        )
        return choose_storage(bundle, watched, unseen, progress)


def _told(bundle: Bundle, chosen: StorageChoice) -> Bundle:
    """With what was found about storage in the card's figures."""
    training = bundle.card.training
    found = {"chosen": chosen.storage, "validation": chosen.validation, "unseen": chosen.unseen}
    record = training.model_copy(update={"metrics": {**training.metrics, "storage": found}})
    write_card(bundle.folder, bundle.card.model_copy(update={"training": record}))
    return load_bundle(bundle.folder)


def _size(bundle: Bundle) -> int:
    return sum(bundle.file(name).stat().st_size for name in bundle.card.files)
