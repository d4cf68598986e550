"""A measurement that nothing of the measuring program weighs upon."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from engine.benchmark.live_figures import MeasurementError
from engine.logs import log_file, start_child_log

Task = TypeVar("Task")
Figures = TypeVar("Figures")


def in_own_process(measure: Callable[[Task], Figures]) -> Callable[[Task], Figures]:
    """`measure`, in a fresh process each time: what this one has loaded is no part of it."""

    def measured(task: Task) -> Figures:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context, initializer=start_child_log) as pool:
            try:
                return pool.submit(measure, task).result()
            except BrokenProcessPool as error:
                raise MeasurementError(
                    "the measured program ended unexpectedly; on a computer without a screen, use"
                    f" --benchmark --headless (what happened is written in {log_file()})"
                ) from error

    return measured
