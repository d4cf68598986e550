"""What a bundle remembers of the signs in training, for taught ones to be compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from engine.arrays import Floats, directions
from engine.bundle import Bundle, BundleError
from engine.messages import Message


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """`means` `(signs, embedding)` of each sign, `centre` and `scale` `(embedding,)` of all."""

    means: Floats
    centre: Floats
    scale: Floats

    @property
    def directions(self) -> Floats:
        """`(signs, embedding)`: the means as `ComparedLandmarks` gives an embedding."""
        return directions((self.means - self.centre) / self.scale)


def examples_in(bundle: Bundle, size: int | None = None) -> Examples:
    """`size` of an embedding; as the file has it, where the network is not there to tell. Raises
    BundleError naming a file that cannot be read or does not fit the card."""
    files = bundle.card.networks.landmarks
    assert files is not None
    file = bundle.file(files.examples)
    try:
        found = load_file(file)
    except (SafetensorError, OSError) as error:
        raise BundleError(Message("bundle.weights-unreadable", file=file)) from error
    size = found.get("centre", np.empty(0)).size if size is None else size
    shapes = {"means": (len(bundle.card.vocabulary), size), "centre": (size,), "scale": (size,)}
    if {name: array.shape for name, array in found.items()} != shapes:
        raise BundleError(Message("bundle.not-its-examples", file=file))
    return Examples(**found)


def known_signs(bundle: Bundle) -> Floats:
    """`(signs, embedding)`: the mean directions of a bundle's signs. Raises BundleError."""
    return examples_in(bundle).directions
