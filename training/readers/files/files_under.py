"""Every file of a set, in one order, with what is wrong with it where something is.

Sets come by git-annex or DVC, from phones and from disks that were moved: a link may lead nowhere,
a folder may be closed, a name may be no text. One such file costs itself, not the set.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def files_under(root: Path) -> Iterator[tuple[Path, str]]:
    """Every visible file and why it cannot be used, or ''; a folder's own files before those of
    its folders, each by name, whatever order the disk has. Folders that cannot be looked into come
    along with the reason."""
    closed: list[OSError] = []
    for place, folders, names in os.walk(root, onerror=closed.append):
        # Hidden ones hold what a tool keeps, as git does, and no recordings.
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (Path(place) / name).is_symlink():
                yield Path(place) / name, "a link to a folder, which is not followed"
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(place) / name, fault_of(Path(place) / name)
    yield from closed_folders(closed, root)


def closed_folders(errors: list[OSError], root: Path) -> Iterator[tuple[Path, str]]:
    """Of what `os.walk` could not look into, and why; a root that is not there is for the caller to
    say."""
    for error in errors:
        if error.filename is not None and Path(error.filename) != root:
            yield Path(error.filename), "this folder cannot be opened"


def fault_of(file: Path) -> str:
    """Why a file cannot be used; '' when nothing speaks against it."""
    try:
        if not file.is_file():
            return "there is no file behind this name"
        return "" if file.stat().st_size else "the file is empty"
    except OSError:
        return "cannot be opened"


def shown(path: Path) -> Path:
    """The path as it can be printed and saved: bytes of a name that are no text become `\\xff`."""
    return Path(str(path).encode("utf-8", "backslashreplace").decode())
