"""Files made of clips: their names, what they were made from, and the processes that make them."""

from __future__ import annotations

import hashlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import TypeVar

from engine.bundle import sha256
from engine.logs import start_child_log
from training.readers.files.listing import Clip

Made = TypeVar("Made")

NOBODY = "nobody is seen in this clip"
"""Why a clip is left out of everything that is made for recognising signers."""


def file_name(key: str) -> str:
    """A file name of ASCII letters, digits, `-` and `_`, unique for each key."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in key)
    return f"{plain[:80]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def source_mark(*files: Path | None) -> str:
    """Names and hashes of these files in one line, which changes when one of them does."""
    return " ".join(f"{file.name}:{sha256(file)[:16]}" for file in files if file is not None)


def made_in_processes(
    make: Callable[[Clip], Made],
    clips: Sequence[Clip],
    count: int,
    start: Callable[..., None],
    *told: object,
) -> Iterator[tuple[Clip, Made]]:
    """Each clip with what `make` made of it, in the order in which they are done. `start(*told)` is
    called once in each of the `count` processes."""
    # Not a fork: the caller has threads, and their locks would be copied.
    context = multiprocessing.get_context("spawn")
    begin = partial(_begin, start, *told)
    try:
        with ProcessPoolExecutor(count, mp_context=context, initializer=begin) as pool:
            jobs = {pool.submit(make, clip): clip for clip in clips}
            try:
                for job in as_completed(jobs):
                    yield jobs[job], job.result()
            except BaseException:
                # Ctrl+C: what has been made stays, what has not begun does not begin.
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except RuntimeError as error:
        # Ctrl+C while the pool's own thread begins: ending the pool then fails, and hides it.
        if isinstance(error.__context__, KeyboardInterrupt):
            raise error.__context__ from None
        raise


def _begin(start: Callable[..., None], *told: object) -> None:
    start_child_log()
    # In a terminal Ctrl+C reaches these processes too; the one that started them ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start(*told)
