"""Archives of arrays: whole ones are read in every thread, damaged ones refused in one way."""

from __future__ import annotations

import ast
import gc
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engine.array_files import ArrayFileError, read_arrays
from engine.landmarks.recording import RecordingError, load_recording
from engine.sources.motion.references import ReferenceMotionError, list_references, load_reference

READERS, TIMES = 3, 12


@pytest.fixture
def threads_that_change_places() -> Iterator[None]:
    """Garbage is collected often, and lets other threads run meanwhile, as Qt's and torch's does
    now and then."""

    def elsewhere(_phase: str, _info: dict[str, int]) -> None:
        time.sleep(0.0002)

    before = gc.get_threshold()
    gc.set_threshold(20)
    gc.callbacks.append(elsewhere)
    yield
    gc.callbacks.remove(elsewhere)
    gc.set_threshold(*before)


@pytest.mark.usefixtures("threads_that_change_places")
def test_threads_that_read_at_once_read_what_is_there(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.npz" for number in range(READERS)]
    for number, file in enumerate(files):
        np.savez(file, number=number, more=np.zeros((2, 3)), name="mẹ")
    together = threading.Barrier(READERS)

    def read(file: Path) -> list[int]:
        together.wait(timeout=60)
        return [int(read_arrays(file)["number"]) for _ in range(TIMES)]

    with ThreadPoolExecutor(READERS) as pool:
        assert list(pool.map(read, files)) == [[n] * TIMES for n in range(READERS)]


@pytest.mark.usefixtures("threads_that_change_places")
def test_the_window_and_the_engine_list_reference_motions_at_once() -> None:
    together = threading.Barrier(READERS)

    def known(_: int) -> list[str]:
        together.wait(timeout=60)
        return list_references()

    with ThreadPoolExecutor(READERS) as pool:
        first, *others = pool.map(known, range(READERS))
    assert len(first) > 1
    assert others == [first] * (READERS - 1)


def test_damage_anywhere_is_refused_in_one_way(tmp_path: Path) -> None:
    """As of takes that travelled from one computer to another: every byte may be the wrong one."""
    file = tmp_path / "father.npz"
    gen = np.random.default_rng(0)
    np.savez_compressed(file, t_s=np.arange(4.0), pose=gen.normal(size=(4, 33, 4)))
    whole = file.read_bytes()
    refused = 0
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        file.write_bytes(damaged)
        try:
            read_arrays(file)
        except ArrayFileError:
            refused += 1
        for load, error in (
            (load_recording, RecordingError),
            (lambda one: load_reference(one.stem, one.parent), ReferenceMotionError),
        ):
            with pytest.raises(error):
                load(file)
    assert refused > 10


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive", b"\x93NUMPY\x01\x00"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "take.npz"
    file.write_bytes(content)
    with pytest.raises(ArrayFileError):
        read_arrays(file)


def test_one_array_alone_is_no_archive(tmp_path: Path) -> None:
    file = tmp_path / "take.npz"
    with file.open("wb") as stream:
        np.save(stream, np.zeros(3))
    with pytest.raises(ArrayFileError):
        read_arrays(file)


def test_a_parser_that_another_thread_disturbed_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    np.savez(tmp_path / "a.npz", one=np.arange(3))
    parse, asked = ast.parse, 0

    def disturbed(*arguments: object, **options: object) -> object:
        nonlocal asked
        asked += 1
        if asked < 3:
            raise SystemError("AST constructor recursion depth mismatch (before=48, after=192)")
        return parse(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(ast, "parse", disturbed)
    assert read_arrays(tmp_path / "a.npz")["one"].tolist() == [0, 1, 2]
