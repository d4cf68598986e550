"""A glove from its connection to samples, heard over the loopback."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from engine.glove.calibration.calibration import Calibration
from engine.glove.gloves import Gloves
from engine.glove.sample import FingerSample, ImuSample
from engine.glove.spec import GloveSpecError
from tests.engine.glove.adapters.rigs import free_port

HEADER = "#signmirror 1 hand={} cols=t:us,seq,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps\n"


class Sender:
    """A device that sends datagrams."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.number = 0

    def send(self, text: str) -> None:
        self._socket.sendto(text.encode(), self._to)

    def lines(self, count: int, begin: str = "") -> None:
        for _ in range(count):
            stamp = self.number * 10_000
            acc = 0.5 + 0.01 * (self.number % 7)
            self.send(f"{begin}{stamp},{self.number},{acc},-0.12,0.98,12.5,-3,140\n")
            self.number += 1
            time.sleep(0.002)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def port() -> int:
    return free_port(socket.SOCK_DGRAM)


@pytest.fixture
def sender(port: int) -> Iterator[Sender]:
    made = Sender(port)
    yield made
    made.close()


@pytest.fixture
def gloves(tmp_path: Path) -> Iterator[Gloves]:
    made = Gloves(tmp_path / "gloves.json")
    yield made
    made.close()


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def worn(gloves: Gloves, port: int) -> None:
    gloves.wear([f"udp:{port}"])
    until(lambda: gloves.state()[0].link.opened > 0)


def test_samples_come_out_on_the_hosts_clock(gloves: Gloves, port: int, sender: Sender) -> None:
    told: list[ImuSample | FingerSample] = []

    def listen(samples: Sequence[ImuSample | FingerSample]) -> None:
        told.extend(samples)

    end = gloves.listen(listen)
    worn(gloves, port)
    before = time.perf_counter()
    sender.send(HEADER.format("L"))
    sender.lines(100)
    until(lambda: len(told) >= 100)
    end()
    sender.lines(5)
    until(lambda: gloves.state()[0].wrists[0].samples >= 105)
    wrists, fingers = gloves.take()
    assert len(wrists) == 105 and not fingers and len(told) == 100
    assert gloves.take() == ([], [])
    times = [sample.t_s for sample in wrists]
    assert times == sorted(set(times)) and before - 1 < times[0] < time.perf_counter() + 1
    assert {sample.hand for sample in wrists} == {"left"}
    assert wrists[3].acc_g == pytest.approx((0.53, -0.12, 0.98))
    assert [sample.sequence for sample in wrists] == list(range(105))
    (state,) = gloves.state()
    assert state.fitted and state.link.state == "live"
    assert [wrist.sensor for wrist in state.wrists] == ["left"]


def test_how_it_is_worn_is_remembered(
    gloves: Gloves, port: int, sender: Sender, tmp_path: Path
) -> None:
    worn(gloves, port)
    sender.send(HEADER.format("R"))
    sender.lines(10)
    until(lambda: bool(gloves.state()[0].wrists))
    (glove,) = gloves.worn
    glove.set_hand("right", "left")
    glove.turn("right", "z")
    sender.lines(10)
    until(lambda: gloves.state()[0].wrists[0].samples >= 20)
    assert gloves.state()[0].wrists[0].hand == "left"
    turned = gloves.take()[0][-1]
    assert turned.hand == "left" and turned.acc_g[1] == pytest.approx(0.5, abs=0.1)
    gloves.wear([])
    assert gloves.state() == ()
    again = Gloves(tmp_path / "gloves.json")
    try:
        worn(again, port)
        sender.send(HEADER.format("R"))
        sender.lines(10)
        until(lambda: bool(again.state()[0].wrists))
        calibration = again.state()[0].wrists[0].calibration
        assert isinstance(calibration, Calibration) and calibration.hand == "left"
        assert calibration.mounting_source == "chosen"
    finally:
        again.close()


def test_a_hand_that_is_named_later_is_the_same_sensor(
    gloves: Gloves, port: int, sender: Sender
) -> None:
    worn(gloves, port)
    sender.send(HEADER.format("L").replace("hand=L ", ""))
    sender.lines(10)
    until(lambda: bool(gloves.state()[0].wrists))
    sender.send(HEADER.format("L"))
    sender.lines(10)
    until(lambda: gloves.state()[0].wrists[0].sensor == "left")
    assert len(gloves.state()[0].wrists) == 1


