"""Serial ports: speeds, formats, boards that start anew, and why nothing can be read."""

from __future__ import annotations

import os
import struct
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.glove.adapters.serial_port import SerialAdapter
from engine.glove.detection.baud import BAUD_RATES, BaudSweep
from tests.engine.glove.adapters.rigs import Taken, until
from tests.engine.glove.devices.motion import HEADER, line
from tests.engine.glove.devices.played import PlayedDevice


class Terminal:
    """A port whose other end is in the test's hands."""

    def __init__(self) -> None:
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)

    def write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.master, data) :]

    def close(self) -> None:
        os.close(self.master)
        os.close(self._slave)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    port = Terminal()
    yield port
    port.close()


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
def adapter(terminal: Terminal, taken: Taken) -> Iterator[SerialAdapter]:
    adapter = SerialAdapter(taken, terminal.path)
    adapter.start()
    until(lambda: adapter.status.opened > 0, "not opened")
    yield adapter
    adapter.close()


def own_lines(first: int, count: int, start_s: float = 1.0) -> bytes:
    lines = [line(number, start_s + number / 100) for number in range(first, first + count)]
    return "".join(text + "\r\n" for text in lines).encode()


def test_nothing_and_nothing_legible_are_told_apart(
    terminal: Terminal, adapter: SerialAdapter, taken: Taken
) -> None:
    until(lambda: adapter.status.message is not None, "silence is not told")
    assert (adapter.status.state, adapter.status.message.code) == ("silent", "glove.no-bytes")

    # Until it is called illegible: what comes at the wrong speed is noise.
    noise = bytes(range(128, 256)) * 4
    until(lambda: terminal.write(noise) or adapter.status.state == "unreadable", "not told")
    assert adapter.status.message.code in ("glove.no-frames", "glove.format-unreadable")
    assert os.path.basename(terminal.path) in adapter.status.message
    assert not taken.readings

    terminal.write(b"\n" + HEADER.format(hand="R").encode() + b"\n" + own_lines(0, 10))
    until(lambda: adapter.status.state == "live", "not live")
    assert adapter.status.message is None and adapter.status.detail.endswith(" baud")
    assert {reading.hand for reading in taken.readings} == {"right"}


def test_a_board_that_starts_anew_is_no_error(
    terminal: Terminal, adapter: SerialAdapter, taken: Taken
) -> None:
    boot = b"\x00\xffets Jul 29 2019 12:21:46\r\nrst:0x1 (POWERON_RESET)\r\n"
    header = HEADER.format(hand="L").encode() + b"\r\n"
    terminal.write(boot + header + own_lines(0, 5, 500.0))
    until(lambda: len(taken) == 5, "nothing came")
    terminal.write(b"1234,5,0.1," + boot + header + own_lines(5, 5, 0.0))
    until(lambda: len(taken) == 10, "it did not go on")

    assert taken.numbers() == list(range(10))
    stamps = [reading.stamp_s for reading in taken.readings]
    assert stamps[4] == pytest.approx(500.04) and stamps[5] == pytest.approx(0.05)
    assert adapter.status.state == "live" and adapter.status.opened == 1


def test_a_line_may_come_in_pieces(
    terminal: Terminal, adapter: SerialAdapter, taken: Taken
) -> None:
    whole = HEADER.format(hand="L").encode() + b"\n" + own_lines(0, 20)
    for at in range(0, len(whole), 7):
        terminal.write(whole[at : at + 7])
    until(lambda: len(taken) == 20, "lines are lost")
    assert taken.numbers() == list(range(20)) and adapter.status.bad == {}


def witmotion(kind: int, *values: int) -> bytes:
    frame = b"\x55" + bytes([kind]) + struct.pack("<4h", *values)
    return frame + bytes([sum(frame) & 0xFF])


def test_frames_are_recognised_without_a_word(
    terminal: Terminal, adapter: SerialAdapter, taken: Taken
) -> None:
    frames = witmotion(0x51, 102, -246, 2007, 0) + witmotion(0x52, 205, -49, 2294, 0)
    terminal.write(frames * 20)
    until(lambda: terminal.write(frames * 4) or len(taken) > 0, "not recognised")
    reading = taken.readings[-1]
    assert reading.acc == pytest.approx((0.05, -0.12, 0.98), abs=1e-3)
    assert reading.gyro == pytest.approx((12.5, -3.0, 140.0), abs=0.02)
    assert reading.acc_known and reading.gyro_known
    assert adapter.status.title.startswith("WitMotion")


