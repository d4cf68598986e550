"""The command line as a program: standard error carries one plain line for what goes wrong."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer

from engine.logs import tell
from engine.logs.uncaught import uncaught
from training.commands.app import app
from training.missing import missing_library


def run() -> NoReturn:
    """What the command line asks for; ends the process with its status."""
    try:
        status = app(prog_name="python -m training", standalone_mode=False)
    except typer.Abort:
        sys.exit(1)
    except Exception as error:
        sys.exit(_refused(error))
    sys.exit(status if isinstance(status, int) else 0)


def _refused(error: Exception) -> int:
    """Typer's own errors are about the command line; all others nobody has expected."""
    status, message = getattr(error, "exit_code", None), getattr(error, "format_message", None)
    if (missing := missing_library(error)) is not None:
        tell(f"training: {missing}")
        return 2
    if status is None or message is None:
        uncaught(error, "the program")
        return 1
    # Without a command there is help on standard output, and nothing to add.
    if text := " ".join(message().split()):
        tell(f"training: {text} (see --help)")
    return status
