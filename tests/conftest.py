"""What all tests share: no screen needed, no thread left behind, real data where there is some."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import torch
from hypothesis import settings

settings.register_profile("steady", deadline=None, max_examples=40)
settings.load_profile("steady")
torch.set_num_threads(min(2, os.cpu_count() or 1))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real recordings; tests that need them are skipped where there are none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real recordings beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 3.0
    while time.monotonic() < deadline:
        left = [t for t in threading.enumerate() if t not in before and _ours(t)]
        if not left:
            return
        time.sleep(0.02)
    pytest.fail(f"threads left behind: {[thread.name for thread in left]}")


def _ours(thread: threading.Thread) -> bool:
    # MediaPipe keeps one dispatcher a process for all its landmarkers.
    return thread.is_alive() and "dispatch" not in thread.name.lower()
