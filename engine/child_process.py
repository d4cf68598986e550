"""Processes beside the window's: how they behave, and how they are ended."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess

from engine.logs import start_child_log

_NICENESS = 5
_GRACE_S = 2.0


def stand_back() -> None:
    """Called in the process itself, first of all: window and camera go before it, and it leaves it
    to them when everything ends. What its libraries say goes to the log."""
    start_child_log()
    # Ctrl+C reaches every process of a terminal; the window decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if "fork" in multiprocessing.get_all_start_methods():
        # Nothing is started here. But locks that libraries make for processes of theirs have no
        # name then, so that none is left behind, with a warning, when this process is ended.
        multiprocessing.set_start_method("fork", force=True)
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)


@contextlib.contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started meanwhile does not hear Ctrl+C, not even before it stands back."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Python's own helper, started with the first process, would undo this.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_NUMPYS_OWN = ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the libraries that NumPy multiplies by read as they are loaded; torch reads others."""


@contextlib.contextmanager
def small_products() -> Iterator[None]:
    """A process that is started meanwhile multiplies by one thread in NumPy. Its matrices are
    small: threads that wait for each other would take the cores from the networks. Whoever runs the
    program may say otherwise."""
    set_here = [name for name in _NUMPYS_OWN if name not in os.environ]
    os.environ.update(dict.fromkeys(set_here, "1"))
    try:
        yield
    finally:
        for name in set_here:
            os.environ.pop(name, None)


def end_process(process: BaseProcess) -> None:
    """Whatever it is doing; it has two seconds to agree."""
    if process.is_alive():
        process.terminate()
        process.join(_GRACE_S)
    if process.is_alive():
        process.kill()
        process.join(_GRACE_S)
