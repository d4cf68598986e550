"""PySide6 6.12.0 loses a reference to None with most calls on Python 3.11, until Python aborts."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

# More calls than Python starts with references to None, True and False together.
PROGRAM = """
import desktop_app
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    sent = Signal()

sender = Sender()
sender.sent.connect(lambda: None)
for _ in range(200_000):
    sender.setObjectName("sign")
    sender.sent.emit()
print("alive")
"""


def test_many_calls_to_qt_do_not_end_python() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
