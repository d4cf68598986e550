"""A made-up UTD-MHAD folder: real MATLAB files in the published layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import scipy.io

HEIGHT, WIDTH, LENGTH = 48, 64, 30


def write_recording(root: Path, action: int, subject: int, trial: int) -> None:
    """A body before an empty room; a hand moves as `action` says, and so does its accelerometer."""
    rng = np.random.default_rng(action * 1000 + subject * 10 + trial)
    depth = np.zeros((HEIGHT, WIDTH, LENGTH), np.uint16)
    depth[8 + subject % 3 : 44, 26:38] = 2400 + 20 * subject
    # Nobody moves as far, as fast or from the same place as another.
    reach, start, haste = rng.uniform(0.7, 1.1), rng.uniform(-0.5, 0.5), rng.uniform(0.8, 1.2)
    t = start + haste * np.linspace(0, 2 * np.pi, LENGTH)
    x = 32 + 18 * reach * np.sin(t * (1 + action % 3)) * (1 if action % 2 else -1)
    y = 22 - 10 * reach * np.cos(t * (1 + action // 3))
    for i in range(LENGTH):
        column, row = int(x[i]), int(y[i])
        depth[max(0, row - 3) : row + 3, max(0, column - 3) : column + 3, i] = 1900
    long = np.linspace(0, 2 * np.pi, 120)
    acc = np.stack(
        [np.sin(long * (1 + action % 3)), np.cos(long * (1 + action // 3)), np.ones(120)], axis=1
    )
    gyro = 90 * np.roll(acc, 1, axis=1)
    iner = np.concatenate([acc, gyro], axis=1) + 0.05 * rng.normal(size=(120, 6))
    name = f"a{action}_s{subject}_t{trial}"
    for folder in ("Depth", "Inertial"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    scipy.io.savemat(root / "Depth" / f"{name}_depth.mat", {"d_depth": depth}, do_compression=True)
    scipy.io.savemat(root / "Inertial" / f"{name}_inertial.mat", {"d_iner": iner})


def write_set(root: Path, *, actions: int = 3, subjects: int = 8, trials: int = 2) -> None:
    for action in range(1, actions + 1):
        for subject in range(1, subjects + 1):
            for trial in range(1, trials + 1):
                write_recording(root, action, subject, trial)
