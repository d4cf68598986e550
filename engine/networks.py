"""A bundle's networks, loaded and ready to answer."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.bundle import Bundle, BundleError
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
    """Video network, generator, sensor encoder and fusion of one bundle on one device.

    Raises BundleError naming the file whose weights do not fit the card.
    """

    def __init__(self, bundle: Bundle, device: torch.device) -> None:
        card = bundle.card
        self.device = device
        specification = card.networks
        self.video = VideoNetwork(card.classes, width=specification.video.width)
        self.generator = Generator(12, card.sensor.n_steps, width=specification.generator.width)
        self.sensor = SensorEncoder(12, card.classes)
        self.fusion = FeatureFusion(card.classes) if specification.fusion else None
        parts: list[tuple[nn.Module, str]] = [
            (self.video, specification.video.file),
            (self.generator, specification.generator.file),
            (self.sensor, specification.sensor.file),
        ]
        if self.fusion is not None and specification.fusion is not None:
            parts.append((self.fusion, specification.fusion.file))
        for network, name in parts:
            _load_weights(network, bundle, name)
            network.eval().requires_grad_(False).to(device)
        for film_network in (self.video, self.generator):
            film_network.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]
        self._mean = torch.tensor(card.sensor.mean, device=device)[:, None]
        self._std = torch.tensor(card.sensor.std, device=device)[:, None]

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


def _load_weights(network: nn.Module, bundle: Bundle, name: str) -> None:
    try:
        network.load_state_dict(load_file(bundle.file(name)))
    except (SafetensorError, OSError, RuntimeError) as error:
        raise BundleError(f"{bundle.file(name)}: these weights do not fit the card") from error
