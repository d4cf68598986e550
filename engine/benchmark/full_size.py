"""A bundle of the published size, untrained: what it costs does not depend on what it learnt."""

from __future__ import annotations

import contextlib
from pathlib import Path

import torch
from safetensors.torch import save_file

from engine.bundle import (
    FORMAT_VERSION,
    Bundle,
    BundleCard,
    ClipSpecification,
    FusionSpecification,
    LandmarkNetworkFile,
    NetworkFile,
    Networks,
    QuantisedNetwork,
    Rejection,
    SensorSpecification,
    Sign,
    TrainingRecord,
    load_bundle,
    sha256,
    write_card,
)
from engine.landmarks.skeletons import SKELETONS
from engine.logs import tell
from engine.models.aagcn import LandmarkNetwork
from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.video_network import VideoNetwork
from engine.runtime.backend import RuntimeFailedError
from engine.runtime.bundle_networks import load_self_learning_fusion
from engine.runtime.openvino.graph_conversion import with_converted_graph
from engine.runtime.parts import example_of

SIZE, FRAMES, SPAN_S, STEPS, SIGNS = 224, 24, 2.6, 48, 50
LANDMARK_WIDTH = 0.25
"""As in the bundles that come with SignMirror."""

_SKELETON = "hands_and_arms"
_SEED = 7
_FILES = ("video", "generator", "sensor", "landmarks", "examples")


def write_full_size(folder: Path) -> Bundle:
    """Two I3Ds of full width on 24 frames of 224 pixels, and the landmark stream. What OpenVINO
    reads of them is left out where it cannot be made, and why is told. Raises OSError when the disk
    does not take it (100 MB)."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(_SEED)
    classes = SIGNS + 1
    graph = LandmarkNetwork(SKELETONS[_SKELETON], classes, width=LANDMARK_WIDTH)
    networks = {
        "video": VideoNetwork(classes),
        "generator": Generator(12, STEPS),
        "sensor": SensorEncoder(12, classes),
        "landmarks": graph,
    }
    for name, network in networks.items():
        save_file(network.state_dict(), folder / f"{name}.safetensors")
    size = graph.embedding_size
    examples = {
        "means": torch.randn(SIGNS, size),
        "centre": torch.zeros(size),
        "scale": torch.ones(size),
    }
    save_file(examples, folder / "examples.safetensors")
    card = _card(folder)
    write_card(folder, card)
    bundle = load_bundle(folder)
    try:
        write_card(folder, _quantised(bundle))
    except RuntimeFailedError as error:
        tell(f"benchmark: full-size without int8: {error}")
    with contextlib.suppress(RuntimeFailedError):
        write_card(folder, with_converted_graph(load_bundle(folder)))
    return load_bundle(folder)


def _card(folder: Path) -> BundleCard:
    def network(name: str) -> NetworkFile:
        return NetworkFile(file=f"{name}.safetensors")

    return BundleCard(
        format_version=FORMAT_VERSION,
        name="full-size",
        title={"en": "Full size, untrained"},
        language="mis",
        vocabulary=tuple(Sign(gloss=f"sign {i}", display={}) for i in range(SIGNS)),
        clip=ClipSpecification(view="rgb", frames=FRAMES, span_s=SPAN_S, size=SIZE),
        sensor=SensorSpecification(n_steps=STEPS, mean=(0.0,) * 12, std=(1.0,) * 12),
        networks=Networks(
            video=network("video"),
            generator=network("generator"),
            sensor=network("sensor"),
            landmarks=LandmarkNetworkFile(
                file="landmarks.safetensors",
                width=LANDMARK_WIDTH,
                skeleton=_SKELETON,
                examples="examples.safetensors",
            ),
        ),
        fusion=FusionSpecification(
            method="late",
            temperatures={},
            weights={"video": 1.0, "sensor_generated": 1.0, "landmarks": 1.0},
        ),
        rejection=Rejection(threshold=0.0),
        training=TrainingRecord(
            data="none",
            licence="none",
            protocol="untrained: random weights, for what they cost",
            train_signers=(),
            validation_signers=(),
            test_signers=(),
            recipe={},
            metrics={},
        ),
        files={f"{name}.safetensors": sha256(folder / f"{name}.safetensors") for name in _FILES},
    )


def _quantised(bundle: Bundle) -> BundleCard:
    from engine.runtime.openvino.conversion import convert, save_model
    from engine.runtime.openvino.quantisation import quantise

    model, weights = "film-int8.xml", "film-int8.bin"
    clip = example_of(bundle, "video")
    converted = convert(load_self_learning_fusion(bundle), clip)
    save_model(quantise(converted, [clip, -clip]), bundle.file(model))
    card = bundle.card
    # Random weights have no accuracy to lose; what the error of such networks is, is measured.
    told = QuantisedNetwork(
        model=model, weights=weights, clips=2, relative_error=1.0, top1_change=0.0
    )
    return card.model_copy(
        update={
            "networks": card.networks.model_copy(update={"quantised": told}),
            "files": {
                **card.files,
                **{name: sha256(bundle.file(name)) for name in (model, weights)},
            },
        }
    )
