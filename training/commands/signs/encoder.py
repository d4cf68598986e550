"""`python -m training encoder`: the sign encoder, from any sets of landmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from engine.recognition.sign_encoder import EncoderError
from training.bundling.signs.trained_encoder import train_encoder
from training.commands.shared.options import progress_bars, refuse
from training.errors import DataError
from training.stages.signs.sign_encoder import EncoderRecipe
from training.strict_json import strict_json

NO_LEXICON = "none"


def encoder(
    data: Annotated[
        list[Path],
        typer.Option(
            "--data",
            help="landmarks of a set, once for each: an archive, ksl13's table, what `landmarks`"
            " made, or taught signs",
        ),
    ],
    out: Annotated[Path, typer.Option(help="folder of the new encoder")],
    lexicon: Annotated[
        str | None,
        typer.Option(help="set whose words come along, or none; left out: that with most signs"),
    ] = None,
    measured: Annotated[
        bool,
        typer.Option("--measure/--no-measure", help="leave out each set with signers, and test"),
    ] = True,
    overrides: Annotated[
        list[str] | None, typer.Option("--set", help="a setting, as copies=12 (several allowed)")
    ] = None,
) -> None:
    """Train the sign encoder. Sets with one recording a sign say what tells signs apart; sets in
    which several signers show the same signs say what does not, and are what it is measured on,
    each left out once."""
    try:
        recipe = _recipe(overrides or [])
        with progress_bars() as progress:
            trained = train_encoder(
                data,
                out,
                recipe,
                progress,
                lexicon="" if lexicon == NO_LEXICON else lexicon,
                measured=measured,
            )
    except (DataError, EncoderError, ValueError) as error:
        raise refuse(error) from error
    written = trained.written
    print(
        strict_json(
            {
                "encoder": str(written.folder),
                "bytes": written.size,
                "words": written.words,
                **trained.metrics,
            }
        )
    )


def _recipe(overrides: list[str]) -> EncoderRecipe:
    values: dict[str, object] = {}
    for override in overrides:
        key, _, value = override.partition("=")
        # Of settings that are several numbers: one for each view.
        values[key.strip()] = value.split(",") if "," in value else value.strip()
    try:
        return EncoderRecipe.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise DataError(f"--set {where}: {first['msg']}") from error
