"""`python -m training one-shot`: signs that an encoder was shown once or a few times."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.recognition.sign_encoder import EncoderError, SignEncoder
from training.commands.shared.options import notes, progress_bars, refuse
from training.datasets.signs.recorded_signs import read_signs
from training.errors import DataError
from training.evaluation.encoded_signs import EncodedSigns, encoded
from training.evaluation.one_shot import OneShotScores, looked_up, one_shot
from training.strict_json import strict_json


def one_shot_command(
    encoder: Annotated[Path, typer.Argument(help="folder of a sign encoder")],
    data: Annotated[
        Path,
        typer.Option(
            "--data",
            help="ksl13's table, an archive of landmarks, what `landmarks` made, or taught signs",
        ),
    ],
    shots: Annotated[str, typer.Option(help="takes that are shown of each sign, with commas")] = (
        "1,5"
    ),
    seeds: Annotated[int, typer.Option(min=1, help="draws of these takes, from 0 on")] = 5,
    pairs: Annotated[bool, typer.Option(help="each pair of signers too")] = False,
) -> None:
    """Show an encoder the signs of one signer, have it name another's, for every ordered pair of
    them; where signs were recorded twice, look up the second recording among all others."""
    try:
        numbers = _numbers(shots)
        loaded = SignEncoder.load(encoder)
        with progress_bars() as progress:
            recorded = read_signs(data, progress)
            signs = encoded(loaded, recorded, progress)
        known = recorded.dataset in {source.name for source in loaded.card.training.sources}
        figures = _figures(signs, numbers, seeds, pairs=pairs)
    except (DataError, EncoderError, ValueError) as error:
        raise refuse(error) from error
    if known:
        notes.print(
            f"{recorded.dataset}: this encoder has learnt from this set, so this is no test",
            highlight=False,
            soft_wrap=True,
        )
    print(
        strict_json(
            {
                "dataset": recorded.dataset,
                "learnt_from": known,
                "takes": len(signs.glosses),
                "handless": signs.handless,
                "signers": len(np.unique(signs.signers)),
                "signs": len(np.unique(signs.glosses)),
                **figures,
            }
        )
    )


def _numbers(shots: str) -> list[int]:
    try:
        numbers = [int(number) for number in shots.split(",")]
    except ValueError:
        numbers = []
    if not numbers or min(numbers) < 1:
        raise DataError(f"--shots {shots}: numbers from 1 on are needed, with commas, as 1,5")
    return numbers


def _figures(
    signs: EncodedSigns, numbers: list[int], seeds: int, *, pairs: bool
) -> dict[str, object]:
    found: dict[str, object] = {}
    if len(np.unique(signs.signers)) > 1:
        found["shots"] = {
            str(number): _rounded(
                one_shot(signs.vectors, signs.glosses, signs.signers, number, range(seeds)),
                pairs=pairs,
            )
            for number in numbers
        }
    scores = looked_up(signs.vectors, signs.glosses) if len(found) == 0 else None
    if scores is not None:
        found["looked_up"] = asdict(scores)
    if not found:
        raise DataError("several signers, or signs that were recorded twice, are needed")
    return found


def _rounded(scores: OneShotScores, *, pairs: bool) -> dict[str, object]:
    names = ("mean", "worst", "eer", "threshold")
    found: dict[str, object] = {name: round(getattr(scores, name), 4) for name in names}
    if pairs:
        found["pairs"] = {name: round(value, 4) for name, value in scores.pairs.items()}
    return found
