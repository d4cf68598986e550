"""Where SignMirror keeps what it keeps."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_log_path

from engine.runtime.network_cache import default_cache

LOGS_VARIABLE = "SIGNMIRROR_LOGS"


@dataclass(frozen=True, slots=True)
class DataFolders:
    """None of them need exist yet."""

    settings: Path
    taught: Path
    cache: Path
    logs: Path


def data_folders(settings_file: Path, taught: Path) -> DataFolders:
    """All folders of this computer's user, two of which the window knows best."""
    return DataFolders(settings_file.parent, taught, default_cache(), log_folder())


def log_folder() -> Path:
    """The user's log folder, or the one that `SIGNMIRROR_LOGS` names."""
    folder = os.environ.get(LOGS_VARIABLE)
    return Path(folder) if folder else user_log_path("SignMirror", appauthor=False)
