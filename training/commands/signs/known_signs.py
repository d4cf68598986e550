"""`python -m training known-signs`: a bundle's own signs, for taught ones to be told from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.bundle import BundleError, load_bundle
from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import EncoderError, SignEncoder
from training.bundling.signs.known_signs import add_known_signs
from training.commands.shared.options import progress_bars, refuse
from training.datasets.signs.recorded_signs import read_signs
from training.errors import DataError
from training.strict_json import strict_json


def known_signs(
    bundle: Annotated[Path, typer.Argument(help="folder of a bundle, which is changed")],
    data: Annotated[
        Path,
        typer.Option("--data", help="landmarks of its signs: ksl13's table, what `landmarks` made"),
    ],
    signers: Annotated[str, typer.Option(help="whose, with commas; left out: everybody's")] = "",
    encoder: Annotated[
        Path, typer.Option(help="folder of a sign encoder; left out: SignMirror's")
    ] = SIGN_ENCODER,
) -> None:
    """Write what the sign encoder makes of a bundle's own signs into the bundle: signs that are
    taught to it stand beside these."""
    try:
        loaded = load_bundle(bundle)
        reads = SignEncoder.load(encoder)
        with progress_bars() as progress:
            recorded = read_signs(data, progress)
        chosen = [name.strip() for name in signers.split(",") if name.strip()]
        made = add_known_signs(loaded, recorded, reads, chosen)
    except (DataError, BundleError, EncoderError) as error:
        raise refuse(error) from error
    print(strict_json({"bundle": str(made.folder), "signs": len(made.card.glosses)}))
