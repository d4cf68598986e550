"""Beginning the log: first of all in every program and process of ours, before libraries load.

Native libraries write past Python, straight to file number 2. From here on that is the log file, in
this process and in those it starts, until the system takes the process away; the person's standard
error is known to `engine.logs.person` alone.
"""

from __future__ import annotations

import faulthandler
import io
import logging
import multiprocessing
import os
import platform
import sys
import threading
import time

from engine.logs.folder import log_file
from engine.logs.person import keep_standard_error, tell
from engine.logs.redaction import redacted
from engine.logs.rotating_file import LogFile
from engine.logs.uncaught import on_uncaught, watch_for_uncaught

_LOOKED_AT_EVERY_S = 5.0


def start_log(program: str) -> None:
    """In a program the person has started, once. `program`: as it names itself before a line."""
    keep_standard_error()
    log = _begin(program)
    on_uncaught(lambda sentence: tell(f"{program}: {sentence}"))
    # A library that never stops talking, in whatever process, fills no disk.
    threading.Thread(target=_keep_small, args=(log,), name="signmirror-log", daemon=True).start()


def start_child_log() -> None:
    """In a process that ours has started; the one that started it speaks to the person."""
    _begin(multiprocessing.current_process().name)
    on_uncaught(None)


def _begin(role: str) -> LogFile:
    log = LogFile(log_file())
    if sys.stderr is not None:
        sys.stderr.flush()
    os.dup2(log.fileno(), 2)
    sys.stderr = _Redacted(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False)),
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=True,
    )
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, _ToFile)]:
        root.removeHandler(handler)
    root.addHandler(_ToFile(log, role))
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    ours = logging.getLogger("signmirror")
    ours.setLevel(logging.INFO)
    ours.info("started, Python %s, %s", platform.python_version(), platform.platform())
    watch_for_uncaught()
    # A library that ends the process leaves its trace here too.
    faulthandler.enable(log.fileno())
    return log


def _keep_small(log: LogFile) -> None:
    while True:
        time.sleep(_LOOKED_AT_EVERY_S)
        log.rotate_if_large()


class _Redacted(io.TextIOWrapper):
    """`sys.stderr` for whoever prints to it without asking."""

    def write(self, text: str) -> int:
        super().write(redacted(text))
        return len(text)


class _ToFile(logging.Handler):
    """Records of ours and of third parties, each written in one piece."""

    def __init__(self, log: LogFile, role: str) -> None:
        super().__init__()
        self._log = log
        self.setFormatter(
            logging.Formatter(
                f"%(asctime)s {role}[{os.getpid()}] %(levelname)s %(name)s: %(message)s"
            )
        )

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = redacted(self.format(record))
        except Exception:
            # A library's own record that does not fit its own format.
            text = redacted(f"{record.levelname} {record.name}: {record.msg!r}")
        self._log.write(f"{text}\n".encode(errors="backslashreplace"))
