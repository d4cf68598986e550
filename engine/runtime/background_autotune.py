"""Preparation in a process of its own, at low priority: whoever recognises meanwhile is not held
up, and what a converter does to its process stays there."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from engine.child_process import deaf_to_ctrl_c, end_process, stand_back
from engine.logs import log_file
from engine.messages import Message, reason_of


@dataclass(frozen=True, slots=True)
class AutotuneState:
    """`share` of the work that is done, 0 to 1; `problem`: why it came to nothing."""

    share: float
    done: bool = False
    problem: Message | None = None


class BackgroundAutotune:
    """One bundle's. `poll` never waits; `close` ends it at any time."""

    def __init__(self, bundle: str, cache: Path) -> None:
        # Not a fork: the caller has threads, and their locks would be copied.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_prepare,
            args=(theirs, bundle, cache),
            name="signmirror-preparation",
            daemon=True,
        )
        with deaf_to_ctrl_c():
            self._process.start()
        theirs.close()
        self._state = AutotuneState(0.0)

    def poll(self) -> AutotuneState:
        """How far it is."""
        while not self._state.done:
            try:
                if not self._pipe.poll():
                    break
                self._state = self._pipe.recv()
            except (EOFError, OSError):
                problem = Message("runtime.preparation-ended", log=log_file())
                self._state = AutotuneState(self._state.share, done=True, problem=problem)
        return self._state

    def close(self) -> None:
        end_process(self._process)
        self._pipe.close()


def _prepare(pipe: Connection, name: str, root: Path) -> None:
    stand_back()
    from engine.bundle import BundleError, load_bundle
    from engine.runtime.autotune import prepare
    from engine.runtime.network_cache import NetworkCache
    from engine.runtime.torch_run import leave_a_core

    leave_a_core()
    problem: Message | None = None
    try:
        prepare(load_bundle(name), NetworkCache(root), lambda s: pipe.send(AutotuneState(s)))
    except BundleError as error:
        problem = error.message
    except BrokenPipeError:
        return
    except OSError as error:
        problem = Message("runtime.preparation-kept", name=root, reason=reason_of(error))
    pipe.send(AutotuneState(1.0, done=True, problem=problem))
