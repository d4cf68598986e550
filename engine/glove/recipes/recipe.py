"""Recipes for devices: one TOML file each, those of ours and those of people."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from engine.glove.recipes.ble_profile import BleCharacteristic, BleProfile, BleWrite, KeepAlive
from engine.glove.recipes.columns import Column, parse_columns
from engine.glove.recipes.framed_recipe import FramedRecipe, PacketLayout
from engine.glove.recipes.text_recipe import TextRecipe
from engine.messages import Message, PlainError

__all__ = [
    "BleCharacteristic",
    "BleProfile",
    "BleWrite",
    "Column",
    "FramedRecipe",
    "KeepAlive",
    "PacketLayout",
    "Recipe",
    "RecipeError",
    "TextRecipe",
    "find_recipe",
    "load_recipes",
    "parse_columns",
    "read_recipe",
]

Recipe = TextRecipe | FramedRecipe | BleProfile

_ADAPTER: TypeAdapter[Recipe] = TypeAdapter(Annotated[Recipe, Field(discriminator="kind")])
_OURS = ("text", "framed", "ble")
_LARGEST_FILE = 256 * 1024


class RecipeError(PlainError):
    """A recipe is damaged, or there is none of this name."""


def load_recipes(folders: Sequence[Path] = ()) -> tuple[Recipe, ...]:
    """Ours, in the order of their names; and before them those in `folders`, which may hold one by
    the same name as ours: it stands in for it. RecipeError names a damaged file and the field; a
    folder that is not there is empty."""
    found = {recipe.name: recipe for recipe in _ours()}
    own: dict[str, Recipe] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.toml")):
            recipe = read_recipe(file)
            own[recipe.name] = recipe
    return (*own.values(), *(r for name, r in found.items() if name not in own))


def find_recipe(name: str, folders: Sequence[Path] = ()) -> Recipe:
    """RecipeError where there is none."""
    for recipe in load_recipes(folders):
        if recipe.name == name:
            return recipe
    raise RecipeError(Message("glove.recipe-unknown", name=name[:80]))


def read_recipe(file: Path) -> Recipe:
    """RecipeError names the file and the field that is wrong."""
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise _damaged(file, "size", "too large")
        content = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise _damaged(file, "file", error.strerror or "cannot be read") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(file, "TOML", str(error)[:200]) from None
    content.setdefault("name", file.stem)
    try:
        return _ADAPTER.validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"] if part not in _OURS)
        raise _damaged(file, where or "kind", first["msg"][:200]) from None


@cache
def _ours() -> tuple[Recipe, ...]:
    here = Path(__file__).parent
    files = (file for kind in _OURS for file in (here / kind).glob("*.toml"))
    return tuple(read_recipe(file) for file in sorted(files, key=lambda file: file.stem))


def _damaged(file: Path, field: str, reason: str) -> RecipeError:
    return RecipeError(Message("glove.recipe-damaged", file=file.name, field=field, reason=reason))
