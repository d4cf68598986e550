"""Starts a program that plays a device, tells it what to do, and ends it."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.conftest import LONGEST_S

_FOLDER = Path(__file__).resolve().parent


class PlayedDevice:
    """A second process. `unplug` ends it without a word, as pulling a plug does."""

    def __init__(self, program: str, *arguments: object, bare: bool = False) -> None:
        """`bare`: it needs nothing but Python, and starts in half the time."""
        flags = ["-S"] if bare else []
        self.process = subprocess.Popen(
            [sys.executable, *flags, str(_FOLDER / f"{program}.py"), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        word, *self.told = self._next().split()
        assert word == "ready", word
        self.ready_s = time.perf_counter()

    def begin(self, command: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def finish(self) -> None:
        """Waits until the command that was begun is done."""
        assert self._next().startswith("done")

    def do(self, command: str) -> None:
        self.begin(command)
        self.finish()

    def unplug(self) -> None:
        self.process.kill()
        self.process.wait(LONGEST_S)
        self._reader.join(LONGEST_S)
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def __enter__(self) -> PlayedDevice:
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(line.strip())
        self._said.put("gone")

    def _next(self) -> str:
        return self._said.get(timeout=LONGEST_S)
