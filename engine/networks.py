"""A bundle's networks, loaded and ready to answer."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from engine.bundle import Bundle, BundleError, Networks, SensorSpecification
from engine.landmarks.skeletons import SKELETONS, Skeleton
from engine.models.aagcn import LandmarkNetwork
from engine.models.fusion import FeatureFusion
from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.video_network import VideoNetwork


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


class BundleNetworks:
    """All networks of one bundle on one device: `film` for pictures, `graph` for landmarks, either
    of them None where the bundle has none.

    Raises BundleError naming the file whose weights do not fit the card.
    """

    def __init__(self, bundle: Bundle, device: torch.device) -> None:
        card = bundle.card
        self.device = device
        self.film = (
            FilmNetworks(bundle, card.networks, card.sensor, device) if card.sensor else None
        )
        self.graph = GraphNetwork(bundle, device) if card.networks.landmarks else None


class FilmNetworks:
    """Video network, generator, sensor encoder and, where there is one, the network that fuses."""

    def __init__(
        self, bundle: Bundle, files: Networks, sensor: SensorSpecification, device: torch.device
    ) -> None:
        assert files.video and files.generator and files.sensor
        classes = bundle.card.classes
        self.device = device
        self.video = VideoNetwork(classes, width=files.video.width)
        self.generator = Generator(12, sensor.n_steps, width=files.generator.width)
        self.sensor = SensorEncoder(12, classes)
        self.fusion = FeatureFusion(classes) if files.fusion else None
        parts: list[tuple[nn.Module, str]] = [
            (self.video, files.video.file),
            (self.generator, files.generator.file),
            (self.sensor, files.sensor.file),
        ]
        if self.fusion is not None and files.fusion is not None:
            parts.append((self.fusion, files.fusion.file))
        for network, name in parts:
            _load_weights(network, bundle, name)
            network.eval().requires_grad_(False).to(device)
        for film_network in (self.video, self.generator):
            film_network.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]
        self._mean = torch.tensor(sensor.mean, device=device)[:, None]
        self._std = torch.tensor(sensor.std, device=device)[:, None]

    @torch.inference_mode()
    def generated(self, clips: Tensor) -> StreamOutputs:
        """From video alone: `(B, 3, T, S, S)` in [-1, 1]."""
        clips = clips.to(self.device).contiguous(memory_format=torch.channels_last_3d)
        u_v, trace = self.generator(clips)
        feature = self.video.features(clips)
        logits = {
            "video": self.video.classifier(feature.relu()),
            "sensor_generated": self.sensor.classify(u_v),
        }
        if self.fusion is not None:
            logits["feature"] = self.fusion(feature, u_v)
        return StreamOutputs(logits, trace * self._std + self._mean, feature)

    @torch.inference_mode()
    def measured(self, samples: Tensor, video_feature: Tensor | None = None) -> dict[str, Tensor]:
        """Of measured samples `(B, 12, n_steps)` in g and deg/s: class logits `sensor_measured`
        and, with the same clips' video feature, the fusion network's `feature` where there is one.
        """
        u_s = self.sensor.features((samples.to(self.device) - self._mean) / self._std)
        logits = {"sensor_measured": self.sensor.classify(u_s)}
        if self.fusion is not None and video_feature is not None:
            logits["feature"] = self.fusion(video_feature, u_s)
        return logits


class GraphNetwork:
    """The landmark stream: AAGCN and the mean features of the signs it knows."""

    def __init__(self, bundle: Bundle, device: torch.device) -> None:
        files = bundle.card.networks.landmarks
        assert files is not None
        self.device = device
        self.skeleton: Skeleton = SKELETONS[files.skeleton]
        self.network = LandmarkNetwork(self.skeleton, bundle.card.classes, width=files.width)
        _load_weights(self.network, bundle, files.file)
        self.network.eval().requires_grad_(False).to(device)
        signs, size = len(bundle.card.vocabulary), self.network.embedding_size
        examples = _load(bundle, files.examples)
        shapes = {"means": (signs, size), "centre": (size,), "scale": (size,)}
        if {name: tuple(tensor.shape) for name, tensor in examples.items()} != shapes:
            raise BundleError(f"{bundle.file(files.examples)}: not the examples of this card")
        self._centre, self._scale = examples["centre"].to(device), examples["scale"].to(device)
        self.means: Tensor = self._compared(examples["means"].to(device))
        """`(signs, embedding)`, as `look` gives it."""

    @torch.inference_mode()
    def look(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Of `(B, 3, T, J)`, as `graph_input` gives it: class logits `(B, classes)` of the stream
        `landmarks`, and the embedding `(B, embedding)` that signs are compared by: directions, from
        the middle of all that was seen in training."""
        embedding, features = self.network.embedding(places.to(self.device))
        logits: Tensor = self.network.classifier(features)
        return logits, self._compared(embedding)

    def _compared(self, embedding: Tensor) -> Tensor:
        return functional.normalize((embedding - self._centre) / self._scale, dim=1)

    def energy(self, logits: Tensor) -> Tensor:
        """`(B,)`: how much there is of any sign at all; 'no sign' has no part in it."""
        return logits[:, : len(self.means)].logsumexp(dim=1)


def _load(bundle: Bundle, name: str) -> dict[str, Tensor]:
    try:
        return load_file(bundle.file(name))
    except (SafetensorError, OSError) as error:
        raise BundleError(f"{bundle.file(name)}: these weights cannot be read") from error


def _load_weights(network: nn.Module, bundle: Bundle, name: str) -> None:
    try:
        network.load_state_dict(_load(bundle, name))
    except RuntimeError as error:
        raise BundleError(f"{bundle.file(name)}: these weights do not fit the card") from error
