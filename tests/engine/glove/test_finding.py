"""What is found, where, and what is said where nothing can be looked for."""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import tests.engine.glove.adapters.conftest  # noqa: F401 - streams stay in this computer
from engine.glove.adapters.opening import open_adapter
from engine.glove.detection.ble_profiles import (
    advertised_profile,
    ble_profiles,
    connected_profile,
)
from engine.glove.detection.ble_scan import BleScan
from engine.glove.detection.listing import PLACES, FoundDevice, GloveFinder
from engine.glove.detection.mdns import Service, find_services, services_in
from engine.glove.detection.network_scan import hear_announcements, hear_osc, osc_address
from engine.glove.detection.ports import SerialPort, UsbIdentity, list_serial_ports, path_of
from engine.glove.spec import GloveSpec, parse_spec
from tests.engine.glove.adapters.rigs import Taken, free_port, until
from tests.engine.glove.devices.ble_air import NUS, Air, AirDevice
from tests.engine.glove.devices.played import PlayedDevice

PHONES = "_websocket._tcp.local"
LINUX = sys.platform.startswith("linux")


@contextmanager
def finding(**more: object) -> Iterator[GloveFinder]:
    finder = GloveFinder(**more)
    finder.start()
    try:
        yield finder
    finally:
        finder.stop()
        finder.stop()


def first(finder: GloveFinder) -> FoundDevice:
    until(lambda: finder.found() != (), "nothing is found")
    return finder.found()[0]


def test_a_port_that_is_plugged_in_is_found_worn_and_gone_again(tmp_path: Path) -> None:
    link, taken = tmp_path / "ttyGLOVE", Taken()
    identity = UsbIdentity(0x1A86, 0x7523, "", "1-2.3")

    def ports() -> list[SerialPort]:
        return [SerialPort(str(link), "USB Serial", identity)] if link.exists() else []

    with finding(places=["serial"], extra_ports=ports) as finder:
        with PlayedDevice("serial_glove", link, "L", bare=True) as device:
            until(lambda: any("ttyGLOVE" in d.title for d in finder.found()), "not found")
            (found,) = [d for d in finder.found() if "ttyGLOVE" in d.title]
            assert found.title == "USB Serial · ttyGLOVE" and found.transport == "serial"
            assert found.id == "usb:1a86:7523:1-2.3"
            assert parse_spec(str(found.spec)) == found.spec
            adapter = open_adapter(found.spec, taken)
            adapter.start()
            until(lambda: adapter.status.opened > 0, "not opened")
            device.do("go 0 5 0")
            until(lambda: len(taken) == 5, "nothing came")
            adapter.close()
        link.unlink()
        until(lambda: not any("ttyGLOVE" in d.title for d in finder.found()), "not forgotten")


def test_listing_ports_of_this_computer_raises_nothing() -> None:
    assert all(port.path and port.title for port in list_serial_ports())
    assert path_of(UsbIdentity(0xDEAD, 0xBEEF, "nobody")) is None


def test_bluetooth_devices_are_told_by_name_or_service_and_others_left_out() -> None:
    air = Air()
    AirDevice(air, "AA:00:00:00:00:01", "SignMirror L")
    AirDevice(air, "AA:00:00:00:00:02", "My Myo", None, "1234" * 8)
    AirDevice(air, "AA:00:00:00:00:03", "Kettle", None, "9999" * 8)
    with finding(places=["ble"], ble_backend=air.backends[1]) as finder:
        until(lambda: len(finder.found()) == 2, "not found")
        by_spec = {device.spec: device for device in finder.found()}
    glove = by_spec[GloveSpec("ble", "AA:00:00:00:00:01")]
    band = by_spec[GloveSpec("ble", "AA:00:00:00:00:02")]
    assert glove.title.endswith("SignMirror L") and glove.note is None
    assert band.title == "Myo armband · My Myo"
    assert band.note is not None and band.note.code == "glove.on-forearm"
    assert finder.problems() == ()


