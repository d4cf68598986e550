"""What to say when a library that only training needs is not there."""

from __future__ import annotations

from pathlib import Path

_OURS = ("engine", "training")


def missing_library(error: BaseException) -> str | None:
    """One line that names the library and the command that installs it; None when the error is no
    such thing."""
    name = error.name if isinstance(error, ModuleNotFoundError) else None
    missing = (name or "").partition(".")[0]
    if not missing or missing in _OURS:
        return None
    return f"{missing} is not installed; all that training needs is fetched by: {_command()}"


def _command() -> str:
    if (Path(__file__).resolve().parent.parent / "pyproject.toml").is_file():
        return 'python -m pip install -c .ci/constraints.txt -e ".[training]"'
    return 'python -m pip install "signmirror[training]"'
