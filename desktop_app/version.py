"""Which SignMirror this is, and under which licence."""

from __future__ import annotations

import tomllib
from importlib import metadata, resources
from pathlib import Path

_NAME = "signmirror"


def version() -> str:
    """That of the folder it is started from, or of the installed package; '' when nobody knows."""
    # The folder first: what is installed may be another SignMirror, or an older one.
    stated = _stated_here()
    if stated:
        return stated
    try:
        return metadata.version(_NAME)
    except metadata.PackageNotFoundError:
        return ""


def licence_file() -> Path | None:
    """The licence's text; None where it did not come along."""
    if _stated_here():
        file = _beside_us() / "LICENSE"
        return file if file.is_file() else None
    try:
        files = metadata.files(_NAME) or []
    except metadata.PackageNotFoundError:
        return None
    found = (Path(str(file.locate())) for file in files if file.name == "LICENSE")
    return next((file for file in found if file.is_file()), None)


def _beside_us() -> Path:
    return Path(str(resources.files("desktop_app"))).resolve().parent


def _stated_here() -> str:
    """The version in a checkout's pyproject.toml; '' where we are installed."""
    try:
        text = (_beside_us() / "pyproject.toml").read_text(encoding="utf-8")
        project = tomllib.loads(text)["project"]
        return str(project["version"]) if project["name"] == _NAME else ""
    except (OSError, ValueError, KeyError):
        return ""
