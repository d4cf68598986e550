"""A played device's side of what it is told: one command a line, each answered when it is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def ready(*words: object) -> None:
    print("ready", *words, flush=True)


def obey(send: Callable[[int, float], None], send_bad: Callable[[int], None]) -> None:
    """`go FIRST COUNT RATE`: `send(number, t_s)` for each, RATE a second (0: as fast as it can),
    with `t_s` of `time.perf_counter()`. `bad COUNT`: as many that nobody can read. `quit`."""
    for command in sys.stdin:
        word, *numbers = command.split()
        if word == "go":
            _go(send, int(numbers[0]), int(numbers[1]), float(numbers[2]))
        elif word == "bad":
            for number in range(int(numbers[0])):
                send_bad(number)
        elif word == "quit":
            return
        print("done", word, flush=True)


def _go(send: Callable[[int, float], None], first: int, count: int, rate: float) -> None:
    start_s = time.perf_counter()
    for index in range(count):
        if rate:
            wait_s = start_s + index / rate - time.perf_counter()
            if wait_s > 0:
                time.sleep(wait_s)
        send(first + index, time.perf_counter())
