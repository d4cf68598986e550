"""Errors that nobody has caught: a traceback for the log, and one sentence for the person."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from engine.logs.folder import log_file
from engine.messages import Message

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_OURS = ("engine", "training", "desktop_app", "__main__")

_log = logging.getLogger("signmirror")
_inform: Callable[[Message], None] | None = None
_informed = False


def on_uncaught(inform: Callable[[Message], None] | None) -> None:
    """From now on `inform` gets the sentence, in whatever thread the error was; None: nobody. It
    gets one, however many errors follow."""
    global _inform, _informed
    _inform, _informed = inform, False


def watch_for_uncaught() -> None:
    """In this process: of its program, its threads, Qt's slots, and what Python cannot raise."""
    sys.excepthook = _of_program
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = _unraisable


def uncaught(error: BaseException, where: str) -> None:
    """Write it down and say so."""
    _log.error("uncaught in %s", where, exc_info=error)
    _tell_once(error)


def uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
    """A `threading.excepthook`."""
    if failed.exc_value is None or isinstance(failed.exc_value, SystemExit):
        return
    name = failed.thread.name if failed.thread is not None else "that has ended"
    uncaught(failed.exc_value, f"thread {name}")


def _of_program(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    # Whoever presses Ctrl+C knows what has happened.
    if not isinstance(error, KeyboardInterrupt):
        uncaught(error.with_traceback(trace), "the program")


def _unraisable(failed: UnraisableHookArgs) -> None:
    """Where a library tidies up after itself, it is the library's own matter."""
    where = f"{failed.err_msg or 'what cannot raise'}: {failed.object!r}"
    _log.error("%s", where, exc_info=failed.exc_value)
    if _is_ours(failed.exc_traceback):
        _tell_once(failed.exc_value)


def _is_ours(trace: TracebackType | None) -> bool:
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0] in _OURS:
            return True
        trace = trace.tb_next
    return False


def _tell_once(error: BaseException | None) -> None:
    global _informed
    if _informed or _inform is None:
        return
    _informed = True
    if isinstance(error, ImportError):
        # Most often a library of the system's that is missing, and its name is what helps.
        _inform(Message("live.not-loaded", reason=error, log=log_file()))
    else:
        _inform(Message("live.unexpected", log=log_file()))
