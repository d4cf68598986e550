"""Peak memory of training in MiB: of the GPU, or of the process on a CPU."""

from __future__ import annotations

import sys
from pathlib import Path

import torch

_MIB = 2**20


def reset_peak(device: torch.device) -> None:
    """Start counting the GPU's peak anew. The peak of a process on a CPU cannot be reset."""
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)


def peak_memory_mib(device: torch.device) -> float | None:
    """Peak in MiB since `reset_peak` (GPU) or since the process started (CPU); None on Windows."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / _MIB
    return _peak_resident_mib()


def _peak_resident_mib() -> float | None:
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage would count the process that started this one, had that been larger.
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        peaks = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
        if peaks:
            return int(peaks[0]) / 1024
    if sys.platform == "win32":
        return None
    import resource

    # Bytes on macOS, KiB on every other system.
    unit = _MIB if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
