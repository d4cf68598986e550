"""How connections are written, and what opens them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.glove.adapters.opening import open_adapter
from engine.glove.recipes.recipe import find_recipe
from engine.glove.spec import GloveSpec, GloveSpecError, parse_spec

GOOD = [
    ("serial:COM3", GloveSpec("serial", "COM3")),
    (
        "serial:/dev/serial/by-id/usb-1a86:7523",
        GloveSpec("serial", "/dev/serial/by-id/usb-1a86:7523"),
    ),
    ("tcp:glove.local:3333", GloveSpec("tcp", "glove.local", 3333)),
    ("tcp:[fe80::1]:3333", GloveSpec("tcp", "fe80::1", 3333)),
    ("udp:8000", GloveSpec("udp", "127.0.0.1", 8000)),
    ("udp:0.0.0.0:8000", GloveSpec("udp", "0.0.0.0", 8000)),
    ("osc:9000", GloveSpec("osc", "127.0.0.1", 9000)),
    ("lsl:left glove", GloveSpec("lsl", "left glove")),
    ("ble:AA:BB:CC:00:11:22", GloveSpec("ble", "AA:BB:CC:00:11:22")),
    ("phone:192.168.1.7:8080", GloveSpec("phone", "192.168.1.7", 8080)),
    ("logger:8000", GloveSpec("logger", "127.0.0.1", 8000)),
    (r"replay:C:\takes\one.csv", GloveSpec("replay", r"C:\takes\one.csv")),
]
BAD = ["", "COM3", "serial:", "smoke:1", "tcp:3333", "phone::80", "lsl:" + "n" * 2000]
BAD_PORTS = ["udp:0", "udp:65536", "osc:-1", "tcp:host:", "udp:١٢", "logger:1e3", "udp:a\nb"]


@pytest.mark.parametrize(("text", "spec"), GOOD)
def test_what_is_written_is_read_and_written_again(text: str, spec: GloveSpec) -> None:
    assert parse_spec(text) == spec
    assert str(spec) == text and parse_spec(f"  {text}\n") == spec


@pytest.mark.parametrize("text", BAD)
def test_what_names_no_connection_is_told_how_one_is_written(text: str) -> None:
    with pytest.raises(GloveSpecError) as caught:
        parse_spec(text)
    assert caught.value.message.code == "glove.spec-unknown"
    assert len(caught.value.message) < 300 and "\n" not in caught.value.message


@pytest.mark.parametrize("text", BAD_PORTS)
def test_a_port_that_is_none_is_named(text: str) -> None:
    with pytest.raises(GloveSpecError) as caught:
        parse_spec(text)
    assert caught.value.message.code == "glove.spec-port"
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(("text", "spec"), GOOD)
def test_every_connection_has_an_adapter_that_opens_nothing_yet(text: str, spec: GloveSpec) -> None:
    adapter = open_adapter(spec, lambda readings: None)
    assert adapter.status.state == "opening" and adapter.status.device_id and adapter.status.title
    adapter.close()


def test_a_recipe_for_another_way_of_sending_is_refused_in_one_line(tmp_path: Path) -> None:
    for spec, recipe in (("serial:COM3", "myo"), ("ble:AA", "witmotion"), ("udp:1", "muse")):
        with pytest.raises(GloveSpecError) as caught:
            open_adapter(parse_spec(spec), lambda readings: None, recipe=find_recipe(recipe))
        assert caught.value.message.code == "glove.recipe-elsewhere"
