"""Why the system refused, by its number, wherever that is found."""

from __future__ import annotations

import errno
import os
import socket

import pytest

from engine.messages import Message, reason_of
from engine.messages.system_reasons import number_of


def code_of(error: BaseException) -> str | None:
    reason = reason_of(error)
    return reason.code if isinstance(reason, Message) else None


def refused(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("EADDRNOTAVAIL", "system.not-ours"),
        ("ENOTTY", "system.no-serial-port"),
        ("EAFNOSUPPORT", "system.other-addresses"),
        ("EPROTONOSUPPORT", "system.other-connections"),
        ("ELOOP", "system.links-in-a-circle"),
        ("ENOSPC", "system.full"),
    ],
)
def test_numbers_of_this_system(name: str, code: str) -> None:
    assert code_of(refused(getattr(errno, name))) == code


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (10047, "system.other-addresses"),
        (10049, "system.not-ours"),
        (11001, "system.no-such-name"),
    ],
)
def test_numbers_of_windows(number: int, code: str) -> None:
    assert code_of(OSError(number, "what Windows says in its own language")) == code
    assert code_of(socket.gaierror(number, "what Windows says of names")) == code


def test_names_that_nobody_knows_have_numbers_of_their_own() -> None:
    with pytest.raises(socket.gaierror) as caught:
        socket.getaddrinfo("999.1.1.1", 9000, flags=socket.AI_NUMERICHOST)
    assert code_of(caught.value) == "system.no-such-name"
    # On macOS 8, which is something else in a file.
    assert code_of(socket.gaierror(8, "nodename nor servname provided")) == "system.no-such-name"
    again = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    assert code_of(again) == "system.names-unanswered"
    family = socket.gaierror(socket.EAI_FAMILY, "ai_family not supported")
    assert code_of(family) == "system.other-addresses"


def test_a_number_that_stands_in_a_sentence_alone_is_read_there() -> None:
    import serial

    said = [
        (f"Could not configure port: ({errno.ENOTTY}, 'Inappropriate ioctl')", "no-serial-port"),
        ("could not open port 'COM3': PermissionError(13, 'Zugriff verweigert')", "forbidden"),
        (f"write failed: [Errno {errno.EIO}] Input/output error", "broken"),
    ]
    for text, code in said:
        assert code_of(serial.SerialException(text)) == f"system.{code}"
    assert number_of(serial.SerialException(errno.EBUSY, "could not open port")) == errno.EBUSY
    assert number_of(serial.SerialException("Port is already open.")) is None
    # No error of the system: what looks like its number is something else.
    assert reason_of(ValueError("row 3: (25, 'x')")) == "row 3: (25, 'x')"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_links_that_lead_nowhere(tmp_path: os.PathLike[str]) -> None:
    link = os.path.join(tmp_path, "port")
    os.symlink(link, link)
    with pytest.raises(OSError, match="ymbolic") as caught:
        os.open(link, os.O_RDONLY)
    assert code_of(caught.value) == "system.links-in-a-circle"
