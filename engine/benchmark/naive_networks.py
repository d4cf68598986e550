"""A bundle's networks for the loop that everybody writes first: as they come, on every core."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from engine.arrays import Floats
from engine.bundle import Bundle
from engine.runtime.backend import PLAIN, Part, has_torch
from engine.runtime.fallback import first_choice
from engine.runtime.machine import usable_cores
from engine.runtime.network_cache import NetworkCache
from engine.runtime.openvino.files import file_of
from engine.runtime.openvino.openvino_run import OpenVinoRun
from engine.runtime.parts import network_of, parts_of

if TYPE_CHECKING:
    from torch import nn

NaiveNetwork = Callable[[Floats], object]
"""Runs on one clip; what it says of it, nobody asks."""


@dataclass(frozen=True, slots=True, eq=False)
class NaiveNetworks:
    """`runtimes`: what runs them, as people read it."""

    runs: Mapping[Part, NaiveNetwork]
    runtimes: Mapping[Part, str]


@contextmanager
def naive_networks(bundle: Bundle) -> Iterator[NaiveNetworks]:
    """By torch; where that is not installed, by what runs a network before anything has been
    measured. Raises BundleError, RuntimeFailedError."""
    if not has_torch():
        yield _by_openvino(bundle)
        return
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(usable_cores())
    try:
        with torch.inference_mode():
            runs = {part: partial(_by_torch, network_of(bundle, part)) for part in parts_of(bundle)}
            yield NaiveNetworks(runs, dict.fromkeys(runs, PLAIN.title))
    finally:
        torch.set_num_threads(threads)


def _by_torch(network: nn.Module, inputs: Floats) -> object:
    import torch

    return network(torch.from_numpy(np.ascontiguousarray(inputs)))


def _by_openvino(bundle: Bundle) -> NaiveNetworks:
    cache = NetworkCache()
    runs: dict[Part, NaiveNetwork] = {}
    runtimes: dict[Part, str] = {}
    for part in parts_of(bundle):
        choice = first_choice(bundle, part, cache)
        file = file_of(bundle, part, choice.precision, cache)
        runs[part] = OpenVinoRun(file, choice.precision, threads=usable_cores())
        runtimes[part] = choice.title
    return NaiveNetworks(runs, runtimes)
