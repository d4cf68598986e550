"""A small set in glove-letters' layout: hands that rest, rise and hold a shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from training.readers.glove_letters import ANGLES, FILE, STEPS

LABELS = ("A", "B", "Â", "MẸ")


def write_letters(folder: Path, *, takes: int = 10) -> Path:
    """Each sign has its own angles, some beyond 180°; of every take they differ a little."""
    rng = np.random.default_rng(5)
    shapes = rng.uniform(-170, 170, (len(LABELS), ANGLES))
    rising = np.clip((np.arange(STEPS) - 4) / 5, 0, 1)[:, None]
    seq, label, rec = [], [], []
    for number in range(len(LABELS)):
        for take in range(takes):
            held = shapes[number] + rng.normal(0, 6, ANGLES) + rng.normal(0, 1, (STEPS, ANGLES))
            angles = rising * held
            seq.append((angles + 180) % 360 - 180)
            label.append(number)
            rec.append(take + 1)
    order = rng.permutation(len(seq))
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / FILE,
        seq=np.array(seq, np.float16)[order],
        label=np.array(label, np.int16)[order],
        rec=np.array(rec, np.int16)[order],
        labels=np.array(LABELS),
    )
    return folder / FILE
