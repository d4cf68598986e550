"""Where SignMirror keeps what it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.logs import log_file
from engine.runtime.network_cache import default_cache


@dataclass(frozen=True, slots=True)
class DataFolders:
    """None of them need exist yet, nor the file."""

    settings: Path
    taught: Path
    cache: Path
    log: Path


def data_folders(settings_file: Path, taught: Path) -> DataFolders:
    """All folders of this computer's user, two of which the window knows best."""
    return DataFolders(settings_file.parent, taught, default_cache(), log_file())
