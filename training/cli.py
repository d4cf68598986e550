"""`python -m training …`"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.bundle import BundleError, load_bundle
from engine.networks import choose_device
from engine.references import save_reference
from training import motion_commands, set_commands
from training.command_line import DeviceOption, chosen_recipe, progress_bars, refuse
from training.errors import DataError
from training.evaluation import SignerChoiceError, evaluate_bundle, unseen_recordings
from training.fit import fit_asl20
from training.mean_motions import mean_motion
from training.readers.asl20 import NO_SIGN, read_asl20

app = typer.Typer(
    help="Train and measure SignMirror's networks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for _command in (
    set_commands.prepare,
    set_commands.compare,
    set_commands.leaks,
    motion_commands.motion,
    motion_commands.simulate,
):
    app.command()(_command)

DataOption = Annotated[
    Path,
    typer.Option(
        "--data", envvar="SIGNMIRROR_DATA", help="recordings: a file or folder in the set's layout"
    ),
]


@app.command()
def fit(
    dataset: Annotated[str, typer.Argument(help="asl20")],
    data: DataOption,
    out: Annotated[Path, typer.Option(help="folder of the new bundle and its checkpoints")],
    recipe: Annotated[str, typer.Option(help="auto, laptop, full or smoke")] = "auto",
    override: Annotated[
        list[str] | None, typer.Option("--set", help="change the recipe: video_epochs=20")
    ] = None,
    seed: int = 0,
    device: DeviceOption = "auto",
    resume: Annotated[bool, typer.Option("--resume", help="go on where a run stopped")] = False,
    test_signers: Annotated[int, typer.Option(min=1, help="signers never seen")] = 6,
    validation_signers: Annotated[int, typer.Option(min=1)] = 3,
) -> None:
    """Train sensor encoder, video network, generator with trace decoder, and fusion."""
    try:
        if dataset != "asl20":
            raise DataError(f"{dataset}: this data set is not known; there is asl20")
        where = choose_device(device)
        chosen = chosen_recipe(recipe, where, override or [], seed)
        with progress_bars() as progress:
            bundle = fit_asl20(
                read_asl20(data),
                out,
                chosen,
                device=where,
                progress=progress,
                resume=resume,
                test_signers=test_signers,
                validation_signers=validation_signers,
            )
    except (DataError, BundleError, SignerChoiceError, ValueError) as error:
        raise refuse(error) from error
    print(json.dumps({"bundle": str(bundle.folder), **bundle.card.training.metrics}))


@app.command()
def evaluate(
    bundle: Annotated[str, typer.Argument(help="bundle, by name or folder")],
    data: DataOption,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object on stdout")] = False,
    signers: Annotated[
        str, typer.Option(help="'unseen' (not in training), 'all', or names with commas")
    ] = "unseen",
    device: DeviceOption = "auto",
) -> None:
    """Measure a bundle on recordings, on signers it has not seen unless told otherwise."""
    try:
        loaded = load_bundle(bundle)
        recordings = read_asl20(data)
        if signers == "unseen":
            recordings = unseen_recordings(loaded, recordings)
        elif signers != "all":
            wanted = [name.strip() for name in signers.split(",")]
            missing = sorted(set(wanted) - set(map(str, recordings.signers)))
            if missing:
                raise DataError(f"{data}: no recordings by {', '.join(missing)}")
            recordings = recordings.subset(np.isin(recordings.signers, wanted))
        with progress_bars() as progress:
            result = evaluate_bundle(
                loaded,
                recordings,
                device=choose_device(device),
                progress=progress,
                dataset=data.stem if data.is_file() else data.resolve().name,
            )
    except (DataError, BundleError, SignerChoiceError, ValueError) as error:
        raise refuse(error) from error
    print(json.dumps(result, ensure_ascii=False) if as_json else _as_text(result))


@app.command()
def references(
    data: DataOption,
    out: Annotated[Path, typer.Option(help="folder for one motion a sign")],
) -> None:
    """Write one mean motion a sign, averaged over signers."""
    try:
        recordings = read_asl20(data)
    except DataError as error:
        raise refuse(error) from error
    words = sorted({str(word) for word in recordings.words} - {NO_SIGN})
    with progress_bars() as progress:
        for word in progress.track(words, description="mean motions"):
            save_reference(mean_motion(recordings, word), out)


def _as_text(result: dict[str, object]) -> str:
    return json.dumps(result, indent=2, ensure_ascii=False)
