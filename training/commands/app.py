"""`python -m training …`"""

from __future__ import annotations

import typer

from training.commands import (
    datasets,
    evaluate,
    graph,
    landmarks,
    motion,
    pack,
    quantise,
    references,
    spotting,
    teaching,
)
from training.commands.fit import add_fit_commands
from training.commands.gloves.letters import letters
from training.commands.gloves.measured import measured, measured_folds
from training.commands.shared.interruption import Interruptible
from training.commands.signs.encoder import encoder
from training.commands.signs.joints import joints
from training.commands.signs.known_signs import known_signs
from training.commands.signs.lexicon_bundle import lexicon_bundle
from training.commands.signs.one_shot import one_shot_command

app = typer.Typer(
    cls=Interruptible,
    help="Train and measure SignMirror's networks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(datasets.prepare)
app.command()(datasets.leaks)
app.command()(landmarks.landmarks)
app.command()(landmarks.folds)
app.command()(graph.graph)
app.command()(spotting.spotting)
app.command()(teaching.teaching)
app.command()(encoder)
app.command("one-shot")(one_shot_command)
app.command()(joints)
app.command()(known_signs)
app.command()(lexicon_bundle)
app.command()(motion.motion)
app.command()(motion.simulate)
add_fit_commands(app)
app.command()(letters)
app.command()(measured)
app.command()(measured_folds)
app.command()(datasets.compare)
app.command()(datasets.report)
app.command()(evaluate.evaluate)
app.command()(quantise.quantise)
app.command()(pack.pack)
app.command()(references.references)
