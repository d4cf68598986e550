"""What OpenVINO compiled for a quicker start, with our own digests beside it.

OpenVINO trusts whatever lies in its folder. A blob that a crash or a failing disk has altered could
compute anything, so each is compared with what it was when it was made; what differs is thrown away
and made again.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

from engine.atomic_write import written_whole
from engine.bundle import sha256

_SEALS = "digests.json"


def discard_unsound(folder: Path) -> bool:
    """Empty the folder unless every file in it is as `seal` saw it; whether it was left alone."""
    if not folder.is_dir():
        return True
    try:
        if _known(folder) == _digests(folder):
            return True
    except OSError:
        pass
    shutil.rmtree(folder, ignore_errors=True)
    return False


def names_in(folder: Path) -> set[str]:
    """What lies in it, as far as it can be seen: reading it all takes longer than to list it."""
    return {file.name for file in folder.glob("*") if not file.name.startswith(_SEALS)}


def seal(folder: Path) -> None:
    """Note what the files in it look like. A disk that does not take it costs a quicker start."""
    with contextlib.suppress(OSError):
        digests = _digests(folder)
        if not digests or digests == _known(folder):
            return
        with written_whole(folder / _SEALS) as unfinished:
            unfinished.write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


def _known(folder: Path) -> dict[str, str]:
    try:
        told = json.loads((folder / _SEALS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*"))
    return {
        file.relative_to(folder).as_posix(): sha256(file)
        for file in files
        if file.is_file() and not file.name.startswith(_SEALS)
    }
