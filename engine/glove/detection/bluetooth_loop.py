"""The one event loop that all of Bluetooth runs in."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

from engine.messages import Message, reason_of

_Result = TypeVar("_Result")
_END_S = 5.0


class _Loop:
    """Begins with its first user and ends with its last one: Bluetooth's libraries want one loop
    that lasts, and no thread of the window's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def take(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                loop = self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_run, args=(loop,), name="signmirror-bluetooth", daemon=True
                )
                self._thread.start()
            self._users += 1
            return self._loop

    def give_back(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users:
                return
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
            assert loop is not None and thread is not None
            loop.call_soon_threadsafe(loop.stop)
            if thread is not threading.current_thread():
                thread.join(_END_S)


_LOOP = _Loop()


@contextlib.contextmanager
def bluetooth_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The loop is there for as long as somebody is in this context. Not from within the loop."""
    loop = _LOOP.take()
    try:
        yield loop
    finally:
        _LOOP.give_back()


def run_in(
    loop: asyncio.AbstractEventLoop,
    work: Coroutine[Any, Any, _Result],
    is_over: Callable[[], bool],
    poll_s: float,
) -> _Result:
    """Waits for `work`; cancels it as soon as `is_over` says so, and raises CancelledError of
    concurrent.futures. Whatever `work` raises is raised here."""
    future: Future[_Result] = asyncio.run_coroutine_threadsafe(work, loop)
    done = threading.Event()
    future.add_done_callback(lambda _: done.set())
    while not is_over():
        if done.wait(poll_s):
            return future.result()
    future.cancel()
    return future.result()


def why_no_bluetooth(error: BaseException) -> Message:
    """One plain line for what Bluetooth's library raises before there is any device. Without a
    D-Bus it is FileNotFoundError, and none of the library's own."""
    reason = getattr(getattr(error, "reason", None), "name", "")
    if reason == "POWERED_OFF":
        return Message("glove.bluetooth-off")
    return Message("glove.no-bluetooth", reason=reason_of(error))


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left, timeout=_END_S))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        asyncio.set_event_loop(None)
        loop.close()
