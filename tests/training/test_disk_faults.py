"""`--out` on a full disk, in a closed folder or naming a file: one plain line, and the status 2."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from safetensors import SafetensorError

from tests.conftest import ROOT
from tests.videos import write_video
from training.disk_faults import out_of, said_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def own_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("set")
    for sign in ("one", "two"):
        (root / sign).mkdir()
        for signer in ("an", "binh", "chi"):
            write_video(root / sign / f"{signer}_1.mp4", frames=30)
    return root


def prepare(own_set: Path, out: Path | str) -> subprocess.CompletedProcess[str]:
    words = ("prepare", "folder", "--crop", "centre", "--workers", "1")
    return subprocess.run(
        [sys.executable, "-m", "training", *words, "--data", str(own_set), "--out", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2, done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("training: ")]
    assert len(said) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return said[0]


def test_a_file_where_the_folder_shall_be(own_set: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a letter", encoding="utf-8")
    said = one_line(prepare(own_set, tmp_path / "out"))

    assert "out" in said and "is a file, and a folder is wanted" in said
    assert (tmp_path / "out").read_text("utf-8") == "a letter"


def test_a_folder_that_may_not_be_written(own_set: Path) -> None:
    # Closed to everybody, root too.
    closed = Path("/proc/sys/signmirror")
    if not closed.parent.is_dir():
        pytest.skip("no folder here that nobody may write to")
    said = one_line(prepare(own_set, closed))

    assert str(closed) in said


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("only root can make a small disk here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk(own_set: Path, small_disk: Path) -> None:
    out = small_disk / "out"
    said = one_line(prepare(own_set, out))

    assert f"{out}: no space is left" in said


@pytest.mark.parametrize("option", [["--out", "here"], ["--out=here"]])
def test_what_is_written_to_is_named(option: list[str]) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert out_of(["fit", "asl20", *option]) == "here"
    assert said_of(full, option).startswith("here: no space is left")
    said = said_of(SafetensorError("I/O error: No space left on device (os error 28)"), option)
    assert said.startswith("here: no space is left")


def test_what_the_system_names_is_named() -> None:
    error = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/somewhere/weights")

    assert said_of(error, ["--out", "here"]).startswith("/somewhere/weights: may not be written")


def test_whatever_else_a_disk_says_is_handed_on() -> None:
    odd = OSError(errno.EBUSY, "Device or resource busy", "x")

    assert said_of(odd, []) == "x: cannot be used (Device or resource busy)"
