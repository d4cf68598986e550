"""Idle memory is given back where the system can; elsewhere nothing happens."""

from __future__ import annotations

import subprocess
import sys

import pytest

from engine.worker import heap
from tests.conftest import ROOT

HEAPS = """
import ctypes, sys, threading
from engine.worker.heap import return_idle, share_heaps

share_heaps()
all_at_once = threading.Barrier(8)
malloc = ctypes.CDLL(None).malloc
malloc.restype = ctypes.c_void_p

def take():
    all_at_once.wait()
    malloc(100)
    all_at_once.wait()

threads = [threading.Thread(target=take) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
return_idle()
sys.stderr.flush()
ctypes.CDLL(None).malloc_stats()
"""


@pytest.mark.skipif(heap._glibc() is None, reason="not glibc's memory")
def test_many_threads_share_two_heaps() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEAPS], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    told = [line for line in done.stderr.splitlines() if line.startswith("Arena ")]
    assert 1 <= len(told) <= 2


def test_another_system_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heap.sys, "platform", "win32")
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: pytest.fail("asked"))
    heap.share_heaps()
    heap.return_idle()
