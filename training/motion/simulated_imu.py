"""Adds samples from the motion network to a set without sensors, marked as simulated."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import torch
from rich.progress import Progress

from engine.landmarks.gap_filling import fill_gaps
from training.errors import DataError
from training.motion.motion_model import UNITS, MotionModel
from training.preparation.manifest import Manifest, read_manifest, write_manifest
from training.preparation.prepare import IMU_FILE, JOINTS_FILE, read_arrays, write_arrays


def simulate_imu(source: Path, out: Path, model: MotionModel, progress: Progress) -> Manifest:
    """Write into `out` the set of `source` with simulated samples `(12, n_steps)` for each clip in
    which a person was seen. The manifest's `imu_from` is then 'simulated'.

    Raises DataError when the set has sensors of its own, or no joints to simulate them from.
    """
    manifest = read_manifest(source)
    if any(clip.imu for clip in manifest.clips):
        raise DataError(f"{source}: has sensor samples of its own; nothing needs to be simulated")
    joints = read_arrays(source / JOINTS_FILE, "joints")
    if not joints:
        raise DataError(
            f"{source}: has no joints; prepare it with --crop signer where MediaPipe is"
        )
    if out.resolve() == source.resolve():
        raise DataError(f"{out}: give the simulated set a folder of its own")
    steps: dict[str, np.ndarray] = {}
    for key, seen in progress.track(joints.items(), description="simulating"):
        if np.isnan(seen).all():
            continue
        whole = torch.from_numpy(fill_gaps(seen))[None]
        if not whole.isnan().any():
            steps[key] = model.simulate(whole)[0].numpy()
    if not steps:
        raise DataError(f"{source}: nobody was seen in any clip")
    (out / "clips").mkdir(parents=True, exist_ok=True)
    for clip in manifest.clips:
        _share(source / "clips" / clip.file, out / "clips" / clip.file)
    shutil.copyfile(source / JOINTS_FILE, out / JOINTS_FILE)
    write_arrays(out / IMU_FILE, "steps", steps)
    done = manifest.model_copy(
        update={
            "n_steps": model.network.n_steps,
            "units": UNITS,
            "imu_from": "simulated",
            "clips": tuple(
                clip.model_copy(update={"imu": clip.key in steps}) for clip in manifest.clips
            ),
        }
    )
    write_manifest(out, done)
    return done


def _share(source: Path, target: Path) -> None:
    """One file for both sets where the disk can do that, else a copy."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
