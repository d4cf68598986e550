"""A made-up prepared set on disk: a light that moves, and two wrists that feel it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

import numpy as np

from training.preparation.contact_sheet import encode_sheet
from training.preparation.manifest import Manifest, PreparedClip, write_manifest
from training.preparation.prepare import IMU_FILE, write_arrays

GLOSSES = ("hi", "eat", "UAE")
UNITS = ("g",) * 6 + ("deg/s",) * 6
SIDE, FRAMES, STEPS = 24, 24, 32


def write_prepared(
    folder: Path,
    *,
    signers: int = 4,
    takes: int = 3,
    imu_from: Literal["measured", "simulated"] = "simulated",
    units: tuple[str, ...] = UNITS,
    reverse: bool = False,
) -> Path:
    """`reverse`: the same clips, listed from the last to the first."""
    (folder / "clips").mkdir(parents=True)
    clips, steps = [], {}
    for s in range(signers):
        for g, gloss in enumerate(GLOSSES):
            for take in range(takes):
                key = f"user{s + 1:02d}_{gloss}_{take}"
                rng = np.random.default_rng([s, g, take])
                along = np.linspace(0, 1, FRAMES) + rng.normal(0, 0.02)
                row = 4 + 14 * (along if g == 0 else 1 - along if g == 1 else 0.5 + 0 * along)
                column = 4 + 14 * (along if g == 2 else 0.5 + 0 * along)
                video = np.full((FRAMES, SIDE, SIDE, 3), 40 + 10 * s, np.uint8)
                for t in range(FRAMES):
                    i, j = int(np.clip(row[t], 0, 19)), int(np.clip(column[t], 0, 19))
                    video[t, i : i + 4, j : j + 4] = 240
                data = encode_sheet(video, 90)
                (folder / "clips" / f"{key}.webp").write_bytes(data)
                clips.append(
                    PreparedClip(
                        key=key, gloss=gloss, signer=f"user{s + 1:02d}", file=f"{key}.webp",
                        sha256=hashlib.sha256(data).hexdigest(), source=key, imu=bool(units),
                    )
                )  # fmt: skip
                samples = rng.normal(0, 0.05, (len(units), STEPS))
                if len(units):
                    samples[0] += np.sin((g + 1) * np.linspace(0, 3, STEPS))
                steps[key] = samples.astype(np.float32)
    if units:
        write_arrays(folder / IMU_FILE, "steps", steps)
    if reverse:
        clips.reverse()
    write_manifest(
        folder,
        Manifest(
            dataset="arsl10", size=SIDE, frames=FRAMES, n_steps=STEPS, quality=90, units=units,
            imu_from=imu_from, clips=tuple(clips),
        ),
    )  # fmt: skip
    return folder
