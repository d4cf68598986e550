"""`python -m training pack`: what a bundle lacks to answer at once, added to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.bundle import BundleError, load_bundle
from engine.runtime.backend import RuntimeFailedError
from training.bundling.packed_bundle import packed
from training.commands.shared.options import refuse
from training.strict_json import strict_json


def pack(
    bundle: Annotated[str, typer.Argument(help="bundle, by name or folder")],
    out: Annotated[
        Path | None, typer.Option(help="a new folder for it; left out: the bundle itself changes")
    ] = None,
) -> None:
    """Give a bundle its landmark network as OpenVINO reads it, where it has none yet: with it, a
    first start needs neither a conversion nor torch."""
    try:
        before = load_bundle(bundle)
        after = packed(before, out)
    except (BundleError, RuntimeFailedError, OSError) as error:
        raise refuse(error) from error
    landmarks = after.card.networks.landmarks
    converted = landmarks.converted if landmarks is not None else None
    print(
        strict_json(
            {
                "bundle": str(after.folder),
                "added": sorted(after.card.files.keys() - before.card.files.keys()),
                "relative_error": converted.relative_error if converted is not None else None,
            },
            indent=2,
        )
    )
