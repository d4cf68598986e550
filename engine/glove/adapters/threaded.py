"""What all connections share: a thread, opening again, and telling apart why nothing comes."""

from __future__ import annotations

import errno
import sys
import threading
import time
from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence

from engine.glove.adapters.adapter import GloveAdapter, LinkState, LinkStatus
from engine.glove.decoding.decoder import Decoder
from engine.glove.reading import Reading
from engine.messages import Message, PlainError, reason_of

POLL_S = 0.1
"""How long a subclass may wait for something to come before it looks whether to go on."""

_FRESH_S = 2.0
_PATIENCE_S = 3.0
"""A board that was reset by opening it starts within this time."""
_FIRST_RETRY_S = 0.1
_LONGEST_RETRY_S = 0.5
_RETRY_FAILED_S = 2.0
_CLOSE_S = 10.0


class Absent(Exception):  # noqa: N818 - no mistake: a device comes and goes
    """The device is not there, or no longer; it is looked for again, and soon."""

    def __init__(self, message: Message | None = None) -> None:
        self.message = message
        super().__init__(message or "gone")


class Refused(Absent):
    """Trying again is of no use until a person does something; it is tried again all the same,
    seldom, so that nobody has to press a button afterwards."""


def cannot_listen(error: Exception, name: str, port: int) -> Refused:
    """By the error that came of it: why nobody can listen at `port`. `name`: of who wanted to."""
    if getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES):
        return Refused(Message("glove.address-taken", port=port))
    reason = reason_of(error)
    if isinstance(error, UnicodeError | TypeError):
        # Python's words for a name that no network could carry.
        reason = Message("system.no-such-name")
    return Refused(Message("glove.port-failed", name=name, reason=reason))


