"""What the tests of runtimes share."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.arrays import Floats
from engine.bundle import Bundle
from engine.landmarks.skeletons import SKELETONS
from engine.prediction import Prediction
from engine.recognition.recognizer import Recognizer
from engine.runtime.backend import (
    Choice,
    Part,
)
from engine.runtime.fallback import LiveNetworks, SteadyRun
from engine.runtime.network_cache import NetworkCache
from engine.runtime.parts import network_of
from engine.runtime.torch_run import TorchRun
from engine.sources.opening import open_source

OPENVINO, INT8 = Choice("openvino", "fp32"), Choice("openvino", "int8")


@dataclass(frozen=True)
class Prepared:
    """A bundle, a cache in which it was converted, and what was told of the progress."""

    bundle: Bundle
    cache: NetworkCache
    progress: tuple[float, ...] = ()

    def copied_to(self, root: Path) -> NetworkCache:
        """The same cache as it is on the disk, without what OpenVINO compiled."""
        folder = self.cache.folder(self.bundle)
        shutil.copytree(folder, root / folder.name, ignore=shutil.ignore_patterns("compiled-*"))
        return NetworkCache(root)


def wandering(bundle: Bundle, count: int) -> list[Floats]:
    """Made-up landmark clips, each another one; in the last, hands are lost half of the time."""
    files = bundle.card.networks.landmarks
    assert files is not None
    shape = (1, 3, bundle.card.clip.frames, len(SKELETONS[files.skeleton].joints))
    rng = np.random.default_rng(3)
    steps = [rng.standard_normal(shape, np.float32) for _ in range(count)]
    clips = [np.cumsum(one, axis=2, dtype=np.float32) / np.float32(10) for one in steps]
    for clip in clips:
        clip[:, 2] = 1.0
    clips[-1][:, :, ::2, 7:] = 0.0
    return clips


def exactly(bundle: Bundle, part: Part, clip: Floats) -> Sequence[Floats]:
    return TorchRun(network_of(bundle, part), video=part == "video")(clip)


def runs_of(networks: LiveNetworks) -> dict[Part, SteadyRun]:
    return networks._runs


def one_line(note: str | None) -> str:
    assert note is not None and "\n" not in note
    return note


def named_father(bundle: Bundle, runtime: str, cache: NetworkCache) -> Prediction:
    recognizer = Recognizer(bundle, runtime=runtime, cache=cache)
    source = open_source("reference:father")
    while (frame := source.read()) is not None and frame.t_s <= 3.0:
        recognizer.observe(frame)
    source.close()
    prediction = recognizer.predict()
    assert recognizer.networks.title == Choice.parse(runtime).title
    recognizer.close()
    assert prediction is not None
    return prediction
