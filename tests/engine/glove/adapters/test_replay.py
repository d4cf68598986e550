"""Recordings of gloves, played as if they were worn."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.glove.adapters.opening import open_adapter
from engine.glove.adapters.replay import ReplayAdapter
from engine.glove.spec import parse_spec
from tests.engine.glove.adapters.rigs import Taken, until
from tests.engine.glove.devices.motion import HEADER, line


def record(folder: Path, *lines: str) -> Path:
    file = folder / "take.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_samples_come_at_their_pace_and_then_it_is_over(tmp_path: Path) -> None:
    lines = [line(number, 40.0 + number / 100) for number in range(50)]
    file, taken = record(tmp_path, HEADER.format(hand="L"), *lines, "12,oops"), Taken()
    adapter = open_adapter(parse_spec(f"replay:{file}"), taken)
    adapter.start()
    try:
        until(lambda: len(taken) == 50, "samples are lost")
        assert taken.numbers() == list(range(50))
        arrivals = [reading.arrival_s for reading in taken.readings]
        # Half a second; a busy computer may have begun late.
        assert arrivals[-1] - arrivals[0] > 0.3 and arrivals == sorted(arrivals)
        until(lambda: adapter.status.message is not None, "its end is not told")
        assert adapter.status.message.code == "glove.recording-ended"
        assert sum(adapter.status.bad.values()) == 1 and adapter.status.opened == 1
    finally:
        adapter.close()


def test_two_hands_take_turns_or_share_a_line(tmp_path: Path) -> None:
    turns = [
        text
        for number in range(4)
        for hand in "LR"
        for text in (HEADER.format(hand=hand), line(number, number / 100))
    ]
    columns = [f"{side}{axis}" for side in "lr" for axis in ("ax", "ay", "az", "gx", "gy", "gz")]
    both = ["#signmirror 1 cols=t:us," + ",".join(columns)]
    both += [f"{number * 10000}," + ",".join(["0.5"] * 12) for number in range(4)]
    for lines in (turns, both):
        taken = Taken()
        adapter = ReplayAdapter(taken, record(tmp_path, *lines))
        adapter.start()
        try:
            until(lambda taken=taken: len(taken) == 8, "samples are lost")
        finally:
            adapter.close()
        hands = [reading.hand for reading in taken.readings]
        assert hands == ["left", "right"] * 4


def test_a_pause_of_an_hour_is_not_waited_for_and_speed_is_kept(tmp_path: Path) -> None:
    lines = [line(0, 1.0), line(1, 3601.0), line(2, 3601.5)]
    taken = Taken()
    adapter = ReplayAdapter(taken, record(tmp_path, HEADER.format(hand="L"), *lines), speed=50)
    adapter.start()
    try:
        until(lambda: len(taken) == 3, "it waited")
    finally:
        adapter.close()


@pytest.mark.parametrize("content", [None, b"", b"name,price\nsoap,3\n", bytes(range(256)) * 40])
def test_what_is_no_recording_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "shopping.csv"
    if content is not None:
        file.write_bytes(content)
    adapter = ReplayAdapter(Taken(), file)
    adapter.start()
    try:
        until(lambda: adapter.status.state == "failed", "not told")
        code = "glove.no-recording" if content is None else "glove.recording-empty"
        assert adapter.status.message.code == code and "shopping.csv" in adapter.status.message
    finally:
        adapter.close()


@pytest.mark.parametrize("back_s", [0.3, 2.0, 4.9, 100.0])
def test_a_clock_that_goes_back_changes_no_pace(tmp_path: Path, back_s: float) -> None:
    """The board was switched on anew: its samples are as far apart as before."""
    lines = [line(number, 100.0 + number / 50) for number in range(15)]
    lines += [line(number, 100.3 - back_s + number / 50) for number in range(15, 40)]
    taken = Taken()
    adapter = ReplayAdapter(taken, record(tmp_path, HEADER.format(hand="L"), *lines))
    adapter.start()
    try:
        until(lambda: len(taken) == 40, "samples are lost")
    finally:
        adapter.close()
    assert taken.numbers() == list(range(40))
    arrivals = [reading.arrival_s for reading in taken.readings]
    # 0.48 s, of which a busy computer may make up a part.
    assert arrivals[-1] - arrivals[15] > 0.3
    assert arrivals[-1] - arrivals[0] < 0.78 + 5


def test_two_hands_by_clocks_apart_keep_their_pace(tmp_path: Path) -> None:
    lines = [
        text
        for number in range(30)
        for hand, ahead_s in (("L", 0.0), ("R", -0.4))
        for text in (HEADER.format(hand=hand), line(number, 10.0 + ahead_s + number / 50))
    ]
    taken = Taken()
    adapter = ReplayAdapter(taken, record(tmp_path, *lines))
    adapter.start()
    try:
        until(lambda: len(taken) == 60, "samples are lost")
    finally:
        adapter.close()
    arrivals = [reading.arrival_s for reading in taken.readings]
    assert 0.4 < arrivals[-1] - arrivals[0] < 0.58 + 5


def test_a_pause_in_a_recording_is_not_its_end(tmp_path: Path) -> None:
    lines = [line(0, 1.0), line(1, 5.8), line(2, 5.81)]
    taken = Taken()
    adapter = ReplayAdapter(taken, record(tmp_path, HEADER.format(hand="L"), *lines))
    adapter.start()
    told = set()
    try:
        until(lambda: told.add(adapter.status.message) or len(taken) == 3, "it ended")
        assert told == {None}
        until(lambda: adapter.status.message is not None, "its end is not told")
    finally:
        adapter.close()


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    adapter = ReplayAdapter(Taken(), tmp_path)
    adapter.start()
    try:
        until(lambda: adapter.status.state == "failed", "not told")
        # No cable is of any help.
        assert adapter.status.message.code == "glove.recording-failed"
    finally:
        adapter.close()


def test_a_recording_that_a_spreadsheet_saved_is_played(tmp_path: Path) -> None:
    file, taken = tmp_path / "take.csv", Taken()
    lines = [HEADER.format(hand="R"), *(line(number, number / 100) for number in range(5))]
    file.write_bytes("\r\n".join(lines).encode("utf-8-sig") + b"\r\n")
    adapter = ReplayAdapter(taken, file)
    adapter.start()
    try:
        until(lambda: len(taken) == 5, "samples are lost")
    finally:
        adapter.close()
    assert taken.numbers() == list(range(5)) and adapter.status.bad == {}