def test_profiles_are_chosen_by_what_a_device_has() -> None:
    profiles = ble_profiles()
    assert len(profiles) > 5
    assert advertised_profile("anything", [], profiles) is None
    by_service = advertised_profile("", [NUS.upper()], profiles)
    assert by_service is not None and by_service.service == NUS
    for profile in profiles:
        services = [profile.service] if profile.service else []
        has = [characteristic.uuid for characteristic in profile.characteristics]
        chosen = connected_profile(profile.device_name.replace("*", ""), services, has, profiles)
        assert chosen is not None and {c.uuid for c in chosen.characteristics} <= set(has)
        assert connected_profile("", services, [], profiles) is None


@pytest.mark.skipif(not LINUX, reason="D-Bus is Linux's")
@pytest.mark.parametrize("in_child", [False, True])
def test_without_bluetooth_there_is_one_line_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, in_child: bool
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    scan = BleScan(in_child=in_child)
    scan.start()
    try:
        until(lambda: scan.problem is not None, "not told")
        assert scan.problem.code == "glove.no-bluetooth" and "\n" not in scan.problem
        assert scan.seen() == ()
    finally:
        scan.stop()


@pytest.mark.skipif(not LINUX, reason="D-Bus is Linux's")
def test_places_that_are_not_there_are_told_beside_what_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    port = SerialPort("/dev/ttyFAKE")
    with finding(places=["serial", "ble"], extra_ports=lambda: [port]) as finder:
        until(lambda: finder.problems() != () and finder.found() != (), "not told")
        assert [message.code for message in finder.problems()] == ["glove.no-bluetooth"]
        assert "/dev/ttyFAKE" in [device.spec.name for device in finder.found()]


def test_a_place_that_fails_is_told_and_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = threading.Event()

    def ports() -> tuple[SerialPort, ...]:
        if not allowed.is_set():
            raise PermissionError(13, "Permission denied")
        return (SerialPort("/dev/ttyFAKE"),)

    monkeypatch.setattr("engine.glove.detection.listing.list_serial_ports", ports)
    with finding(places=["serial"]) as finder:
        until(lambda: finder.problems() != (), "not told")
        assert [message.code for message in finder.problems()] == ["glove.ports-failed"]
        assert finder.found() == ()
        allowed.set()
        assert first(finder).spec.name == "/dev/ttyFAKE"
        assert finder.problems() == ()


def test_streams_are_found_and_text_is_left_out() -> None:
    source = f"glove-{uuid.uuid4().hex}"
    with PlayedDevice("lsl_glove", "left glove", source, 0), finding(places=["lsl"]) as finder:
        until(lambda: any(d.id == f"lsl:{source}" for d in finder.found()), "not found")
        (found,) = [device for device in finder.found() if device.id == f"lsl:{source}"]
    assert found.title.startswith("left glove · ") and found.spec == GloveSpec("lsl", source)


def test_osc_is_heard_and_its_port_let_go_for_whoever_wants_it() -> None:
    port, taken = free_port(socket.SOCK_DGRAM), Taken()
    with (
        PlayedDevice("osc_glove", port, "left") as device,
        finding(places=["osc"], osc_ports=[port]) as finder,
    ):
        until(lambda: device.do("go 0 5 50") or finder.found() != (), "not heard")
        (found,) = finder.found()
        assert found.spec == GloveSpec("osc", "127.0.0.1", port)
        assert "/signmirror/left/imu" in found.title
        # Still looking, it must not keep the port from whoever was chosen.
        adapter = open_adapter(found.spec, taken)
        adapter.start()
        try:
            until(lambda: adapter.status.opened > 0, "the port is held")
            device.do("go 0 5 0")
            until(lambda: len(taken) >= 5, "nothing came")
        finally:
            adapter.close()


def test_x_io_s_devices_announce_themselves() -> None:
    port, found = free_port(socket.SOCK_DGRAM), []
    told = {"name": "x-IMU3", "sn": "0123-4567", "ip": "0.0.0.0", "port": 7000, "send": 8000}
    listening = threading.Thread(target=lambda: found.extend(hear_announcements(5.0, port=port)))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        listening.start()
        while listening.is_alive():
            for packet in (b"{", b"[]", b"\xff\xfe", json.dumps(told | {"port": "x"}).encode()):
                device.sendto(packet, ("127.0.0.1", port))
            device.sendto(json.dumps(told).encode(), ("127.0.0.1", port))
            listening.join(0.5)
    (one,) = found
    assert (one.name, one.serial, one.host, one.port) == ("x-IMU3", "0123-4567", "127.0.0.1", 7000)


