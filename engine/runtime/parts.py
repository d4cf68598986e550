"""The two networks of a bundle that a runtime runs, each as a whole."""

from __future__ import annotations

from typing import get_args

import numpy as np
import torch
from torch import Tensor, nn

from engine.bundle import Bundle
from engine.clips.clip_views import make_view
from engine.frame import Frame
from engine.landmarks.skeletons import SKELETONS
from engine.runtime.backend import Part
from engine.runtime.bundle_networks import load_film_network, load_landmark_network
from engine.sources.motion.reference_motion import ReferenceMotionSource
from engine.sources.motion.references import list_references


def parts_of(bundle: Bundle) -> tuple[Part, ...]:
    """Those that the bundle has."""
    networks = bundle.card.networks
    given = {"film": networks.video, "graph": networks.landmarks}
    return tuple(part for part in get_args(Part) if given[part] is not None)


def network_of(bundle: Bundle, part: Part) -> nn.Module:
    """On the CPU, for inference. Raises BundleError."""
    return load_film_network(bundle) if part == "film" else load_landmark_network(bundle)[0]


def example_of(bundle: Bundle, part: Part) -> Tensor:
    """A batch of one of the right shape, with movement in it: `(1, 3, T, S, S)` in [-1, 1] of a
    reference motion, or `(1, 3, T, J)` of joints that wander."""
    card = bundle.card
    if part == "film":
        return _film_of_reference(bundle)
    assert card.networks.landmarks is not None
    joints = len(SKELETONS[card.networks.landmarks.skeleton].joints)
    generator = torch.Generator().manual_seed(0)
    places = torch.randn(1, 3, card.clip.frames, joints, generator=generator).cumsum(dim=2) / 10
    places[:, 2] = 1.0
    return places


def _film_of_reference(bundle: Bundle) -> Tensor:
    clip = bundle.card.clip
    known = list_references()
    if not known:
        generator = torch.Generator().manual_seed(0)
        return torch.rand(1, 3, clip.frames, clip.size, clip.size, generator=generator) * 2 - 1
    source, view = ReferenceMotionSource(known[0], loop=True), make_view(clip)
    while (frame := source.read()) is not None and frame.t_s <= clip.span_s:
        assert isinstance(frame, Frame) and frame.landmarks is not None
        view.observe(frame, frame.landmarks)
    source.close()
    return view.clip()


def relative_error(found: Tensor, exact: Tensor) -> float:
    """Euclidean length of the difference over that of the exact values."""
    a, b = found.double().numpy().ravel(), exact.double().numpy().ravel()
    return float(np.linalg.norm(a - b) / max(1e-12, float(np.linalg.norm(b))))
