"""Addresses as people write them: what they mean, and how they may be shown."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from engine.messages import Message, PlainError

STREAM_SCHEMES = ("http", "https", "rtsp", "rtsps")
# A letter alone is a drive of Windows.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
# `user:password@`, with letters in it that belong coded and often are not; with a port, it is none.
_USER = re.compile(
    r"(?P<before>://)(?:[^\s/?#]*@|[^\s/@:]+:(?!\d+(?:[/?#]|\s|$))\S*@)"
    r"|(?P<bare>(?:^|(?<=[\s'\"(]))(?:[A-Za-z][A-Za-z0-9+.-]+:/{0,3})?)[^\s/@:]+:[^\s/]+@"
)
_SECRETS = re.compile(
    r"([?&;](?:[a-z_-]*(?:pass|pwd|token|secret|auth|key|session)[a-z_-]*|pw|sig(?:nature)?)=)"
    r"[^&;#\s]+",
    re.IGNORECASE,
)
HIDDEN = "…"


class AddressError(PlainError):
    """A text is meant as an address, and is none."""


@dataclass(frozen=True, slots=True)
class FileAddress:
    """`file://…`, as the path it stands for."""

    path: Path


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """`http://…` or `rtsp://…`, with its scheme in small letters; `address` holds the password."""

    address: str


def without_password(text: str) -> str:
    """`text` with every address in it as it may be shown: no user, no password, no key."""
    without_user = _USER.sub(lambda found: found["before"] or found["bare"], text)
    return _SECRETS.sub(rf"\g<1>{HIDDEN}", without_user)


def shown_address(address: str) -> str:
    """Host and port alone: what a camera is called."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2] or without_password(address)
    except ValueError:
        return without_password(address)


def read_address(text: str) -> FileAddress | StreamAddress | None:
    """What `text` stands for, when it is written as an address; None for any other text.

    Raises AddressError for what is meant as an address and is none.
    """
    begins = _SCHEME.match(text)
    if begins is None:
        return None
    scheme, rest = begins[1].lower(), text[begins.end() :]
    if scheme == "file":
        return FileAddress(_path_of(text, rest))
    if not rest.startswith("//"):
        if scheme in STREAM_SCHEMES:
            raise _error("slashes", text, scheme=scheme)
        return None
    if scheme not in STREAM_SCHEMES:
        raise _error("scheme", text, scheme=scheme)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise _error("damaged", text) from error
    try:
        good = parts.port is None or parts.port > 0
    except ValueError:
        good = False
    if not good:
        raise _error("port", text)
    if not parts.hostname:
        raise _error("no-host", text, scheme=scheme)
    if any(ord(letter) < 32 for letter in text):
        raise _error("damaged", text)
    return StreamAddress(scheme + ":" + rest)


def complete_address(text: str) -> str:
    """`text`, as a person types it where only a network camera can be meant: a host alone is
    taken for http://. Raises AddressError when it cannot be one."""
    text = text.strip()
    if "://" not in text and re.fullmatch(r"[A-Za-z0-9._~:@!$%&*+-]*[.:][^\s]*|localhost\S*", text):
        begins = _SCHEME.match(text)
        if begins is None or begins[1].lower() not in (*STREAM_SCHEMES, "file"):
            text = f"http://{text}"
    found = read_address(text)
    if not isinstance(found, StreamAddress):
        raise _error("no-address", text)
    return found.address


def _path_of(text: str, rest: str) -> Path:
    host, path = "", rest
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        path = slash + path
    path = unquote(path, errors="surrogateescape")
    if host.lower() not in ("", "localhost"):
        if sys.platform != "win32":
            raise _error("file-elsewhere", text)
        return Path(f"//{host}{path}")
    if os.name == "nt" and re.match(r"/[A-Za-z]:", path):
        path = path[1:]
    if not path or "\0" in path:
        raise _error("damaged", text)
    return Path(path)


def _error(code: str, text: str, **values: str) -> AddressError:
    return AddressError(Message(f"address.{code}", name=without_password(text), **values))
