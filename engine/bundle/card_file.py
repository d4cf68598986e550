"""Cards on disk: JSON that says what lies beside it, of a format that this program reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from engine.atomic_write import written_whole
from engine.messages import Message, PlainError

Card = TypeVar("Card", bound=BaseModel)


def read_card_file(
    file: Path, kind: type[Card], newest: int, refusal: type[PlainError], missing: str
) -> Card:
    """A card of this `kind` and of no format beyond `newest`. Raises `refusal` with one line that
    names the file; `missing`: the code of what is said where there is none."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise refusal(Message(missing, file=file)) from error
    except ValueError as error:
        raise refusal(Message("bundle.card-damaged", file=file)) from error
    version = content.get("format_version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > newest:
        raise refusal(Message("bundle.newer", file=file, version=version, known=newest))
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "card"
        reason = f"{where}: {first['msg']}"
        raise refusal(Message("bundle.card-invalid", file=file, reason=reason)) from error


def write_card_file(file: Path, card: BaseModel) -> None:
    """Readable by people: indented, in UTF-8; whole or not there."""
    text = json.dumps(card.model_dump(mode="json"), indent=2, ensure_ascii=False)
    with written_whole(file) as unfinished:
        unfinished.write_text(text + "\n", encoding="utf-8")
