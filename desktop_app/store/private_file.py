"""A file that its owner alone can read, and that is put right when it was damaged."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

_OWNER_ALONE, _FOLDER_OF_OWNER = 0o600, 0o700
_SECTION = re.compile(rb"\[[^\]\x00]+\]\s*")
_ENTRY = re.compile(rb"[A-Za-z0-9_.%\\/-]+\s*=[^\x00]*")


def make_private(file: Path, *, own_folder: bool) -> bool:
    """Create `file` if need be, and let nobody but its owner read it; with `own_folder` its folder
    too. False when nothing can be written there. (Windows keeps a person's folders private.)"""
    try:
        file.parent.mkdir(mode=_FOLDER_OF_OWNER, parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ALONE)
        os.close(handle)
        beside = file.with_name(f"{file.name}.{os.getpid()}.try")
        beside.touch(_OWNER_ALONE)
        beside.unlink()
    except OSError:
        return False
    with contextlib.suppress(OSError):
        # Not on every disk; the file can be used all the same.
        file.chmod(_OWNER_ALONE)
        if own_folder:
            file.parent.chmod(_FOLDER_OF_OWNER)
    return True


def mend_ini(file: Path) -> bool:
    """Leave out of an INI file what is none, after a crash or a full disk; True when there was
    such. What was there is kept beside it, with `.damaged` after its name."""
    try:
        content = file.read_bytes()
    except OSError:
        return False
    lines = content.splitlines()
    good = [line for line in lines if _is_ini(line)]
    if len(good) == len(lines):
        return False
    aside = file.with_name(file.name + ".damaged")
    with contextlib.suppress(OSError):
        os.replace(file, aside)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ALONE)
        with os.fdopen(handle, "wb") as mended:
            mended.write(b"\n".join(good) + b"\n")
        aside.chmod(_OWNER_ALONE)
    return True


def _is_ini(line: bytes) -> bool:
    line = line.strip()
    if not line or line[:1] in b";#":
        return True
    return bool(_SECTION.fullmatch(line) or _ENTRY.fullmatch(line))
