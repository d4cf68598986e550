"""What goes wrong in the engine is said by a code, which the window can say in any language."""

from __future__ import annotations

import ast
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from engine.messages import TEMPLATES, Message, PlainError, reason_of
from engine.sources.errors import SourceError
from tests.conftest import ROOT

_TEXTS = (ast.Constant, ast.JoinedStr, ast.BinOp)


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted((ROOT / "engine").rglob("*.py")):
        yield file, ast.parse(file.read_text("utf-8"))


def _names_of_plain_errors() -> set[str]:
    """`PlainError` and what derives from it, at any distance, by their names in the source."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for _, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {PlainError.__name__}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


def _calls(tree: ast.Module, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
            yield node


def test_no_error_for_people_is_made_of_a_bare_string() -> None:
    errors = _names_of_plain_errors()
    assert {"SourceError", "BundleError", "TaughtSignError", "RuntimeFailedError"} <= errors
    made, bare = 0, []
    for file, tree in _modules():
        for call in _calls(tree, errors):
            made += 1
            if not call.args or isinstance(call.args[0], _TEXTS):
                bare.append(f"{file.relative_to(ROOT)}:{call.lineno}")
    assert bare == []
    assert made > 50


def test_every_code_that_is_used_is_known_with_just_its_values() -> None:
    wrong, used = [], set[str]()
    for file, tree in _modules():
        for call in _calls(tree, {"Message"}):
            code = call.args[0] if call.args else None
            if not isinstance(code, ast.Constant) or not isinstance(code.value, str):
                continue
            used.add(code.value)
            given = {one.arg for one in call.keywords}
            fields = {name for _, name, _, _ in Formatter().parse(TEMPLATES[code.value]) if name}
            if None not in given and given != fields:
                wrong.append(f"{file.relative_to(ROOT)}:{call.lineno}: {given} for {fields}")
    assert wrong == []
    assert len(used) > 50


def test_a_password_within_a_reason_is_left_out_and_its_code_stays() -> None:
    reason = Message("source.no-file", name="http://me:secret@camera/")
    error = SourceError(Message("source.file-fails", name="rtsp://me:secret@camera", reason=reason))

    assert "secret" not in error.message
    kept = error.message.values["reason"]
    assert isinstance(kept, Message) and kept.code == "source.no-file"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ECONNREFUSED])
def test_what_the_system_says_has_a_code_too(number: int) -> None:
    reason = reason_of(OSError(number, os.strerror(number)))

    assert isinstance(reason, Message)
    assert reason == os.strerror(number)


def test_what_nobody_has_words_for_is_told_as_it_is() -> None:
    assert reason_of(OSError(99999, "the moon\nis full")) == "the moon"
    assert reason_of(ValueError()) == "ValueError"
