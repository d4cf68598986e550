"""A bundle's landmark network as OpenVINO reads it, beside torch's: with it, a first start needs
neither a conversion nor torch."""

from __future__ import annotations

import math

import numpy as np

from engine.arrays import Floats
from engine.bundle import (
    FORMAT_VERSION,
    Bundle,
    BundleCard,
    ConvertedNetwork,
    LandmarkNetworkFile,
    sha256,
)
from engine.clips.landmark_buffer import graph_clip, hands_seen
from engine.landmarks.recording import LandmarkRecording
from engine.landmarks.skeletons import SKELETONS
from engine.messages import Message
from engine.runtime.backend import Choice, RuntimeFailedError, can_run
from engine.runtime.parts import example_of, network_of, relative_error
from engine.sources.motion.reference_motion import ReferenceMotionSource
from engine.sources.motion.references import (
    list_references,
    vocabulary_folder,
    vocabulary_of,
)

MODEL, WEIGHTS = "landmarks.xml", "landmarks.bin"

MOST_ERROR = 1e-2
"""Of the class logits, against torch's: what half precision of the weights may cost."""

_MADE_UP = 4


def with_converted_graph(bundle: Bundle) -> BundleCard:
    """Write the network's two files into the bundle's folder; the card that names them, which is
    still to be written. The card as it is, where there is no landmark network.

    Raises RuntimeFailedError where OpenVINO is missing, cannot convert it, or answers otherwise
    than torch; BundleError, OSError.
    """
    files = bundle.card.networks.landmarks
    if files is None:
        return bundle.card
    reason = can_run(Choice("openvino", "fp32"))
    if reason is not None:
        raise RuntimeFailedError(reason)
    from engine.runtime.openvino.conversion import convert, save_model

    model = bundle.file(MODEL)
    network, example = network_of(bundle, "landmarks"), example_of(bundle, "landmarks")
    try:
        save_model(convert(network, example), model, half=True)
        error = _error_of(bundle)
        if not error <= MOST_ERROR:
            named = "it names a sign otherwise than PyTorch"
            off = f"its answers are {error:.1%} off" if math.isfinite(error) else named
            raise RuntimeFailedError(Message("runtime.not-converted", reason=off))
    except BaseException:
        for name in (MODEL, WEIGHTS):
            bundle.file(name).unlink(missing_ok=True)
        raise
    converted = ConvertedNetwork(model=MODEL, weights=WEIGHTS, relative_error=round(error, 7))
    return _card_with(bundle, files.model_copy(update={"converted": converted}))


def _card_with(bundle: Bundle, files: LandmarkNetworkFile) -> BundleCard:
    card = bundle.card
    digests = {name: sha256(bundle.file(name)) for name in (MODEL, WEIGHTS)}
    return card.model_copy(
        update={
            "format_version": FORMAT_VERSION,
            "networks": card.networks.model_copy(update={"landmarks": files}),
            "files": {**card.files, **digests},
        }
    )


def _error_of(bundle: Bundle) -> float:
    """The largest over clips like those it will see; beyond all bounds where a sign is named
    otherwise than by torch."""
    from engine.runtime.openvino.openvino_run import OpenVinoRun
    from engine.runtime.torch_run import TorchRun

    quick = OpenVinoRun(bundle.file(MODEL), "fp32")
    exact = TorchRun(network_of(bundle, "landmarks"), video=False)
    worst = 0.0
    for clip in _shown(bundle):
        wanted, found = exact(clip)[0], quick(clip)[0]
        worst = max(worst, relative_error(found, wanted))
        if int(wanted.argmax()) != int(found.argmax()):
            return float("inf")
    return worst


def _shown(bundle: Bundle) -> list[Floats]:
    """Clips `(1, 3, T, J)` of the reference motions of its signs that there are, and of joints that
    wander."""
    wandering = example_of(bundle, "landmarks")
    # From little movement to more than anybody makes.
    clips = [wandering * np.float32(0.5 * number) for number in range(1, _MADE_UP + 1)]
    for clip in clips:
        clip[:, 2] = 1.0
    files = bundle.card.networks.landmarks
    assert files is not None
    skeleton = SKELETONS[files.skeleton]
    vocabulary = vocabulary_of(bundle.card.glosses)
    for gloss in list_references(vocabulary_folder(vocabulary)):
        recording = _recorded(gloss, vocabulary) if gloss in bundle.card.glosses else None
        if recording is not None and hands_seen(recording, skeleton):
            clips.append(graph_clip(recording, skeleton, bundle.card.clip.frames))
    return clips


def _recorded(gloss: str, vocabulary: str) -> LandmarkRecording | None:
    source = ReferenceMotionSource(gloss, vocabulary=vocabulary)
    times, seen = [], []
    while (frame := source.read()) is not None:
        if frame.landmarks is not None:
            times.append(frame.t_s)
            seen.append(frame.landmarks)
    source.close()
    return LandmarkRecording.of(times, seen) if times else None
