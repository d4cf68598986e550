"""Matches prepared clips with their landmarks, where some clips have none."""

from __future__ import annotations

import numpy as np

from training.datasets.landmark_arrays import LandmarkArrays
from training.preparation.prepared_set import PreparedSet

WITHOUT = "there are no landmarks of it: nobody is seen in it, or `landmarks` did not look at it"
"""What is said of a clip that is left out."""


def seen_clips(
    prepared: PreparedSet, landmarks: LandmarkArrays
) -> tuple[PreparedSet, LandmarkArrays, tuple[str, ...]]:
    """The clips that have landmarks, these in the same order, and the keys of those without.

    Raises DataError where no clip has any: they are of another set.
    """
    seen = np.isin(prepared.keys, landmarks.keys)
    kept = prepared.subset(seen) if seen.any() else prepared
    unseen = tuple(map(str, prepared.keys[~seen]))
    return kept, landmarks.of_keys(kept.keys), unseen
