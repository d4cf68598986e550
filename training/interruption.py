"""Ctrl+C ends every command in one plain line; what was finished stays."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from training.command_line import notes

STATUS = 130
"""What a shell says of a program that Ctrl+C ended."""


class Interruptible(TyperGroup):
    """The commands, each of which may be interrupted."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            notes.print(f"training: {self._said(ctx)}", highlight=False, soft_wrap=True)
            raise typer.Exit(STATUS) from None

    def _said(self, ctx: typer.Context) -> str:
        command = self.commands.get(ctx.invoked_subcommand or "")
        if command is not None and any(option.name == "resume" for option in command.params):
            return "stopped; checkpoints are kept, and the same command with --resume goes on"
        return "stopped; what was finished is kept"
