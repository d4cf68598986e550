"""Why the system refused, as a value of a `Message`."""

from __future__ import annotations

import errno

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
}
# Not every system knows every one of them.
_BY_NUMBER = {getattr(errno, name): code for name, code in _CODES.items() if hasattr(errno, name)}


def reason_of(error: BaseException) -> str:
    """A `Message` where the error has a number that we have words for, else the system's or the
    library's own first line; the error's kind where it says nothing."""
    code = _BY_NUMBER.get(getattr(error, "errno", None) or 0)
    if code is not None:
        return Message(f"system.{code}")
    said = getattr(error, "strerror", None) or str(error)
    lines = [line.strip() for line in str(said).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
