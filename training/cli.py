"""`python -m training …`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from engine.references import save_reference
from training import (
    evaluation_command,
    graph_commands,
    landmark_commands,
    motion_commands,
    quantise_command,
    set_commands,
    spotting_commands,
    teaching_commands,
)
from training.command_line import progress_bars, refuse
from training.errors import DataError
from training.fit_commands import add_fit_commands
from training.interruption import Interruptible
from training.mean_motions import mean_motion
from training.readers.asl20 import NO_SIGN, read_asl20

app = typer.Typer(
    cls=Interruptible,
    help="Train and measure SignMirror's networks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(set_commands.prepare)
app.command()(set_commands.leaks)
app.command()(landmark_commands.landmarks)
app.command()(landmark_commands.folds)
app.command()(graph_commands.graph)
app.command()(spotting_commands.spotting)
app.command()(teaching_commands.teaching)
app.command()(motion_commands.motion)
app.command()(motion_commands.simulate)
add_fit_commands(app)
app.command()(set_commands.compare)
app.command()(set_commands.report)
app.command()(evaluation_command.evaluate)
app.command()(quantise_command.quantise)


@app.command()
def references(
    data: Annotated[
        Path,
        typer.Option("--data", envvar="SIGNMIRROR_DATA", help="recordings in asl20's layout"),
    ],
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
