"""`python -m training lexicon-bundle`: the lexicon's words as a vocabulary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.bundle import BundleError
from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import EncoderError, Lexicon, read_card
from training.bundling.signs.lexicon_bundle import write_lexicon_bundle
from training.commands.shared.options import refuse
from training.errors import DataError
from training.strict_json import strict_json


def lexicon_bundle(
    lessons: Annotated[Path, typer.Option(help="JSON file that sorts the words by theme")],
    out: Annotated[Path, typer.Option(help="folder of the new bundle")],
    name: Annotated[str, typer.Option(help="of the bundle")] = "vsl3161",
    language: Annotated[str, typer.Option(help="of the signs, ISO 639-3; mis: several")] = "mis",
    encoder: Annotated[
        Path, typer.Option(help="folder of a sign encoder; left out: SignMirror's")
    ] = SIGN_ENCODER,
) -> None:
    """Make a vocabulary of the words that come with a sign encoder, one example of each."""
    try:
        card, lexicon = read_card(encoder), Lexicon.load(encoder)
        made = write_lexicon_bundle(out, name, language, card, lexicon, lessons)
    except (DataError, BundleError, EncoderError) as error:
        raise refuse(error) from error
    print(strict_json({"bundle": str(made.folder), "words": len(made.card.glosses)}))
