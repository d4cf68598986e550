"""The options of every command that trains: recipe, device, processes, profile."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_type_hints

import torch
import typer

from engine.runtime.bundle_networks import choose_device
from training.commands.shared.options import DeviceOption, chosen_recipe, notes
from training.recipe import Recipe
from training.reports.profile_table import profile_tables, rounded
from training.trainer.distributed import DistributedSetup
from training.trainer.profiling import Profiler, Window

Command = Callable[..., None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What the command line says of a run. A field is an option of the same name: its type and
    default are the option's."""

    recipe: Annotated[str, typer.Option(help="auto, laptop, full or smoke")] = "auto"
    config: Annotated[
        Path | None, typer.Option(help="settings of the recipe in TOML: video_epochs = 40")
    ] = None
    override: Annotated[
        list[str] | None, typer.Option("--set", help="change the recipe: video_epochs=20")
    ] = None
    seed: Annotated[int | None, typer.Option(help="default: the recipe's")] = None
    device: DeviceOption = "auto"
    devices: Annotated[
        str, typer.Option(help="processes on this machine, one a card; auto: every card")
    ] = "auto"
    resume: Annotated[bool, typer.Option("--resume", help="go on where a run stopped")] = False
    init: Annotated[
        Path | None, typer.Option(help="bundle or run whose video weights to start from")
    ] = None
    profile: Annotated[
        bool,
        typer.Option(
            "--profile", help="measure training's steps: clips/s, arithmetic, waiting, memory"
        ),
    ] = False
    # Of the first step the arithmetic is counted, which makes it slow: it is always warm-up.
    profile_warm_up: Annotated[
        int, typer.Option(min=1, help="with --profile: steps of a stage before the measured ones")
    ] = 10
    profile_steps: Annotated[
        int, typer.Option(min=1, help="with --profile: steps of a stage that are measured")
    ] = 50

    def chosen_device(self) -> torch.device:
        """Raises ValueError for a device that is not known or not there."""
        return choose_device(self.device)

    def chosen_recipe(self, *, seed: int | None = None, defaults: Sequence[str] = ()) -> Recipe:
        """The recipe by name, then `--config`, then the command's own `defaults` (written as for
        `--set`), then `--set`, each over the one before. `seed` stands in for `--seed` where the
        command has none. Raises DataError naming a setting that is not known or out of range."""
        settings = [*defaults, *(self.override or [])]
        seed = self.seed if seed is None else seed
        return chosen_recipe(self.recipe, self.chosen_device(), settings, seed, self.config)

    def setup(self) -> DistributedSetup:
        return DistributedSetup(self.chosen_device(), self.devices)

    def profiler(self) -> Profiler | None:
        """None without `--profile`."""
        return Profiler(Window(self.profile_warm_up, self.profile_steps)) if self.profile else None


def with_run_options(
    *, example: str, leave_out: Collection[str] = ()
) -> Callable[[Command], Command]:
    """A command with the keyword parameter `run: RunOptions` gets one option for each of its fields
    instead. `example`: a setting for the help of `--set`. `leave_out`: fields that the command has
    no option for; they keep their defaults."""

    def decorated(command: Command) -> Command:
        offered = [option for option in _options(example) if option.name not in leave_out]
        whole = inspect.signature(command, eval_str=True)
        own = [parameter for name, parameter in whole.parameters.items() if name != "run"]

        @functools.wraps(command)
        def with_options(**given: object) -> None:
            options = {option.name: given.pop(option.name) for option in offered}
            command(**given, run=RunOptions(**options))  # type: ignore[arg-type]

        signature = whole.replace(parameters=[*own, *offered])
        with_options.__signature__ = signature  # type: ignore[attr-defined]
        return with_options

    return decorated


def _options(example: str) -> Iterator[inspect.Parameter]:
    """The fields of `RunOptions` as parameters of a function that Typer reads."""
    types = get_type_hints(RunOptions, include_extras=True)
    for field in dataclasses.fields(RunOptions):
        annotation = types[field.name]
        if field.name == "override":
            option = typer.Option("--set", help=f"change the recipe: {example}")
            annotation = Annotated[list[str] | None, option]
        yield inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=annotation,
        )


def profile_figures(profiler: Profiler | None) -> dict[str, object]:
    """What `--profile` adds to a command's result; nothing where it was not given. Prints the
    tables on stderr."""
    if profiler is None:
        return {}
    with notes.status("this machine's matrix multiplication"):
        profiles = profiler.profiles()
    for table in profile_tables(profiles):
        notes.print(table)
    return {"profile": [rounded(profile) for profile in profiles]}
