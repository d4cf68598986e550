"""What a disk refuses, in one plain line: full, closed to writing, or a file where a folder is
wanted."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from safetensors import SafetensorError

DISK_ERRORS = (OSError, SafetensorError)
"""safetensors hands on what the disk said, as an error of its own."""

_WORDS = {
    errno.ENOSPC: "no space is left on this disk; make room, or use another --out",
    errno.EACCES: "may not be written or read by you; use another folder",
    errno.EPERM: "may not be written by you; use another folder",
    errno.EROFS: "may not be written; use another folder",
    errno.EEXIST: "is a file, and a folder is wanted",
    errno.ENOTDIR: "is a file, and a folder is wanted",
    errno.EISDIR: "is a folder, and a file is wanted",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the disk fails; look after its files",
}

_FULL = {errno.ENOSPC}
if hasattr(errno, "EDQUOT"):
    # Windows knows no quotas of this kind.
    _FULL.add(errno.EDQUOT)
    _WORDS[errno.EDQUOT] = "no space is left to you on this disk; make room, or use another --out"


def said_of(error: OSError | SafetensorError, arguments: Sequence[str]) -> str:
    """The line for people. It names the file that the system names, else what the command was
    told to write to."""
    if isinstance(error, SafetensorError):
        number = next((n for n in _WORDS if f"os error {n})" in str(error)), None)
        place = out_of(arguments)
    else:
        number = error.errno
        place = str(error.filename) if error.filename else out_of(arguments)
    if number in _FULL:
        # The file in hand is nothing that anybody has asked for by name.
        place = out_of(arguments) or place
    words = _WORDS.get(number) if number is not None else None
    if words is None:
        reason = error.strerror if isinstance(error, OSError) else None
        words = f"cannot be used ({reason or error})"
    return f"{place}: {words}" if place else words


def out_of(arguments: Sequence[str]) -> str:
    """What stands after `--out`, or after `--cache`; '' without either."""
    for name in ("--out", "--cache"):
        for place, argument in enumerate(arguments):
            if argument == name and place + 1 < len(arguments):
                return str(Path(arguments[place + 1]))
            if argument.startswith(f"{name}="):
                return argument.removeprefix(f"{name}=")
    return ""