def test_a_port_that_another_program_holds_is_named_and_taken_later(terminal: Terminal) -> None:
    import serial

    holder, taken = serial.Serial(terminal.path, exclusive=True), Taken()
    adapter = SerialAdapter(taken, terminal.path)
    adapter.start()
    try:
        until(lambda: adapter.status.state == "failed", "not told")
        assert adapter.status.message.code == "glove.port-busy"
        holder.close()
        until(lambda: adapter.status.opened > 0, "not opened afterwards")
    finally:
        holder.close()
        adapter.close()


def test_a_port_that_is_not_there_is_named(tmp_path: Path) -> None:
    adapter = SerialAdapter(Taken(), str(tmp_path / "COM77"))
    adapter.start()
    try:
        until(lambda: adapter.status.message is not None, "not told")
        assert adapter.status.state == "opening"
        assert adapter.status.message.code == "glove.no-port"
        assert "COM77" in adapter.status.message
    finally:
        adapter.close()


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="no such device here")
def test_what_is_no_port_is_said_in_plain_words() -> None:
    adapter = SerialAdapter(Taken(), "/dev/null")
    adapter.start()
    try:
        until(lambda: adapter.status.message is not None, "not told")
        message = adapter.status.message
        assert message.code == "glove.port-failed"
        assert message.values["reason"].code == "system.no-serial-port"
        assert "cable" in message
    finally:
        adapter.close()


def test_whoever_fails_to_take_readings_does_not_end_the_adapter(terminal: Terminal) -> None:
    calls, said = [], []
    before, threading.excepthook = threading.excepthook, said.append

    def take(readings: object) -> None:
        calls.append(readings)
        raise ZeroDivisionError

    adapter = SerialAdapter(take, terminal.path)
    try:
        adapter.start()
        until(lambda: adapter.status.opened > 0, "not opened")
        terminal.write(HEADER.format(hand="L").encode() + b"\n")
        until(lambda: terminal.write(own_lines(0, 1)) or len(calls) >= 3, "it ended")
    finally:
        adapter.close()
        threading.excepthook = before
    assert {args.exc_type for args in said} == {ZeroDivisionError} and len(said) == len(calls)


def test_the_board_is_never_made_to_wait(tmp_path: Path) -> None:
    """A terminal holds a few thousand characters: who writes more waits for whoever reads."""
    link, taken = tmp_path / "port", Taken()
    with PlayedDevice("serial_glove", link, "L", bare=True) as device:
        adapter = SerialAdapter(taken, str(link))
        adapter.start()
        until(lambda: adapter.status.opened > 0, "not opened")
        device.do("go 0 4000 0")
        until(lambda: len(taken) == 4000, "samples are lost")
        adapter.close()
    assert taken.numbers() == list(range(4000))


def sweep_over(sweep: BaudSweep, right: int, noise: bytes, text: bytes) -> int:
    """Seconds until the speed is settled, hearing noise at every speed but one."""
    for second in range(200):
        heard = text if sweep.rate == right else noise
        if sweep.rate == right and second % 3 == 2:
            sweep.readable()
            return second
        sweep.heard(heard, float(second))
    raise AssertionError("never found")


@pytest.mark.parametrize("right", BAUD_RATES)
def test_every_speed_is_found(right: int) -> None:
    noise = bytes([0x00, 0xF8, 0x80, 0x78, 0xFE]) * 60
    sweep = BaudSweep()
    assert sweep_over(sweep, right, noise, b"0.1,0.2,9.8\r\n" * 30) < 30
    assert sweep.rate == right and sweep.settled
    sweep.opened()
    assert not any(sweep.heard(noise, 1000.0 + s) for s in range(20)) and sweep.rate == right


def test_silence_and_text_that_nobody_knows_change_no_speed() -> None:
    sweep = BaudSweep()
    assert not sweep.heard(b"", 0.0) and not sweep.heard(b"", 100.0)
    assert not any(sweep.heard(b"hello world\r\n" * 30, float(second)) for second in range(60))
    assert sweep.rate == BAUD_RATES[0] and not sweep.settled
    fixed = BaudSweep(9600)
    assert not any(fixed.heard(b"\x80" * 500, float(s)) for s in range(9)) and fixed.rate == 9600
