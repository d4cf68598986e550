"""One small log file for all processes of ours, without anybody's password."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.logs import log_file, person_stream, tell
from engine.logs.redaction import redacted
from engine.logs.rotating_file import LogFile
from tests.conftest import ROOT


def lines_in(folder: Path) -> list[str]:
    """Of the log and all older ones."""
    files = [file for file in folder.glob("signmirror.log*") if file.suffix != ".lock"]
    return [line for file in files for line in file.read_text("utf-8").splitlines()]


def test_it_lies_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNMIRROR_LOGS", str(tmp_path / "elsewhere"))
    assert log_file() == tmp_path / "elsewhere" / "signmirror.log"
    monkeypatch.delenv("SIGNMIRROR_LOGS")
    assert "SignMirror" in log_file().parts


def test_it_stays_small_and_the_newest_stays(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "signmirror.log", largest=1_000, kept=2)
    for number in range(200):
        log.write(b"line %d of these\n" % number)
    log.close()
    sizes = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert sizes.keys() == {
        *("signmirror.log", "signmirror.log.1", "signmirror.log.2", "signmirror.log.lock")
    }
    assert max(sizes.values()) <= 1_000
    newest = (tmp_path / "signmirror.log").read_text().splitlines()
    older = (tmp_path / "signmirror.log.1").read_text().splitlines()
    assert newest[-1] == "line 199 of these"
    first = int(newest[0].split()[1])
    assert older[-1] == f"line {first - 1} of these"


def test_what_others_write_is_cut_too(tmp_path: Path) -> None:
    """A native library writes to the same file, and has it open the whole time."""
    log = LogFile(tmp_path / "signmirror.log", largest=1_000)
    with open(tmp_path / "signmirror.log", "ab", buffering=0) as library:
        library.write(b"x" * 5_000)
        log.rotate_if_large()
        assert (tmp_path / "signmirror.log").stat().st_size == 0
        library.write(b"after\n")
    log.close()
    assert (tmp_path / "signmirror.log").read_text() == "after\n"
    assert (tmp_path / "signmirror.log.1").stat().st_size == 5_000


WRITER = """
import sys
from pathlib import Path
from engine.logs.rotating_file import LogFile
log = LogFile(Path(sys.argv[1]), largest=20_000, kept=100)
for number in range(400):
    log.write(f"{sys.argv[2]} {number} {'.' * 60}\\n".encode())
"""


def test_several_processes_lose_and_tear_no_line(tmp_path: Path) -> None:
    names = ("one", "two", "three")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "signmirror.log"), name], cwd=ROOT
        )
        for name in names
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    expected = {f"{name} {number} {'.' * 60}" for name in names for number in range(400)}
    assert sorted(lines_in(tmp_path)) == sorted(expected)
    assert len(list(tmp_path.glob("signmirror.log.[0-9]*"))) >= 4


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    log = LogFile(tmp_path / "logs" / "signmirror.log")
    log.write(b"nobody reads this\n")
    log.rotate_if_large()
    log.close()
    assert (tmp_path / "logs").read_text() == "a file"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("rtsp://eve:secret@camera/1", "rtsp://***@camera/1"),
        ("rtsp://eve:se@cr/et@camera:554/1 fails", "rtsp://***@camera:554/1 fails"),
        ("http://secret@camera", "http://***@camera"),
        ("'http://c/snap.jpg?user=eve&pwd=secret&n=1'", "'http://c/snap.jpg?user=***&pwd=***&n=1'"),
        ("http://c/v?access_key=secret", "http://c/v?access_key=***"),
        ("file.py:10 a//b, mail eve@home", "file.py:10 a//b, mail eve@home"),
    ],
)
def test_no_password_stands_in_it(text: str, kept: str) -> None:
    assert redacted(text) == kept


def test_within_a_test_nothing_is_diverted(capfd: pytest.CaptureFixture[str]) -> None:
    tell("a line for the person")
    print("and a second", file=person_stream())
    assert capfd.readouterr().err == "a line for the person\nand a second\n"
