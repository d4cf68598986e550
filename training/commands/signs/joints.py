"""`python -m training joints`: a stream by the sign encoder's vectors, for a landmark bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.bundle import BundleError, load_bundle
from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import EncoderError, SignEncoder
from training.bundling.signs.joints_bundle import add_joints
from training.commands.shared.options import progress_bars, refuse
from training.datasets.signs.recorded_signs import read_signs
from training.errors import DataError
from training.stages.signs.joints import JointRecipe
from training.strict_json import strict_json


def joints(
    bundle: Annotated[Path, typer.Argument(help="folder of a bundle, which is changed")],
    data: Annotated[
        Path,
        typer.Option("--data", help="landmarks of its signs: ksl13's table, what `landmarks` made"),
    ],
    others: Annotated[
        list[Path],
        typer.Option(
            "--others",
            help="landmarks of another set, once for each: the sign encoder learns from all of"
            " them, and their signs are learnt as 'no sign'",
        ),
    ],
    encoder: Annotated[
        Path, typer.Option(help="folder of the sign encoder that is live; left out: SignMirror's")
    ] = SIGN_ENCODER,
) -> None:
    """Leave each signer out once and measure, then learn the stream from everybody and write it
    into the bundle. It answers instead of the bundle's other streams, which stay for what it cannot
    see."""
    try:
        loaded = load_bundle(bundle)
        reads = SignEncoder.load(encoder)
        with progress_bars() as progress:
            own = read_signs(data, progress)
            rest = [read_signs(path, progress) for path in others]
            figures = add_joints(loaded, own, rest, reads, JointRecipe(), progress)
    except (DataError, BundleError, EncoderError, ValueError) as error:
        raise refuse(error) from error
    print(strict_json({"bundle": str(loaded.folder), **figures.summary()}))
