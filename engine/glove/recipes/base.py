"""What all recipes have: a name, a title, and no fields that nobody reads."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from engine.glove.recipes.columns import parse_columns


def _readable(specs: tuple[str, ...]) -> tuple[str, ...]:
    parse_columns(specs)
    return specs


def _hexadecimal(text: str) -> str:
    return bytes.fromhex(text).hex()


ColumnSpecs = Annotated[tuple[str, ...], AfterValidator(_readable)]
"""As `parse_columns` reads them."""

Hex = Annotated[str, AfterValidator(_hexadecimal)]
"""Bytes as hexadecimal digits."""


class RecipePart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BaseRecipe(RecipePart):
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)
    title: str = Field(min_length=1, max_length=80)
    """What people call the device."""
    source: str = ""
    """Where its layout is told."""
