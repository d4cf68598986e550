"""What all training commands share: progress bars, error messages, the choice of a recipe."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.logs import person_stream
from training.datasets.seen_clips import WITHOUT
from training.errors import DataError
from training.readers.files.csv_text import decoded
from training.recipe import RECIPES, Recipe
from training.trainer.distributed import leads

notes = Console(file=person_stream(), quiet=not leads())
"""Everything for people goes here; stdout is for the result alone."""

DeviceOption = Annotated[str, typer.Option(help="auto, cpu or cuda")]


def progress_bars() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=notes,
        disable=not leads(),
        # Lines for standard error go to the log, not above the bars.
        redirect_stderr=False,
    )


def name_unseen(keys: Sequence[str]) -> None:
    """A line for each clip that is left out because it has no landmarks."""
    for key in keys:
        notes.print(f"left out: {key}: {WITHOUT}", highlight=False, soft_wrap=True)


def refuse(error: Exception) -> typer.Exit:
    """One line that says what is wrong; the exit status 2."""
    text = " ".join(str(error).split())
    notes.print(f"training: {text}", style="red", highlight=False, soft_wrap=True)
    return typer.Exit(2)


def chosen_recipe(
    name: str,
    device: torch.device,
    overrides: list[str],
    seed: int | None,
    config: Path | None = None,
) -> Recipe:
    """A recipe by name, then the config file's settings, then the overrides, each over the one
    before. Raises DataError naming the setting that is not known or out of range."""
    if name == "auto":
        name = "full" if device.type == "cuda" else "laptop"
    if name not in RECIPES:
        raise DataError(f"--recipe {name}: there are auto, {', '.join(RECIPES)}")
    values: dict[str, object] = RECIPES[name].model_dump()
    if config is not None:
        values = _checked(values | _from_file(config), f"{config}: ")
    if seed is not None:
        values["seed"] = seed
    for override in overrides:
        key, _, value = override.partition("=")
        values[key.strip()] = value.strip()
    return Recipe.model_validate(_checked(values, "--set "))


def _checked(values: dict[str, object], where: str) -> dict[str, object]:
    try:
        return Recipe.model_validate(values).model_dump()
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"{where}{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _from_file(file: Path) -> dict[str, object]:
    """Settings of a recipe in TOML: `video_epochs = 40`, one a line."""
    try:
        return tomllib.loads(decoded(file.read_bytes()))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{file}: not a readable config file ({error})") from error
