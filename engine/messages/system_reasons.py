"""Why the system refused, as a value of a `Message`."""

from __future__ import annotations

import errno
import re
import socket

from engine.messages.message import Message

_CODES = {
    "ENOSPC": "full",
    "EDQUOT": "quota",
    "EFBIG": "too-large",
    "EACCES": "forbidden",
    "EPERM": "not-permitted",
    "EROFS": "read-only",
    "ENOENT": "missing",
    "EEXIST": "exists",
    "ENOTDIR": "no-folder",
    "EISDIR": "folder",
    "ENAMETOOLONG": "long-name",
    "EINVAL": "no-name",
    "EIO": "broken",
    "EMFILE": "many-files",
    "ENFILE": "many-files",
    "EBUSY": "busy",
    "ENODEV": "no-device",
    "ENXIO": "no-device",
    "ENOMEM": "no-memory",
    "ECONNREFUSED": "refused",
    "ECONNRESET": "reset",
    "EPIPE": "broken-off",
    "ETIMEDOUT": "silent",
    "ENETUNREACH": "unreachable",
    "EHOSTUNREACH": "no-route",
    "EADDRNOTAVAIL": "not-ours",
    "ENOTTY": "no-serial-port",
    "EAFNOSUPPORT": "other-addresses",
    "EPROTONOSUPPORT": "other-connections",
    "ELOOP": "links-in-a-circle",
}
# Windows' own; its library of C has others for the same.
_OF_WINDOWS = {
    10043: "other-connections",
    10047: "other-addresses",
    10049: "not-ours",
    11001: "no-such-name",
    11002: "names-unanswered",
    11004: "no-such-name",
}
# Not every system knows every one of them.
_BY_NUMBER = _OF_WINDOWS | {
    getattr(errno, name): code for name, code in _CODES.items() if hasattr(errno, name)
}
_OF_NAMES = {
    "EAI_AGAIN": "names-unanswered",
    "EAI_ADDRFAMILY": "other-addresses",
    "EAI_FAMILY": "other-addresses",
    "EAI_MEMORY": "no-memory",
}
# Numbers of another kind, which on some systems are those of other errors.
_BY_NAMES_NUMBER = {
    getattr(socket, name): code for name, code in _OF_NAMES.items() if hasattr(socket, name)
}
_SAID = re.compile(r"\[Errno (\d+)\]|\[WinError (\d+)\]|\w+Error\((\d+), |: \((\d+), ['\"]")
"""How libraries put the system's error into a sentence of theirs."""


def reason_of(error: BaseException) -> str:
    """A `Message` where the error has a number that we have words for, else the system's or the
    library's own first line; the error's kind where it says nothing."""
    code = _code_of(error)
    if code is not None:
        return Message(f"system.{code}")
    said = getattr(error, "strerror", None) or str(error)
    lines = [line.strip() for line in str(said).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def number_of(error: BaseException) -> int | None:
    """The system's number of the error, also where a library has only written it down."""
    number = getattr(error, "errno", None)
    if number is None and isinstance(error, OSError):
        said = _SAID.search(str(error))
        number = next((int(found) for found in said.groups() if found), None) if said else None
    return number if isinstance(number, int) else None


def _code_of(error: BaseException) -> str | None:
    if isinstance(error, socket.gaierror) and error.errno not in _OF_WINDOWS:
        return _BY_NAMES_NUMBER.get(error.errno or 0, "no-such-name")
    return _BY_NUMBER.get(number_of(error) or 0)
