"""A bundle's networks, ready to answer: what is asked of them, whoever runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.bundle import Bundle, BundleError, LandmarkNetworkFile, NetworkFile
from engine.landmarks.skeletons import SKELETONS, Skeleton
from engine.messages import Message
from engine.models.aagcn import LandmarkNetwork
from engine.models.compared_landmarks import ComparedLandmarks, directions
from engine.models.film_network import FilmNetwork
from engine.models.fusion import FeatureFusion
from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.video_network import VideoNetwork
from engine.runtime.torch_run import TorchRun

Run = Callable[[Tensor], Sequence[Tensor]]
"""One batch in, the network's outputs in its own order; whatever runs it underneath."""


def choose_device(wanted: str = "auto") -> torch.device:
    """'auto': CUDA when it is there, else the CPU. Raises ValueError for a device that is not."""
    if wanted == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    device = torch.device(wanted)
    if device.type == "cuda" and not torch.cuda.is_available():
        raise ValueError("no CUDA device on this computer; choose 'cpu' or 'auto'")
    return device


def describe_device(device: torch.device) -> str:
    """What people call it: 'CPU' or the graphics card's name."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"


@dataclass(frozen=True, slots=True, eq=False)
class StreamOutputs:
    """`logits`: stream key to `(B, classes)`, `feature` being the fusion network's where there is
    one; `trace`: `(B, 12, n_steps)` in g and deg/s; `video_feature`: `(B, 128)`."""

    logits: dict[str, Tensor]
    trace: Tensor
    video_feature: Tensor


class FilmStreams:
    """What pictures say. `outputs`: what `run` gives, in order, as `FilmNetwork.outputs`."""

    def __init__(self, run: Run, outputs: Sequence[str]) -> None:
        self._run, self._outputs = run, tuple(outputs)

    @torch.inference_mode()
    def generated(self, clips: Tensor) -> StreamOutputs:
        """From video alone: `(B, 3, T, S, S)` in [-1, 1]."""
        found = dict(zip(self._outputs, self._run(clips), strict=True))
        trace, feature = found.pop("trace"), found.pop("video_feature")
        return StreamOutputs(found, trace, feature)


class FilmNetworks(FilmStreams):
    """The same by torch, with what only torch is asked for: the measured sensor."""

    def __init__(self, bundle: Bundle, device: torch.device, run: Run | None = None) -> None:
        """`run`: another runtime's, in the place of torch for what is said of pictures."""
        self.device = device
        self.network = load_film_network(bundle)
        plain = TorchRun(self.network, film=True, device=device)
        super().__init__(run or plain, self.network.outputs)

    @torch.inference_mode()
    def measured(self, samples: Tensor, video_feature: Tensor | None = None) -> dict[str, Tensor]:
        """Of measured samples `(B, 12, n_steps)` in g and deg/s: class logits `sensor_measured`
        and, with the same clips' video feature, the fusion network's `feature` where there is one.
        """
        network = self.network
        u_s = network.sensor.features(network.levelled(samples.to(self.device)))
        logits = {"sensor_measured": network.sensor.classify(u_s)}
        if network.fusion is not None and video_feature is not None:
            logits["feature"] = network.fusion(video_feature, u_s)
        return logits


