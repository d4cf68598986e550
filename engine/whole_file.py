"""Files that are whole or not there: what a crash cuts short never stands under the good name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def unfinished_name(file: Path) -> Path:
    """The name beside `file` under which it is written."""
    return file.with_name(file.name + ".unfinished")


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A path to write to; it becomes `file` at the end, and stays aside when something fails."""
    unfinished = unfinished_name(file)
    yield unfinished
    os.replace(unfinished, file)
