"""A bundle's networks as they lie in its folder: float16 unless int8 was found to be as good."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.atomic_write import written_whole
from engine.bundle import Bundle, BundleCard, BundleError, sha256
from engine.messages import Message
from engine.models.stored_weights import Storage, from_stored, to_stored
from engine.runtime.backend import openvino_core
from engine.runtime.openvino.conversion import save_model
from training.trainer.checkpoint import as_stored

STORAGE: Storage = "float16"
"""Of a network that was just trained."""

VIDEO_PARTS = ("video", "generator", "sensor", "measured", "fusion")
"""Of `Networks`: those that int8 storage is measured for."""


def save_weights(file: Path, weights: Mapping[str, Tensor]) -> None:
    """Write tensors as they are; the file is whole or not there."""
    with written_whole(file) as unfinished:
        save_file({key: as_stored(value) for key, value in weights.items()}, unfinished)


def save_network(file: Path, network: nn.Module) -> None:
    """Write a network's weights as `STORAGE`, which the card must name."""
    save_weights(file, to_stored(network.state_dict(), STORAGE))


def store_networks(bundle: Bundle, storage: Storage) -> BundleCard:
    """Rewrite the networks' files in the bundle's folder: float32 ones become float16, those of
    pictures become `storage`, that of landmarks int8 where joints answer in its place; the int8
    network's remaining float32 constants become float16. A network that is stored smaller already
    stays as it is. Returns the card that belongs to the files, still to be written. Raises
    BundleError, RuntimeFailedError, OSError."""
    card = bundle.card
    networks, digests = card.networks, dict(card.files)
    for part in (*VIDEO_PARTS, "landmarks"):
        named = getattr(networks, part)
        wanted: Storage = storage if part in VIDEO_PARTS else "float16"
        if part == "landmarks" and networks.joints is not None:
            # Where joints answer in its place, it answers for what they cannot see.
            wanted = "int8"
        if named is None or named.storage == "int8" or named.storage == wanted:
            continue
        file = bundle.file(named.file)
        try:
            # Copies alone are kept: on Windows a file that is still mapped cannot be replaced.
            smaller = to_stored(from_stored(load_file(file)), wanted)
        except (SafetensorError, OSError, ValueError) as error:
            raise BundleError(Message("bundle.weights-unreadable", file=file)) from error
        save_weights(file, smaller)
        digests[named.file] = sha256(file)
        stored = named.model_copy(update={"storage": wanted})
        networks = networks.model_copy(update={part: stored})
    quantised = networks.quantised
    if quantised is not None and quantised.storage == "float32":
        model = bundle.file(quantised.model)
        # From memory: on Windows a file that is mapped cannot be replaced.
        content = (model.read_bytes(), bundle.file(quantised.weights).read_bytes())
        save_model(openvino_core().read_model(*content), model, half=True)
        digests |= {name: sha256(bundle.file(name)) for name in (model.name, quantised.weights)}
        halved = quantised.model_copy(update={"storage": "float16"})
        networks = networks.model_copy(update={"quantised": halved})
    return card.model_copy(update={"networks": networks, "files": digests})
