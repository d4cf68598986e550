"""What all tests share: no screen needed, nothing left running, real data where there is some."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
import pytest
import torch
from hypothesis import settings

settings.register_profile("steady", deadline=None, max_examples=40)
settings.load_profile("steady")
# Several tests run side by side, and others may use the machine: two threads that wait for one
# another there take thirty times as long as one.
torch.set_num_threads(1)

ROOT = Path(__file__).resolve().parent.parent
DATA_VARIABLE = "SIGNMIRROR_DATA"
NAMED_ALONE = ("benchmark", "soak")
GRACE_S = 20.0
LONGEST_S = 900.0
"""What a program that a test starts may take: a guard against hanging, not a measure of speed."""

# A screen as people have it: Qt's own one that nobody sees is 800 x 800, and windows fit to theirs.
_SCREEN = str(Path(__file__).resolve().with_name("screen.json"))
if ":" in _SCREEN:
    # A colon would end the path.
    _SCREEN = os.path.relpath(_SCREEN).replace(os.sep, "/")
if os.environ["QT_QPA_PLATFORM"] == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_SCREEN}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything is fast that says nothing else; what measures or soaks runs when it is named."""
    for item in items:
        if not any(item.get_closest_marker(name) for name in ("slow", *NAMED_ALONE)):
            item.add_marker(pytest.mark.fast)
    if config.option.markexpr or any("::" in argument for argument in config.args):
        return
    left_out = [i for i in items if any(i.get_closest_marker(name) for name in NAMED_ALONE)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real recordings; tests that need them are skipped where there are none."""
    chosen = os.environ.get(DATA_VARIABLE)
    folder = Path(chosen) if chosen else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real recordings beside this checkout, nor in {DATA_VARIABLE}")
    return folder


@pytest.fixture(autouse=True)
def settings_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No test reads or changes the settings, the prepared networks or the log of the person who
    runs it; windows run theirs by plain torch, unless a test is about that."""
    config = tmp_path_factory.mktemp("config")
    (config / "settings.ini").write_text("[General]\nruntime=torch-fp32\n", "utf-8")
    monkeypatch.setenv("SIGNMIRROR_CONFIG", str(config))
    monkeypatch.setenv("SIGNMIRROR_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("SIGNMIRROR_LOGS", str(tmp_path_factory.mktemp("logs")))


@pytest.fixture(autouse=True, scope="session")
def networks_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For fixtures that several tests share, and that are made before any test's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNMIRROR_CACHE", str(tmp_path_factory.mktemp("networks")))
        patch.setenv("SIGNMIRROR_LOGS", str(tmp_path_factory.mktemp("logs-of-all")))
        yield


@pytest.fixture(autouse=True)
def nothing_is_left_running() -> Iterator[None]:
    """A thread or child process that outlives its test fails it, daemon or not."""
    threads, children = set(threading.enumerate()), set(_children())
    pooled = sum(map(_pooled, threads))
    yield
    deadline = time.monotonic() + GRACE_S
    while left := _left_running(threads, pooled, children):
        if time.monotonic() > deadline:
            pytest.fail(f"left running: {', '.join(left)}")
        # A pool's threads end when the pool is collected, and a caught error can hold it.
        gc.collect()
        time.sleep(0.02)


def _left_running(
    threads: set[threading.Thread], pooled: int, children: set[psutil.Process]
) -> list[str]:
    new = [t for t in threading.enumerate() if t not in threads and t.is_alive()]
    # Python cannot tell when a thread that C++ made has ended: it keeps a stand-in for it.
    new = [t for t in new if not isinstance(t, threading._DummyThread)]
    if sum(map(_pooled, threading.enumerate())) <= pooled:
        # A landmarker shared by several tests was rebuilt, and with it MediaPipe's pool.
        new = [t for t in new if not _pooled(t)]
    processes = [p for p in _children() if p not in children and _alive(p)]
    return [f"thread {t.name}" for t in new] + [f"process {_words(p)}" for p in processes]


def _pooled(thread: threading.Thread) -> bool:
    return thread.name.startswith("ThreadPoolExecutor-")


def _children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def _alive(process: psutil.Process) -> bool:
    try:
        # Python's own helper lives as long as the process that shares memory with others.
        tracker = any("resource_tracker" in word for word in process.cmdline())
        return process.status() != psutil.STATUS_ZOMBIE and not tracker
    except psutil.NoSuchProcess:
        return False


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline()) or process.name()
    except psutil.NoSuchProcess:
        return f"{process.pid} (just ended)"
