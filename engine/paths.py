"""Where the files that come with SignMirror lie."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def _assets() -> Path:
    """Inside the package where it was installed; beside it in a checkout."""
    package = Path(str(resources.files("engine")))
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"


ASSETS = _assets().resolve()
BUNDLES = ASSETS / "models"
SIGN_ENCODER = BUNDLES / "sign-encoder"
REFERENCES = ASSETS / "references"
LANDMARK_MODELS = ASSETS / "landmarks"
