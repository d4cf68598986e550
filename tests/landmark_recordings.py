"""Signers drawn with numbers: rest, a movement of the hands, rest; as landmark recordings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from engine.frame import Landmarks
from engine.landmarks.recording import LandmarkRecording
from training.preparation.landmark_cache import FOLDER, INDEX, CachedClip, LandmarkIndex

MOVEMENTS = ("wave", "lift", "circle", "open")
RATE_HZ = 15.0


def recording(movement: str, seed: int = 0, *, left_handed: bool = False) -> LandmarkRecording:
    """2.6 s at 15 Hz; every seed is another body, another place in the picture, another tempo."""
    rng = np.random.default_rng([seed, MOVEMENTS.index(movement)])
    width, middle = rng.uniform(70, 130), rng.uniform((250, 180), (390, 260))
    length = rng.uniform(1.0, 1.4)
    seen = []
    moments = np.arange(0, 2.6, 1 / RATE_HZ)
    for t in moments:
        along = np.clip((t - 1.3 + length / 2) / length, 0, 1)
        raised = np.sin(np.pi * along) ** 0.5
        places = {"left": np.array([0.55, 1.3]), "right": np.array([-0.55, 1.3])}
        aim, spread = places["right"], 0.12
        if movement == "wave":
            aim = np.array([-0.7 + 0.35 * np.sin(6 * np.pi * along), -0.3])
        elif movement == "lift":
            aim = np.array([-0.4, 1.0 - 1.2 * along])
            places["left"] = _between(places["left"], np.array([0.4, 1.0 - 1.2 * along]), raised)
        elif movement == "circle":
            turn = 2 * np.pi * along
            aim = np.array([-0.3 + 0.4 * np.sin(turn), 0.4 + 0.4 * np.cos(turn)])
        else:
            aim, spread = np.array([-0.4, 0.2]), 0.04 + 0.3 * along
        places["right"] = _between(places["right"], aim, raised)
        if left_handed:
            places = {
                "left": places["right"] * [-1, 1],
                "right": places["left"] * [-1, 1],
            }
        busy = "left" if left_handed else "right"
        seen.append(_landmarks(places, {busy: spread}, width, middle, rng))
    return LandmarkRecording.of([float(t) for t in moments], seen)


def _between(a: np.ndarray, b: np.ndarray, part: float) -> np.ndarray:
    return a + (b - a) * part


def _landmarks(
    places: dict[str, np.ndarray],
    spread: dict[str, float],
    width: float,
    middle: np.ndarray,
    rng: np.random.Generator,
) -> Landmarks:
    def pixels(place: np.ndarray) -> np.ndarray:
        return np.asarray(place) * width + middle + rng.normal(0, 0.01 * width, np.shape(place))

    pose = np.zeros((33, 4), np.float32)
    pose[:, 3] = 1
    pose[:11, :2] = pixels(np.tile([0.0, -0.6], (11, 1)))
    hands = {}
    for side, first, across in (("left", 11, 0.5), ("right", 12, -0.5)):
        wrist = places[side]
        pose[first, :2] = pixels(np.array([across, 0.0]))
        pose[first + 2, :2] = pixels((np.array([across * 1.3, 0.4]) + wrist * [1, 0.6]) / 2)
        for point in (first + 4, first + 6, first + 8, first + 10):
            pose[point, :2] = pixels(wrist)
        fan = np.linspace(-1, 1, 21)[:, None] * [spread.get(side, 0.05), 0] + [0, -0.2]
        fan[0] = 0
        hands[side] = np.zeros((21, 3), np.float32)
        hands[side][:, :2] = pixels(wrist + fan)
    return Landmarks(pose, hands["left"], hands["right"])


def write_landmarks(
    folder: Path,
    *,
    dataset: str = "folder",
    signers: tuple[str, ...] = ("ana", "ben", "cam", "dao"),
    glosses: tuple[str, ...] = MOVEMENTS,
    takes: int = 3,
) -> Path:
    """A folder as `training landmarks` writes it. A gloss beyond the movements is one of them under
    another name."""
    return write_clips(
        folder,
        dataset,
        (
            (
                f"{signer}_{g}_{take}",
                gloss,
                signer,
                recording(MOVEMENTS[g % len(MOVEMENTS)], seed=100 * s + take),
            )
            for s, signer in enumerate(signers)
            for g, gloss in enumerate(glosses)
            for take in range(takes)
        ),
    )


def write_clips(
    folder: Path, dataset: str, rows: Iterable[tuple[str, str, str, LandmarkRecording]]
) -> Path:
    """A folder as `training landmarks` writes it, of these keys, glosses, signers and takes."""
    (folder / FOLDER).mkdir(parents=True)
    clips = []
    for key, gloss, signer, take in rows:
        file = folder / FOLDER / f"{key}.npz"
        take.save(file)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        clips.append(
            CachedClip(
                key=key, gloss=gloss, signer=signer, file=file.name, sha256=digest, source=key
            )
        )
    index = LandmarkIndex(dataset=dataset, clips=tuple(sorted(clips, key=lambda c: c.key)))
    (folder / INDEX).write_text(index.model_dump_json(), encoding="utf-8")
    return folder