class LandmarkStream:
    """What landmarks say. `run` gives what `ComparedLandmarks` does; `means`: `(signs, embedding)`,
    of the signs it knows, as `look` gives them."""

    def __init__(self, run: Run, skeleton: Skeleton, means: Tensor) -> None:
        self._run, self.skeleton, self.means = run, skeleton, means

    @torch.inference_mode()
    def look(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Of `(B, 3, T, J)`, as `graph_input` gives it: class logits `(B, classes)` of the stream
        `landmarks`, and the embedding `(B, embedding)` that signs are compared by."""
        logits, embedding = self._run(places)
        return logits, embedding

    def energy(self, logits: Tensor) -> Tensor:
        """`(B,)`: how much there is of any sign at all; 'no sign' has no part in it."""
        return logits[:, : len(self.means)].logsumexp(dim=1)


class GraphNetwork(LandmarkStream):
    """The same by torch."""

    def __init__(self, bundle: Bundle, device: torch.device) -> None:
        self.device = device
        network, skeleton, means = load_landmark_network(bundle)
        self.network: LandmarkNetwork = network.network
        plain = TorchRun(network, film=False, device=device)
        super().__init__(plain, skeleton, means.to(device))


class BundleNetworks:
    """All networks of one bundle by torch on one device: `film` for pictures, `graph` for
    landmarks, either of them None where the bundle has none.

    `film_run`: another runtime's for the pictures. Raises BundleError naming the file whose weights
    do not fit the card.
    """

    def __init__(self, bundle: Bundle, device: torch.device, film_run: Run | None = None) -> None:
        self.device = device
        self.film = FilmNetworks(bundle, device, film_run) if bundle.card.sensor else None
        self.graph = GraphNetwork(bundle, device) if bundle.card.networks.landmarks else None


def load_film_network(bundle: Bundle) -> FilmNetwork:
    """On the CPU, for inference. Raises BundleError naming a file that does not fit the card."""
    files, sensor, classes = bundle.card.networks, bundle.card.sensor, bundle.card.classes
    assert files.video and files.generator and files.sensor and sensor
    network = FilmNetwork(
        VideoNetwork(classes, width=files.video.width),
        Generator(12, sensor.n_steps, width=files.generator.width),
        SensorEncoder(12, classes),
        FeatureFusion(classes) if files.fusion else None,
        torch.tensor(sensor.mean),
        torch.tensor(sensor.std),
    )
    parts: list[tuple[nn.Module | None, NetworkFile | None]] = [
        (network.video, files.video),
        (network.generator, files.generator),
        (network.sensor, files.sensor),
        (network.fusion, files.fusion),
    ]
    for part, named in parts:
        if part is not None and named is not None:
            _load_weights(part, bundle, named.file)
    return network.eval().requires_grad_(False)


def load_landmark_network(bundle: Bundle) -> tuple[ComparedLandmarks, Skeleton, Tensor]:
    """The graph network on the CPU, its skeleton, and the mean directions `(signs, embedding)` of
    the signs it knows. Raises BundleError naming a file that does not fit the card."""
    files = bundle.card.networks.landmarks
    assert files is not None
    skeleton: Skeleton = SKELETONS[files.skeleton]
    network = LandmarkNetwork(skeleton, bundle.card.classes, width=files.width)
    _load_weights(network, bundle, files.file)
    examples = _examples(bundle, files, network.embedding_size)
    compared = ComparedLandmarks(network, examples["centre"], examples["scale"])
    compared.eval().requires_grad_(False)
    return compared, skeleton, directions(examples["means"], examples["centre"], examples["scale"])


def known_signs(bundle: Bundle) -> Tensor:
    """`(signs, embedding)`: the mean directions of a bundle's signs, without its network. Raises
    BundleError."""
    files = bundle.card.networks.landmarks
    assert files is not None
    examples = _examples(bundle, files)
    return directions(examples["means"], examples["centre"], examples["scale"])


def _examples(
    bundle: Bundle, files: LandmarkNetworkFile, size: int | None = None
) -> dict[str, Tensor]:
    """`size` of an embedding; as the file has it, where the network is not there to tell."""
    examples = _load(bundle, files.examples)
    size = examples.get("centre", torch.empty(0)).numel() if size is None else size
    shapes = {"means": (len(bundle.card.vocabulary), size), "centre": (size,), "scale": (size,)}
    if {name: tuple(tensor.shape) for name, tensor in examples.items()} != shapes:
        raise BundleError(Message("bundle.not-its-examples", file=bundle.file(files.examples)))
    return examples


def _load(bundle: Bundle, name: str) -> dict[str, Tensor]:
    try:
        return load_file(bundle.file(name))
    except (SafetensorError, OSError) as error:
        raise BundleError(Message("bundle.weights-unreadable", file=bundle.file(name))) from error


def _load_weights(network: nn.Module, bundle: Bundle, name: str) -> None:
    try:
        network.load_state_dict(_load(bundle, name))
    except RuntimeError as error:
        raise BundleError(Message("bundle.weights-unfit", file=bundle.file(name))) from error
