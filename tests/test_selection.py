"""Which tests run: everything, what is fast, or what is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LONGEST_S, ROOT

pytestmark = pytest.mark.slow

FILE = """
import pytest

def test_plain(): pass

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.soak
def test_soak(): pass

@pytest.mark.benchmark
def test_benchmark(): pass
"""


@pytest.mark.parametrize(
    ("arguments", "chosen"),
    [
        ((), {"test_plain", "test_slow"}),
        (("-m", "fast"), {"test_plain"}),
        (("-m", "soak"), {"test_soak"}),
    ],
    ids=["everything", "fast", "soak"],
)
def test_what_takes_long_runs_when_it_is_asked_for(
    tmp_path: Path, arguments: tuple[str, ...], chosen: set[str]
) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(FILE, "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "-n", "0"),
            *("-p", "tests.conftest", "--collect-only", *arguments, str(file)),
        ],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    found = {line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line}
    assert found == chosen, done.stdout + done.stderr
