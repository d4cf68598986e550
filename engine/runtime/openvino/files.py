"""Where that lies which OpenVINO reads: in the bundle, or in the cache once it was converted."""

from __future__ import annotations

from pathlib import Path

from engine.bundle import Bundle
from engine.messages import Message
from engine.runtime.backend import Part, Precision, RuntimeFailedError, has_torch
from engine.runtime.network_cache import NetworkCache


def carried(bundle: Bundle, part: Part, precision: Precision) -> Path | None:
    """The file that the bundle itself brings, verified with it; None where it brings none."""
    networks = bundle.card.networks
    if precision == "int8":
        quantised = networks.quantised if part == "video" else None
        return bundle.file(quantised.model) if quantised is not None else None
    converted = networks.landmarks.converted if part == "landmarks" and networks.landmarks else None
    return bundle.file(converted.model) if converted is not None else None


def is_there(bundle: Bundle, part: Part, precision: Precision, cache: NetworkCache) -> bool:
    """Whether nothing has to be made first."""
    if carried(bundle, part, precision) is not None:
        return True
    return precision != "int8" and cache.has(bundle, part)


def file_of(bundle: Bundle, part: Part, precision: Precision, cache: NetworkCache) -> Path:
    """Raises RuntimeFailedError when it was damaged since it was made, there is none in int8, or
    none can be made."""
    file = carried(bundle, part, precision)
    if file is not None:
        return file
    if precision == "int8":
        raise RuntimeFailedError(Message("runtime.no-int8"))
    file = cache.converted(bundle, part)
    if not cache.has(bundle, part) and not has_torch():
        raise RuntimeFailedError(Message("runtime.no-torch"))
    if cache.has(bundle, part) and not cache.is_sound(bundle, part):
        raise RuntimeFailedError(Message("runtime.damaged", name=file))
    return file
