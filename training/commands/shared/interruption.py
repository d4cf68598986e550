"""Ctrl+C, and a disk that refuses, end every command in one plain line; what was finished stays."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from training.commands.shared.options import notes, refuse
from training.disk_faults import DISK_ERRORS, said_of
from training.errors import DataError

STATUS = 130
"""What a shell says of a program that Ctrl+C ended."""


class Interruptible(TyperGroup):
    """The commands, each of which may be interrupted."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        # Gone from the context once the command has read them.
        arguments = [*getattr(ctx, "_protected_args", ()), *ctx.args]
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read the result (`head`, a closed terminal) has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except DISK_ERRORS as error:
            raise refuse(DataError(said_of(error, arguments))) from error
        except KeyboardInterrupt:
            notes.print(f"training: {self._said(ctx)}", highlight=False, soft_wrap=True)
            raise typer.Exit(STATUS) from None

    def _said(self, ctx: typer.Context) -> str:
        command = self.commands.get(ctx.invoked_subcommand or "")
        if command is not None and any(option.name == "resume" for option in command.params):
            return "stopped; checkpoints are kept, and the same command with --resume goes on"
        return "stopped; what was finished is kept"