def test_what_repeats_itself_while_it_moves_is_not_handed_on(
    gloves: Gloves, port: int, sender: Sender
) -> None:
    worn(gloves, port)
    sender.send(HEADER.format("L"))
    begin = time.perf_counter()
    for i in range(250):
        angle = i / 8
        moving = f"{0.5 + 0.4 * (angle % 1):.3f},{-0.3 + 0.5 * ((angle * 0.7) % 1):.3f},0.9"
        # The device tells the time as it is, however late this machine is.
        stamp = int((time.perf_counter() - begin) * 1e6)
        sender.send(f"{stamp},{i},{moving if i < 150 else '0.7,-0.1,0.9'},80,-60,140\n")
        time.sleep(0.01)
    until(lambda: gloves.state()[0].link.readings >= 250)
    state = gloves.state()[0]
    assert state.wrists[0].frozen and state.note is not None
    assert state.note.code == "glove.frozen"
    samples, _ = gloves.take()
    assert 150 <= len(samples) < 220


def test_a_wrong_address_changes_nothing(gloves: Gloves, port: int) -> None:
    gloves.wear([f"udp:{port}"])
    with pytest.raises(GloveSpecError):
        gloves.wear([f"udp:{port}", "somewhere"])
    assert [glove.spec for glove in gloves.worn] == [f"udp:{port}"]


def test_many_made_up_sensors_fill_no_memory(gloves: Gloves, port: int, sender: Sender) -> None:
    gloves.wear([f"osc:{port}"])
    until(lambda: gloves.state()[0].link.opened > 0)
    from pythonosc.udp_client import SimpleUDPClient

    client = SimpleUDPClient("127.0.0.1", port)
    for i in range(60):
        client.send_message(f"/phone{i}/gyrosc/rrate", [0.1, 0.2, 0.3])
        client.send_message(f"/phone{i}/gyrosc/accel", [0.1, 0.2, 0.9])
        time.sleep(0.002)
    until(lambda: gloves.state()[0].link.received >= 120)
    assert len(gloves.state()[0].wrists) <= 8
    client._sock.close()


def test_two_gloves_that_nobody_knows_are_on_two_hands(gloves: Gloves) -> None:
    ports = [free_port(socket.SOCK_DGRAM) for _ in range(2)]
    gloves.wear([f"udp:{port}" for port in ports])
    until(lambda: all(glove.link.opened > 0 for glove in gloves.state()))
    senders = [Sender(port) for port in ports]
    header = HEADER.replace(" hand={}", "")
    try:
        for sender in senders:
            sender.send(header)
            sender.lines(5)
            until(lambda: any(glove.wrists for glove in gloves.state()))
        until(lambda: all(glove.wrists for glove in gloves.state()))
        assert [glove.wrists[0].hand for glove in gloves.state()] == ["right", "left"]
        gloves.take()

        # Somebody says that both are on the right hand: one alone is heard, and the other told.
        gloves.worn[1].set_hand("", "right")
        for _ in range(10):
            for sender in senders:
                sender.lines(2)
        until(lambda: gloves.state()[1].note is not None)
        note = gloves.state()[1].note
        assert note is not None and note.code == "glove.both-right"
        wrists, _ = gloves.take()
        assert {sample.hand for sample in wrists} == {"right"}
        sequence = [sample.sequence for sample in wrists]
        assert sequence == sorted(set(sequence))
    finally:
        for sender in senders:
            sender.close()


def test_a_glove_of_fingers_tells_how_it_does(gloves: Gloves, port: int, sender: Sender) -> None:
    worn(gloves, port)
    sender.send("#signmirror 1 cols=t:us,angle:deg*12\n")
    for number in range(60):
        sender.send(f"{number * 10_000}," + ",".join(str(number % 9 + n) for n in range(12)) + "\n")
        time.sleep(0.005)
    until(lambda: gloves.state()[0].fingers is not None)
    until(lambda: gloves.state()[0].fingers.samples >= 40)  # type: ignore[union-attr]
    fingers = gloves.state()[0].fingers
    assert fingers is not None and fingers.angles == 12 and fingers.rate_hz > 20
