"""`--glove list`: what is found, one line each."""

from __future__ import annotations

import json
import sys
import time
from typing import TextIO

from engine.cli.line_printer import LinePrinter
from engine.glove.detection.listing import GloveFinder
from engine.logs import tell

LOOKS_FOR_S = 5.0


def list_gloves(out: TextIO | None = None, seconds: float = LOOKS_FOR_S) -> int:
    """One JSON object a device: what to write after `--glove`, what it is called, how it is
    connected. What cannot be looked at on this computer is told on standard error, a line each.
    Returns the process's exit status: 2, with one line, for a standard output that takes no more;
    when nobody reads any more, it ends quietly, with status 0."""
    printer = LinePrinter(sys.stdout if out is None else out)
    if printer.stopped:
        return 0
    finder = GloveFinder()
    finder.start()
    try:
        time.sleep(seconds)
        found, problems = finder.found(), finder.problems()
    finally:
        finder.stop()
    for device in found:
        line: dict[str, object] = {
            "glove": str(device.spec),
            "title": device.title,
            "transport": device.transport,
        }
        if device.note is not None:
            line["note"] = str(device.note)
        printer.line(json.dumps(line, ensure_ascii=False))
    if printer.problem is not None:
        tell(f"signmirror: {printer.problem}")
        return 2
    if printer.stopped:
        return 0
    for problem in problems:
        tell(f"signmirror: {problem}")
    if not found:
        tell("signmirror: no glove was found")
    return 0
