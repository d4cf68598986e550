"""Why a network camera could not be opened, in words that help."""

from __future__ import annotations

import errno
import socket
import threading
from urllib.parse import urlsplit

from engine.libav import av
from engine.messages import Message
from engine.sources.address import shown_address
from engine.sources.errors import SourceError

_LOOK_UP_S = 3.0
_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN)


def why_not_opened(address: str, error: SourceError) -> Message:
    """What to tell a person when opening `address` raised `error`; asks the network for the
    host's name where nothing else is known, for some seconds at most."""
    code = _code(address, error.__cause__)
    if code is None:
        return error.message
    scheme = urlsplit(address).scheme.lower()
    return Message(f"address.{code}", name=shown_address(address), scheme=scheme)


def _code(address: str, cause: BaseException | None) -> str | None:
    parts = urlsplit(address)
    if isinstance(cause, av.error.HTTPUnauthorizedError):
        return "password-wrong" if parts.username else "password-missing"
    for kind, code in (
        (av.error.HTTPForbiddenError, "forbidden"),
        (av.error.HTTPNotFoundError, "not-found"),
        (av.error.HTTPClientError, "not-found"),
        (av.error.HTTPServerError, "trouble"),
        (av.error.ExitError, "silent"),
        (TimeoutError, "silent"),
        (ConnectionRefusedError, "refused"),
        (av.error.InvalidDataError, "no-pictures"),
        (av.error.EOFError, "no-pictures"),
    ):
        if isinstance(cause, kind):
            # libav gives up on a host that it looks up in vain as it does on a silent one.
            lost = code == "silent" and not _is_known(parts.hostname or "")
            return "unknown-host" if lost else code
    if isinstance(cause, OSError):
        if cause.errno in _UNREACHABLE:
            return "unreachable"
        if cause.errno == errno.EIO:
            # Nothing more precise is told of a host that does not exist, and of one that hangs up.
            return "no-pictures" if _is_known(parts.hostname or "") else "unknown-host"
    return None


def _is_known(host: str) -> bool:
    """Whether this host has an address; False too when nobody says so in time."""
    found = threading.Event()

    def look_up() -> None:
        try:
            socket.getaddrinfo(host, None)
        except (OSError, UnicodeError, ValueError):
            return
        found.set()

    # The system's own time limit is half a minute where there is no network.
    asking = threading.Thread(target=look_up, name="signmirror-host", daemon=True)
    asking.start()
    asking.join(_LOOK_UP_S)
    return found.is_set()
