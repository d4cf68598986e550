"""Which SignMirror this is."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

_PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def version() -> str:
    """That of the installed package, or of the folder it is started from; '' when nobody knows."""
    try:
        return metadata.version("signmirror")
    except metadata.PackageNotFoundError:
        pass
    try:
        found = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    except (OSError, ValueError, KeyError):
        return ""
    return str(found)
