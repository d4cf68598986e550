"""Landmarks of recordings to be measured, detected as in the live engine."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from rich.progress import Progress

from training.datasets.landmark_arrays import LandmarkArrays, load_landmarks
from training.preparation.landmark_cache import cache_landmarks
from training.readers.files.listing import Listing


def detect_landmarks(
    listing: Listing, skeleton: str, progress: Progress, *, cache: Path | None = None
) -> LandmarkArrays:
    """Of every clip of `listing` in which somebody is seen. `cache`: a folder that keeps them, a
    folder a data set below it; without one they are forgotten. Raises DataError where MediaPipe is
    missing, or where nobody is seen in any clip."""
    with _folder(cache) as name:
        folder = Path(name) / listing.dataset
        cache_landmarks(listing, folder, progress=progress)
        return load_landmarks(folder, skeleton, progress)


def _folder(cache: Path | None) -> AbstractContextManager[str]:
    if cache is not None:
        return nullcontext(str(cache))
    return tempfile.TemporaryDirectory(prefix="signmirror-")
