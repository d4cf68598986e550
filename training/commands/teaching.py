"""`python -m training teaching`: signs that a bundle was taught, and not trained on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.bundle import BundleError, load_bundle
from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import EncoderError, Lexicon, SignEncoder
from engine.runtime.bundle_networks import choose_device
from training.commands.shared.options import DeviceOption, progress_bars, refuse
from training.datasets.landmark_arrays import load_landmarks
from training.datasets.signs.recorded_signs import read_signs
from training.errors import DataError
from training.evaluation.teaching_scores import TaughtFigures, taught_figures
from training.strict_json import strict_json


def teaching(
    bundle: Annotated[str, typer.Argument(help="bundle, by name or folder")],
    data: Annotated[
        Path, typer.Option("--data", help="landmarks of a set with signs the bundle does not know")
    ],
    takes: Annotated[int, typer.Option(min=1, max=10, help="shown of each sign")] = 5,
    teachers: Annotated[str, typer.Option(help="signers, with commas; left out: each")] = "",
    encoder: Annotated[
        Path,
        typer.Option(help="folder of a sign encoder that has not learnt from these signs"),
    ] = SIGN_ENCODER,
    device: DeviceOption = "auto",
) -> None:
    """Teach a bundle the signs of a set that it does not know, by one signer after another, and
    measure how well it then names that signer's other takes and everybody else's."""
    try:
        loaded = load_bundle(bundle)
        reads, lexicon = SignEncoder.load(encoder), Lexicon.load(encoder)
        stream = loaded.card.networks.landmarks
        with progress_bars() as progress:
            landmarks = load_landmarks(
                data, stream.skeleton if stream else "hands_and_arms", progress
            )
            figures = taught_figures(
                loaded,
                landmarks,
                read_signs(data, progress),
                reads,
                lexicon,
                takes=takes,
                device=choose_device(device),
                progress=progress,
                teachers=[name.strip() for name in teachers.split(",") if name.strip()],
            )
    except (DataError, BundleError, EncoderError, ValueError) as error:
        raise refuse(error) from error
    print(
        strict_json(
            {
                "takes": takes,
                "all": _shares(figures),
                "teachers": {one.teacher: _shares([one]) for one in figures},
            },
        )
    )


def _shares(figures: list[TaughtFigures]) -> dict[str, float | None]:
    def share(right: str, n: str) -> float | None:
        total = sum(getattr(one, n) for one in figures)
        return round(sum(getattr(one, right) for one in figures) / total, 4) if total else None

    return {
        "same_signer": share("same_right", "same_n"),
        "same_signer_accepted": share("same_named", "same_n"),
        "other_signers": share("others_right", "others_n"),
        "other_signers_accepted": share("others_named", "others_n"),
        "known_signs": share("known_right", "known_n"),
        "known_signs_untaught": share("known_alone", "known_n"),
    }
