"""Processes beside the window's: how they behave, and how they are ended."""

from __future__ import annotations

import contextlib
import os
import signal
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
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)


def end_process(process: BaseProcess) -> None:
    """Whatever it is doing; it has two seconds to agree."""
    if process.is_alive():
        process.terminate()
        process.join(_GRACE_S)
    if process.is_alive():
        process.kill()
        process.join(_GRACE_S)
