"""`--glove list`, and a standard output that takes no more."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator

import pytest

from engine.cli import glove_list
from engine.cli.glove_list import list_gloves
from engine.glove.detection.listing import GloveFinder
from engine.glove.detection.ports import SerialPort

SECONDS = 0.5


@pytest.fixture(autouse=True)
def one_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A port that the system does not list, and nothing else that is looked for."""
    ours, theirs = os.openpty()
    name = os.ttyname(theirs)

    def finder() -> GloveFinder:
        return GloveFinder(places=["serial"], extra_ports=lambda: [SerialPort(name, "glove", None)])

    monkeypatch.setattr(glove_list, "GloveFinder", finder)
    yield name
    os.close(ours)
    os.close(theirs)


def test_what_is_found_is_a_line_each(one_port: str) -> None:
    out = io.StringIO()
    assert list_gloves(out, SECONDS) == 0
    assert f"serial:{one_port}" in [
        json.loads(line)["glove"] for line in out.getvalue().splitlines()
    ]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_one_line_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with open("/dev/full", "w") as full:
        assert list_gloves(full, SECONDS) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "standard output" in line and "No space left" in line


def test_a_pipe_that_nobody_reads_ends_it_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        assert list_gloves(pipe, SECONDS) == 0
    assert capsys.readouterr().err == ""


def test_a_standard_output_that_is_closed_is_not_looked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    begun = time.perf_counter()
    assert list_gloves(seconds=60.0) == 0
    assert time.perf_counter() - begun < 30
