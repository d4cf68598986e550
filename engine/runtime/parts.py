"""The two networks of a bundle that a runtime runs, each as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats
from engine.bundle import Bundle
from engine.clips.clip_views import make_view
from engine.frame import Frame
from engine.landmarks.skeletons import SKELETONS
from engine.runtime.backend import Part
from engine.sources.motion.reference_motion import ReferenceMotionSource
from engine.sources.motion.references import list_references

if TYPE_CHECKING:
    from torch import nn


def parts_of(bundle: Bundle) -> tuple[Part, ...]:
    """Those that the bundle has."""
    networks = bundle.card.networks
    given = {"video": networks.video, "landmarks": networks.landmarks}
    return tuple(part for part in get_args(Part) if given[part] is not None)


def network_of(bundle: Bundle, part: Part) -> nn.Module:
    """By torch on the CPU, for inference. Raises BundleError."""
    from engine.runtime.bundle_networks import load_landmark_network, load_self_learning_fusion

    return (
        load_self_learning_fusion(bundle) if part == "video" else load_landmark_network(bundle)[0]
    )


def example_of(bundle: Bundle, part: Part) -> Floats:
    """A batch of one of the right shape, with movement in it: `(1, 3, T, S, S)` in [-1, 1] of a
    reference motion, or `(1, 3, T, J)` of joints that wander."""
    card = bundle.card
    if part == "video":
        return _video_of_reference(bundle)
    assert card.networks.landmarks is not None
    joints = len(SKELETONS[card.networks.landmarks.skeleton].joints)
    shape = (1, 3, card.clip.frames, joints)
    places: Floats = np.random.default_rng(0).standard_normal(shape, np.float32)
    np.cumsum(places, axis=2, out=places)
    places /= 10
    places[:, 2] = 1.0
    return places


def _video_of_reference(bundle: Bundle) -> Floats:
    clip = bundle.card.clip
    known = list_references()
    if not known:
        shape = (1, 3, clip.frames, clip.size, clip.size)
        return np.random.default_rng(0).random(shape, np.float32) * 2 - 1
    source, view = ReferenceMotionSource(known[0], loop=True), make_view(clip)
    while (frame := source.read()) is not None and frame.t_s <= clip.span_s:
        assert isinstance(frame, Frame) and frame.landmarks is not None
        view.observe(frame, frame.landmarks)
    source.close()
    return view.clip()


def relative_error(found: ArrayLike, exact: ArrayLike) -> float:
    """Euclidean length of the difference over that of the exact values."""
    a, b = np.asarray(found, np.float64).ravel(), np.asarray(exact, np.float64).ravel()
    return float(np.linalg.norm(a - b) / max(1e-12, float(np.linalg.norm(b))))
