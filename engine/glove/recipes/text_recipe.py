"""A line of text, as data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from engine.glove.recipes.base import BaseRecipe, ColumnSpecs
from engine.glove.sample import Hand

Delimiter = Literal["auto", ",", ";", "\t", " ", "|"]


class TextRecipe(BaseRecipe):
    """Exactly one of `columns`, `labels` and `keys` says where the values are.

    `delimiter` 'auto': `;`, tab, comma or blank, whichever a line holds. `prefix`: a line begins
    with it, or is none of ours. `labels`: `Ax: 0.05 Ay=-0.12`, each followed by as many values as
    it has columns; `glued`: as in `A2048B1033`. `keys`: those of a JSON object, inner ones after a
    dot; a list fills several columns. `header`: names in a first line by which it is recognised.
    """

    kind: Literal["text"] = "text"
    delimiter: Delimiter = "auto"
    prefix: str = Field(default="", max_length=64)
    columns: ColumnSpecs = ()
    labels: dict[str, ColumnSpecs] = Field(default_factory=dict)
    glued: bool = False
    keys: dict[str, ColumnSpecs] = Field(default_factory=dict)
    hand: Hand | None = None
    header: str = ""

    @model_validator(mode="after")
    def _one_form(self) -> TextRecipe:
        if sum(map(bool, (self.columns, self.labels, self.keys))) != 1:
            raise ValueError("exactly one of columns, labels and keys is needed")
        return self
