"""A small set in asl20's own layout: made-up motions, so that tests need no real data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

# Hand L and R, head, thumb L and R, spine mid and base, shoulder L, hip L, elbow L and R.
_STANDING = np.array(
    [
        [-0.2, -0.3, 1.5],
        [0.2, -0.3, 1.5],
        [0.0, 0.45, 1.6],
        [-0.2, -0.3, 1.5],
        [0.2, -0.3, 1.5],
        [0.0, 0.0, 1.6],
        [0.0, -0.3, 1.6],
        [-0.17, 0.2, 1.6],
        [-0.1, -0.3, 1.6],
        [-0.25, -0.05, 1.6],
        [0.25, -0.05, 1.6],
    ]
)
WORDS = ("up", "aside", "gesture")


def write_set(
    path: Path, *, signers: int = 12, takes: int = 3, rows: int = 45, seed: int = 0
) -> Path:
    """`up` lifts the right hand, `aside` moves it out; the armbands feel the same motion."""
    rng = np.random.default_rng(seed)
    records = []
    bump = np.sin(np.linspace(0, np.pi, rows)) ** 2
    for signer in range(signers):
        for word in WORDS:
            for take in range(takes):
                joints = np.repeat(_STANDING[:, :, None], rows, axis=2)
                move = {"up": (0.0, 0.7), "aside": (0.5, 0.2)}.get(
                    word, tuple(rng.normal(0, 0.3, 2))
                )
                for joint, share in ((1, 1.0), (4, 1.0), (10, 0.4)):
                    joints[joint, 0] += share * move[0] * bump
                    joints[joint, 1] += share * move[1] * bump
                joints += rng.normal(0, 0.004, joints.shape)
                acc = rng.normal(0, 0.02, (6, rows))
                acc[0] += 1.0
                acc[3] += 1.0 - move[1] * bump
                acc[4] += move[0] * bump
                euler = rng.normal(0, 0.01, (6, rows))
                euler[4] += move[1] * bump
                if take == 1 and signer == 0:
                    acc[:3], euler[:3] = 1.0, 0.5
                records.append(
                    {
                        "clip": f"S{signer:02d}_{word}_{take}",
                        "signer": f"S{signer:02d}",
                        "word": word,
                        "rows": rows,
                        "joints_e4m": np.round(joints.reshape(-1) * 1e4).astype(np.int32),
                        "acc_2048": np.round(acc.reshape(-1) * 2048).astype(np.int32),
                        "euler_e4rad": np.round(euler.reshape(-1) * 1e4).astype(np.int32),
                    }
                )
    pd.DataFrame(records).to_parquet(path)
    return path
