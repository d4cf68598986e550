"""What is for the person goes through `engine.logs`; whatever else is printed is the log's."""

from __future__ import annotations

import ast

from tests.conftest import ROOT
from tests.test_architecture import ROOMS, source_files


def test_nobody_of_ours_prints_to_standard_error_past_the_log() -> None:
    """`sys.stderr` is the log once a program runs: a line printed there reaches no person."""
    on_purpose = {
        ROOT / "desktop_app" / "unexpected.py": "what Qt says",
    }
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in [ROOT / "main.py", *source_files(*ROOMS)]
        if file not in on_purpose and not file.is_relative_to(ROOT / "engine" / "logs")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and any(_is_stderr(k) for k in node.keywords)
    ]
    assert found == []


def _is_stderr(keyword: ast.keyword) -> bool:
    """`print(…, file=sys.stderr)`, `Console(stderr=True)`, `typer.echo(…, err=True)`."""
    if keyword.arg in ("stderr", "err"):
        return isinstance(keyword.value, ast.Constant) and keyword.value.value is True
    return keyword.arg == "file" and ast.unparse(keyword.value) == "sys.stderr"