@pytest.mark.parametrize(
    ("packet", "address"),
    [
        (b"/accX\0\0\0,f\0\0" + bytes(4), "/accX"),
        (b"#bundle\0" + bytes(8) + b"\0\0\0\x0c/a\0\0,f\0\0" + bytes(4), "/a"),
        (b"hello", ""),
        (b"/\xff\xfe\0", ""),
        (b"#bundle\0", ""),
        (b"", ""),
    ],
)
def test_osc_is_told_from_other_packets(packet: bytes, address: str) -> None:
    assert osc_address(packet) == address


def test_ports_that_somebody_holds_are_left_out() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as holder:
        holder.bind(("127.0.0.1", 0))
        assert hear_osc([holder.getsockname()[1]], 0.01) == {}


def dns_name(*labels: str) -> bytes:
    return b"".join(bytes([len(part.encode())]) + part.encode() for part in labels) + b"\0"


def dns_answer() -> bytes:
    """As a phone answers: its service, where it is, and its address; names that point back."""
    kind = dns_name("_websocket", "_tcp", "local")
    header = struct.pack(">6H", 0, 0x8400, 0, 1, 0, 2)
    instance = b"\x0bMy Pixel 8a\xc0\x0c"
    pointer = kind + struct.pack(">HHIH", 12, 1, 120, len(instance)) + instance
    at = len(header) + len(pointer) - len(instance)
    there = struct.pack(">H", 0xC000 | at)
    target = dns_name("Android", "local")
    service = there + struct.pack(">HHIH", 33, 1, 120, 6 + len(target))
    service += struct.pack(">HHH", 0, 0, 8080) + target
    address = (
        dns_name("android", "local") + struct.pack(">HHIH", 1, 1, 120, 4) + bytes([10, 0, 0, 7])
    )
    return header + pointer + service + address


def test_phones_answer_with_their_name_and_where_they_are() -> None:
    assert services_in(dns_answer(), PHONES, "10.0.0.9") == [
        Service("My Pixel 8a", "10.0.0.7", 8080)
    ]
    assert services_in(dns_answer(), "_http._tcp.local", "10.0.0.9") == []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.bind(("127.0.0.1", 0))
        phone.settimeout(60)

        def answer() -> None:
            question, asker = phone.recvfrom(9000)
            assert dns_name("_websocket", "_tcp", "local") in question
            phone.sendto(dns_answer(), asker)

        answering = threading.Thread(target=answer)
        answering.start()
        found = find_services(PHONES, 2.0, phone.getsockname())
        answering.join()
    assert found == (Service("My Pixel 8a", "10.0.0.7", 8080),)


def test_no_answer_however_damaged_does_any_harm() -> None:
    whole = dns_answer()
    for at in range(len(whole)):
        services_in(whole[:at], PHONES, "")
        for value in (0, 0xC0, 0xFF):
            services_in(whole[:at] + bytes([value]) + whole[at + 1 :], PHONES, "")
    # A name that points at itself has no end.
    loop = struct.pack(">6H", 0, 0, 0, 1, 0, 0) + b"\xc0\x0c" + bytes(10)
    assert services_in(loop, PHONES, "") == []


def test_everything_is_looked_for_at_once_and_nothing_is_left() -> None:
    files = len(os.listdir("/proc/self/fd")) if LINUX else 0
    with finding() as finder:
        running = {thread.name for thread in threading.enumerate()}
        finder.found()
    assert {f"signmirror-find-{place}" for place in PLACES if place != "ble"} <= running
    assert not [t.name for t in threading.enumerate() if t.name.startswith("signmirror-find")]
    assert not [t.name for t in threading.enumerate() if t.name == "signmirror-bluetooth"]
    if LINUX:
        assert len(os.listdir("/proc/self/fd")) <= files + 2
    never = GloveFinder()
    never.stop()
    assert never.found() == () and never.problems() == ()
