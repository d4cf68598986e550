"""The one contract for connections to gloves."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.glove.reading import Reading
from engine.messages import Message

LinkState = Literal["opening", "silent", "unreadable", "live", "lost", "failed", "closed"]
"""`opening`: not connected yet; `silent`: connected, and nothing comes; `unreadable`: something
comes, and nothing of it can be read; `live`: readings come; `lost`: was live, and is being opened
again; `failed`: there is no use in trying again until somebody does something; `closed`."""


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """`message`: one plain line that says what to do, where there is anything to say. `received`:
    bytes, packets or samples so far; `readings`: those that could be used; `bad`: how often each
    kind of trouble was met; `device_id`: what the device is remembered by; `title`: what people
    call it, as 'WitMotion on COM3'; `detail`: as '115200 baud'."""

    state: LinkState = "opening"
    message: Message | None = None
    received: int = 0
    readings: int = 0
    bad: dict[str, int] = field(default_factory=dict)
    device_id: str = ""
    title: str = ""
    detail: str = ""
    opened: int = 0
    """How often it was opened."""


class GloveAdapter(ABC):
    """One connection to one device, that looks after itself.

    It runs in a thread of its own, opens the device again when it has gone (within 2 s of its
    return), and never raises into it. `close` ends the thread and lets go of the device; it may be
    called from any thread, twice, and before `start`.
    """

    def __init__(self, on_readings: Callable[[Sequence[Reading]], None]) -> None:
        """`on_readings` is called in the adapter's thread, in the order of arrival; what it raises
        goes to `threading.excepthook`, and the adapter goes on."""
        self.on_readings = on_readings

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    @property
    @abstractmethod
    def status(self) -> LinkStatus:
        """A snapshot; from any thread, at any time."""
