"""A training run's folder: the recipe it was told, the checkpoints, the log."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from training.errors import DataError
from training.recipe import Recipe

RECIPE, LOG = "recipe.json", "log.jsonl"


def remember_recipe(folder: Path, recipe: Recipe, resume: bool) -> None:
    """Write the recipe beside the checkpoints.

    Raises DataError when a run to resume had another one, or when there is a run and it was not
    asked to be resumed: neither may be overwritten by mistake.
    """
    file = folder / RECIPE
    if resume and file.exists() and not _same(_stored(file), recipe):
        raise DataError(
            f"{file}: the run to resume had another recipe; use the same, or another --out"
        )
    if not resume and any(folder.glob("*.safetensors")):
        raise DataError(
            f"{folder}: there is an earlier run here; --resume goes on with it, or use another"
            " --out"
        )
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(recipe.model_dump_json(indent=1), encoding="utf-8")


def _same(stored: Recipe | None, recipe: Recipe) -> bool:
    """Streams can be fused one way and another without being trained again."""
    return stored is not None and stored.model_copy(update={"fusion": recipe.fusion}) == recipe


def _stored(file: Path) -> Recipe | None:
    """What an earlier run was told; settings that came later have their defaults."""
    try:
        return Recipe.model_validate_json(file.read_text("utf-8"))
    except ValidationError:
        return None


def read_log(folder: Path) -> list[dict[str, object]]:
    """One line an epoch, in order; a line cut short by a kill is left out."""
    file = folder / LOG
    if not file.exists():
        return []
    lines = []
    for text in file.read_text("utf-8").splitlines():
        try:
            lines.append(json.loads(text))
        except ValueError:
            continue
    return lines