class ThreadedAdapter(GloveAdapter):
    """A subclass says how to open, read and let go; this runs it and keeps the account.

    All three run in the adapter's thread. `_open` raises `Absent`, `Refused` or OSError. `_read`
    waits at most about `POLL_S`, calls `_heard` and `_hand_on`, and raises `Absent` or OSError when
    the device is gone. `_shut` is called after every `_open`, also one that failed.
    """

    _reopens_when_silent_s: float | None = None
    """Where a connection can die without a word, it is opened anew after so long a silence."""
    _listens = False
    """Nobody connects: a device that was there and says nothing any more is lost."""
    _decoder: Decoder | None = None
    """Where there is one for all that comes."""

    def __init__(
        self, on_readings: Callable[[Sequence[Reading]], None], device_id: str, title: str
    ) -> None:
        super().__init__(on_readings)
        self._device_id, self._title, self._detail = device_id, title, ""
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._work, name=f"signmirror-glove-{device_id[:40]}", daemon=True
        )
        self._begin = threading.Lock()
        self._received = self._readings = self._opened = 0
        self._own_bad: Counter[str] = Counter()
        self._problem: Message | None = None
        self._refused = self._was_live = self._closed = False
        self._connected_s: float | None = None
        self._heard_s = self._read_s = 0.0

    def start(self) -> None:
        with self._begin:
            if self._thread.ident is None and not self._stop.is_set():
                self._thread.start()

    def close(self) -> None:
        self._stop.set()
        with self._begin:
            begun = self._thread.ident is not None
        if begun and self._thread is not threading.current_thread():
            self._thread.join(_CLOSE_S)
        self._closed = True

    @property
    def status(self) -> LinkStatus:
        state, message = self._state(time.perf_counter())
        return LinkStatus(
            state=state,
            message=message,
            received=self._received,
            readings=self._readings,
            bad=self._bad(),
            device_id=self._device_id,
            title=self._title,
            detail=self._detail,
            opened=self._opened,
        )

    # What a subclass brings.

    @abstractmethod
    def _open(self) -> None: ...

    @abstractmethod
    def _read(self) -> None: ...

    @abstractmethod
    def _shut(self) -> None: ...

    def _decoders_bad(self) -> dict[str, int]:
        """How often each kind of trouble was met in decoding, of all connections so far."""
        return {} if self._decoder is None else self._decoder.counts.snapshot()

    def _silence(self) -> Message:
        """What to say when nothing comes, or no longer."""
        return Message("glove.no-bytes", name=self._title)

    # What a subclass calls, from its thread.

    def _heard(self, count: int) -> None:
        """`count`: bytes, packets or samples that came now, whatever is in them."""
        self._received += count
        self._heard_s = time.perf_counter()

    def _hand_on(self, readings: Sequence[Reading]) -> None:
        if not readings or self._stop.is_set():
            return
        self._readings += len(readings)
        self._read_s = time.perf_counter()
        self._was_live = True
        try:
            self.on_readings(readings)
        except Exception:
            _report()

    def _note(self, kind: str, times: int = 1) -> None:
        self._own_bad[kind] += times

    def _wait(self, seconds: float) -> bool:
        """True when it is time to end."""
        return self._stop.wait(seconds)

    @property
    def _ending(self) -> bool:
        return self._stop.is_set()

    # The thread.

    def _work(self) -> None:
        retry = _FIRST_RETRY_S
        while not self._stop.is_set():
            try:
                self._open()
                self._opened += 1
                self._problem, self._refused, retry = None, False, _FIRST_RETRY_S
                self._connected_s = time.perf_counter()
                while not self._stop.is_set():
                    self._read()
                    self._mind_silence()
            except Absent as why:
                self._problem, self._refused = why.message, isinstance(why, Refused)
            except PlainError as error:
                self._problem, self._refused = error.message, True
            except OSError:
                self._problem, self._refused = None, False
            except Exception:
                # A mistake of ours or of a library: it is told, and the glove comes back anyway.
                _report()
                self._problem, self._refused = None, False
            finally:
                self._connected_s = None
                try:
                    self._shut()
                except OSError:
                    pass
                except Exception:
                    _report()
            self._stop.wait(_RETRY_FAILED_S if self._refused else retry)
            retry = min(2 * retry, _LONGEST_RETRY_S)

    def _mind_silence(self) -> None:
        longest = self._reopens_when_silent_s
        if longest is None or self._connected_s is None or self._heard_s < self._connected_s:
            # Whoever never said a word is not made to by connecting again.
            return
        if time.perf_counter() - self._heard_s > longest:
            raise Absent(self._silence())

    def _state(self, now: float) -> tuple[LinkState, Message | None]:
        since = self._connected_s
        if self._closed or self._stop.is_set():
            return "closed", None
        if since is None:
            return self._unconnected()
        readable = self._read_s >= since
        if readable and now - self._read_s < _FRESH_S:
            return "live", None
        waited = now - max(since, self._read_s)
        hears = self._heard_s >= since and now - self._heard_s < _FRESH_S
        if self._listens and self._was_live and not hears:
            return "lost", self._silence()
        if waited < _PATIENCE_S:
            return ("live" if readable and hears else "silent"), None
        if hears:
            return "unreadable", self._illegible()
        return "silent", self._silence()

    def _illegible(self) -> Message:
        """What to say when something comes, and nothing of it can be read."""
        return Message("glove.no-frames", name=self._title)

    def _unconnected(self) -> tuple[LinkState, Message | None]:
        problem = self._problem
        if self._refused:
            return "failed", problem
        if self._was_live:
            return "lost", Message("glove.lost", name=self._title)
        return "opening", problem

    def _bad(self) -> dict[str, int]:
        for _ in range(3):
            try:
                bad = Counter(self._decoders_bad())
                bad.update(self._own_bad)
            except RuntimeError:
                # The thread met a new kind of trouble while the kinds were being copied.
                continue
            return dict(bad)
        return {}


def _report() -> None:
    kind, value, trace = sys.exc_info()
    assert kind is not None
    threading.excepthook(threading.ExceptHookArgs((kind, value, trace, threading.current_thread())))
