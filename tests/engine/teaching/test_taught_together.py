"""Taught signs that several processes work on at once, and on a disk without room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from engine.messages import Message
from engine.teaching.taught_disk import FolderLock
from engine.teaching.taught_store import TaughtSignError, TaughtStore
from tests.conftest import ROOT
from tests.landmark_recordings import recording

TAKES_EACH = 8
LONGEST_S = 120.0

TEACH = """
import sys
from pathlib import Path
from engine.teaching.taught_store import TaughtStore
from tests.landmark_recordings import recording

taught, name, takes = TaughtStore(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
shown = [recording("wave", seed=seed) for seed in range(takes)]
print("ready", flush=True)
sys.stdin.readline()
for one in shown:
    taught.add_take(name, one)
taught.delete_take(name, 0)
"""

HOLD = """
import sys, time
from pathlib import Path
from engine.teaching.taught_disk import FolderLock

with FolderLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(600)
"""


@contextmanager
def another(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A process of its own, as a second copy of the program is."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_what_several_copies_teach_at_once_is_all_there(tmp_path: Path) -> None:
    folder = tmp_path / "taught"
    names = ["tree", "cảm ơn", "house"]
    with ExitStack() as stack:
        copies = [stack.enter_context(another(TEACH, folder, name, TAKES_EACH)) for name in names]
        assert [said(copy) for copy in copies] == ["ready"] * len(copies)
        looking, seen = threading.Event(), TaughtStore(folder)
        faults: list[str] = []

        def look() -> None:
            """A fourth copy, that reads all the while."""
            while not looking.wait(0.005):
                try:
                    seen.signs()
                except TaughtSignError as error:
                    faults.append(error.message)
                faults.extend(seen.problems)

        reader = threading.Thread(target=look)
        reader.start()
        try:
            for copy in copies:
                assert copy.stdin is not None
                copy.stdin.write("go\n")
                copy.stdin.flush()
            told = [copy.communicate(timeout=LONGEST_S) for copy in copies]
        finally:
            looking.set()
            reader.join()
    assert [(copy.returncode, errors) for copy, (_, errors) in zip(copies, told, strict=True)] == [
        (0, "")
    ] * len(copies)
    assert faults == []
    taught = TaughtStore(folder)
    assert {s.gloss: len(s.takes) for s in taught.signs()} == dict.fromkeys(names, TAKES_EACH - 1)
    assert taught.problems == ()
    assert len(list((folder / "takes").iterdir())) == len(names) * (TAKES_EACH - 1)
    assert sorted(p.name for p in folder.iterdir()) == ["takes", "taught.json"]


def test_a_copy_that_hangs_is_told_of_and_one_that_died_is_not_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "taught"
    taught = TaughtStore(folder, lock_wait_s=0.3)
    taught.add_take("tree", recording("wave"))
    with another(HOLD, folder) as other:
        assert said(other) == "held"
        with pytest.raises(TaughtSignError) as caught:
            taught.add_take("tree", recording("wave", seed=2))
        assert caught.value.reason == "busy"
        assert isinstance(caught.value.message, Message)
        # Reading needs nobody's leave.
        assert len(taught.signs()[0].takes) == 1
        taught.export(tmp_path / "all.signs")
        other.kill()
        other.wait()
    assert len(taught.add_take("tree", recording("wave", seed=2)).takes) == 2


def test_the_lock_may_be_taken_again_by_whoever_has_it(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "taught", wait_s=0.2)
    with lock.held():
        with lock.held():
            pass
        with pytest.raises(TaughtSignError), FolderLock(tmp_path / "taught", wait_s=0.1).held():
            pass
    with FolderLock(tmp_path / "taught", wait_s=0.1).held():
        pass


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("whole", [False, True])
def test_deleting_makes_room_where_there_is_none(tmp_path: Path, whole: bool) -> None:
    taught = TaughtStore(tmp_path / "taught")
    for seed in range(2):
        taught.add_take("tree", recording("wave", seed=seed))
    # What is written aside finds no room until a take is gone.
    (taught.folder / "taught.json.unfinished").symlink_to("/dev/full")
    if whole:
        taught.delete("tree")
    else:
        taught.delete_take("tree", 0)
    left = 0 if whole else 1
    assert sum(len(sign.takes) for sign in taught.signs()) == left
    assert taught.problems == ()
    assert len(list((taught.folder / "takes").iterdir())) == left


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 kB."""
    place, mount = tmp_path / "disk", shutil.which("mount")
    place.mkdir()
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)]
    if sys.platform != "linux" or mount is None:
        pytest.skip("a small disk can be made on Linux only")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator can make a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_takes_no_more_takes_and_lets_one_go(small_disk: Path) -> None:
    taught = TaughtStore(small_disk / "taught")
    for seed in range(4):
        taught.add_take("tree", recording("wave", seed=seed))
    with (small_disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(4096)):
            pass
    with pytest.raises(TaughtSignError, match="No space left") as caught:
        taught.add_take("tree", recording("wave", seed=9))
    assert caught.value.reason == "disk"
    assert isinstance(caught.value.message, Message)
    assert len(taught.signs()[0].takes) == 4
    taught.delete_take("tree", 1)
    assert len(taught.signs()[0].takes) == 3
    assert taught.problems == ()
    taught.delete("tree")
    assert TaughtStore(small_disk / "taught").signs() == ()
    assert list((small_disk / "taught" / "takes").iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "system"])
def test_a_folder_that_cannot_be_written_is_one_plain_message(tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_text("no folder")
    folder = tmp_path / "file" / "taught"
    if kind == "system":
        # Not even an administrator may write there.
        if not Path("/proc/self").exists():
            pytest.skip("no folder that nobody can write")
        folder = Path("/proc/signmirror/taught")
    taught = TaughtStore(folder)
    started = time.monotonic()
    with pytest.raises(TaughtSignError) as caught:
        taught.add_take("tree", recording("wave"))
    assert caught.value.reason == "disk"
    assert isinstance(caught.value.message, Message)
    assert str(folder) in caught.value.message
    assert time.monotonic() - started < 5.0
