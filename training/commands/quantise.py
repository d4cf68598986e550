"""`python -m training quantise`: an int8 network beside a bundle's exact ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import torch
import typer

from engine.bundle import BundleError, load_bundle
from engine.runtime.backend import RuntimeFailedError
from training.commands.evaluate import evaluation_set_of
from training.commands.shared.options import progress_bars, refuse
from training.errors import DataError
from training.evaluation.evaluate_bundle import SignerChoiceError
from training.strict_json import strict_json


def quantise(
    bundle: Annotated[str, typer.Argument(help="bundle, by name or folder; it gains the network")],
    data: Annotated[
        Path,
        typer.Option("--data", envvar="SIGNMIRROR_DATA", help="recordings, as for `evaluate`"),
    ],
    clips: Annotated[
        int, typer.Option(min=8, max=2000, help="of training signers, to calibrate with")
    ] = 200,
    layout: Annotated[str, typer.Option(help="of the recordings, as for `evaluate`")] = "",
    landmarks: Annotated[
        Path | None, typer.Option(help="of the same recordings, for the landmark stream")
    ] = None,
) -> None:
    """Make an int8 network, calibrated on training signers; keep it when validation signers are
    named as well by it. Prints what it is worth on signers never seen, who decide nothing."""
    cpu = torch.device("cpu")
    try:
        loaded = load_bundle(bundle)
        if loaded.card.sensor is None:
            raise DataError(f"{bundle}: a bundle that looks at no pictures is quick as it is")
        record = loaded.card.training
        if not record.validation_signers:
            raise DataError(f"{bundle}: its card names nobody to validate on, who would decide")
        trained, validated = ",".join(record.train_signers), ",".join(record.validation_signers)
        with progress_bars() as progress:
            unseen = evaluation_set_of(
                loaded, data, "unseen", cpu, progress, layout=layout, landmarks=landmarks
            )
            watched = evaluation_set_of(
                loaded, data, validated, cpu, progress, layout=layout, landmarks=landmarks
            )
            calibration = evaluation_set_of(
                loaded, data, trained, cpu, progress, layout=layout, video_alone=True
            )

            from training.bundling.quantised_bundle import add_quantised

            result = add_quantised(
                loaded, calibration, watched, unseen, count=clips, progress=progress
            )
    except (
        DataError,
        BundleError,
        SignerChoiceError,
        RuntimeFailedError,
        ValueError,
        OSError,
    ) as error:
        raise refuse(error) from error
    print(strict_json(result, indent=2))
