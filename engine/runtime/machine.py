"""Which machine this is: what was measured on one says nothing of another."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.runtime.backend import has_torch
from engine.runtime.graphics_cards import card_names


@dataclass(frozen=True, slots=True)
class Machine:
    """What the speed of a network depends on."""

    processor: str
    cores: int
    system: str
    torch: str
    openvino: str
    cards: tuple[str, ...] = ()
    """CUDA graphics cards: one that was taken out, or put in, makes another machine of it."""

    @property
    def key(self) -> str:
        """Short, and the same for the same machine."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()[:12]


@functools.lru_cache(maxsize=1)
def this_machine() -> Machine:
    return Machine(
        processor=_processor(),
        cores=usable_cores(),
        system=f"{platform.system()} {platform.machine()}",
        # What is installed where Python does not look for it runs nothing.
        torch=_version("torch") if has_torch() else "none",
        openvino=_version("openvino"),
        cards=card_names(),
    )


def usable_cores() -> int:
    """Those that this process may use, which in a container are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"
