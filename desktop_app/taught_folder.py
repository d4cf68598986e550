"""Where taught signs are kept."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from desktop_app.settings import CONFIG_VARIABLE


def default_taught_folder() -> Path:
    """`taught` in the user's data folder; beside the settings where `SIGNMIRROR_CONFIG` says where
    these are."""
    folder = os.environ.get(CONFIG_VARIABLE)
    base = Path(folder) if folder else user_data_path("SignMirror", appauthor=False)
    return base / "taught"
