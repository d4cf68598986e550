"""`python -m training …`"""

from __future__ import annotations

import typer

from training import (
    evaluation_command,
    graph_commands,
    landmark_commands,
    motion_commands,
    quantise_command,
    references_command,
    set_commands,
    spotting_commands,
    teaching_commands,
)
from training.fit_commands import add_fit_commands
from training.interruption import Interruptible

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
app.command()(references_command.references)
