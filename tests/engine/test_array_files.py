"""Archives of arrays: read by many threads at once, and when Python's parser trips over itself."""

from __future__ import annotations

import ast
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.array_files import read_archive
from engine.references import list_references, load_reference


def test_many_threads_read_at_once() -> None:
    failed: list[BaseException] = []
    known = list_references()

    def read() -> None:
        try:
            for _ in range(10):
                assert list_references() == known
                assert load_reference(known[0]).gloss == known[0]
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


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
    assert read_archive(tmp_path / "a.npz")["one"].tolist() == [0, 1, 2]


def test_what_is_no_archive_is_closed_again(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"nothing of the kind")
    with pytest.raises(ValueError, match="pickled"):
        read_archive(tmp_path / "a.npz")
    (tmp_path / "a.npz").unlink()
