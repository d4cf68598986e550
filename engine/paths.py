"""Where the files that come with SignMirror lie."""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "assets"
BUNDLES = ASSETS / "models"
REFERENCES = ASSETS / "references"
LANDMARK_MODELS = ASSETS / "landmarks"
