"""What `taught.json` says, in a folder of taught signs and in an exported file."""

from __future__ import annotations

import json
import unicodedata
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from engine.bundle import Digest
from engine.messages import Message, PlainError

FORMAT_VERSION = 1
INDEX_NAME = "taught.json"
TAKES = "takes"
MOST_TAKES, MOST_SIGNS = 10, 1000
LONGEST_GLOSS = 60
LARGEST_INDEX = 8 * 2**20

Reason = Literal[
    "damaged",
    "newer",
    "name",
    "taken",
    "full",
    "unknown",
    "disk",
    "busy",
    "file",
    "take",
    "empty",
]
"""damaged, newer: the index; name: no usable name; taken: the name of another sign; full: no more
takes; unknown: no such sign or take; disk: cannot be written or read; busy: another process is at
work here; file: not a usable file of signs; take: a recording with nothing in it; empty: nothing to
export."""


class TaughtSignError(PlainError):
    """One plain sentence; `reason` says which kind it is, for whoever can do something about it."""

    def __init__(self, message: Message, reason: Reason = "damaged") -> None:
        super().__init__(message)
        self.reason = reason


def clean_gloss(text: str) -> str:
    """The name of a sign as it is stored: composed (NFC), single spaces, 1 to 60 characters."""
    gloss = " ".join(unicodedata.normalize("NFC", text).split())
    if not gloss:
        raise TaughtSignError(Message("teaching.no-name"), "name")
    if len(gloss) > LONGEST_GLOSS:
        raise TaughtSignError(Message("teaching.name-too-long", most=LONGEST_GLOSS), "name")
    if not gloss.isprintable():
        raise TaughtSignError(Message("teaching.name-unprintable"), "name")
    return gloss


def same_name(one: str, other: str) -> bool:
    """Whether people would take two names for the same: upper and lower case do not count."""
    return _key(one) == _key(other)


def _key(gloss: str) -> str:
    return unicodedata.normalize("NFC", " ".join(gloss.split()).casefold())


class _IndexPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TakeEntry(_IndexPart):
    """`file`: always in `takes/`, and never anywhere else."""

    file: Annotated[str, Field(pattern=r"^takes/[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\.npz$")]
    sha256: Digest
    signer: str = Field(default="", max_length=LONGEST_GLOSS)
    left_handed: bool = False


class SignEntry(_IndexPart):
    gloss: str
    created: str = Field(max_length=40)
    takes: tuple[TakeEntry, ...]

    @field_validator("gloss")
    @classmethod
    def _usable(cls, gloss: str) -> str:
        try:
            return clean_gloss(gloss)
        except TaughtSignError as error:
            raise ValueError(str(error)) from error

    def with_takes(self, takes: tuple[TakeEntry, ...]) -> SignEntry:
        return self.model_copy(update={"takes": takes})


class Index(_IndexPart):
    """Signs in the order in which they were taught."""

    format_version: int = FORMAT_VERSION
    signs: tuple[SignEntry, ...] = Field(max_length=MOST_SIGNS)

    @model_validator(mode="after")
    def _once(self) -> Index:
        if len({_key(sign.gloss) for sign in self.signs}) != len(self.signs):
            raise ValueError("a sign stands twice")
        files = [take.file for sign in self.signs for take in sign.takes]
        if len(set(files)) != len(files):
            raise ValueError("a file stands twice")
        return self

    def find(self, gloss: str) -> SignEntry | None:
        wanted = _key(gloss)
        return next((sign for sign in self.signs if _key(sign.gloss) == wanted), None)

    def with_sign(self, entry: SignEntry) -> Index:
        """The sign of that name replaced, or added as the newest."""
        if self.find(entry.gloss) is None:
            if len(self.signs) >= MOST_SIGNS:
                raise TaughtSignError(Message("teaching.full", most=MOST_SIGNS), "full")
            return Index(signs=(*self.signs, entry))
        wanted = _key(entry.gloss)
        return Index(signs=tuple(entry if _key(s.gloss) == wanted else s for s in self.signs))

    def without(self, gloss: str) -> Index:
        return Index(signs=tuple(s for s in self.signs if _key(s.gloss) != _key(gloss)))

    def renamed(self, old: str, new: str) -> Index:
        return Index(
            signs=tuple(
                s.model_copy(update={"gloss": new}) if s.gloss == old else s for s in self.signs
            )
        )


def parse_index(content: bytes, name: str) -> Index:
    """Raises TaughtSignError naming the file, `name`, that is damaged or too new."""
    try:
        found = json.loads(content.decode("utf-8"))
        version = found.get("format_version") if isinstance(found, dict) else None
        if isinstance(version, int) and version > FORMAT_VERSION:
            raise TaughtSignError(Message("teaching.list-newer", name=name), "newer")
        return Index.model_validate(found)
    except (ValueError, RecursionError, ValidationError) as error:
        raise TaughtSignError(Message("teaching.list-damaged", name=name), "damaged") from error


def index_text(index: Index) -> str:
    """Readable by people: indented, with all letters as they are."""
    return json.dumps(index.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
