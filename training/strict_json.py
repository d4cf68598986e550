"""JSON without NaN and infinity, which the standard does not have."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping


def strict_json(value: object, *, indent: int | None = None, ascii_only: bool = False) -> str:
    """`value` as JSON; NaN and infinity become null."""
    return json.dumps(_numbers(value), indent=indent, ensure_ascii=ascii_only, allow_nan=False)


def _numbers(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _numbers(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_numbers(entry) for entry in value]
    return value
