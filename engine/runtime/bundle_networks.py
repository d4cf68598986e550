"""A bundle's networks by torch, on any device: for training, and where nothing quicker runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.bundle import Bundle, BundleError, NetworkFile
from engine.landmarks.skeletons import SKELETONS, Skeleton
from engine.messages import Message
from engine.models.aagcn import LandmarkNetwork
from engine.models.compared_landmarks import ComparedLandmarks
from engine.models.fusion import FeatureFusion
from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.self_learning_fusion import SelfLearningFusion
from engine.models.stored_weights import from_stored
from engine.models.video_network import VideoNetwork
from engine.runtime.known_signs import examples_in
from engine.runtime.streams import LandmarkStream, VideoStreams
from engine.runtime.torch_run import TorchRun

TensorRun = Callable[[Tensor], Sequence[Tensor]]
"""As `Run`, with tensors, which may lie on a device."""


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


class TorchVideoStreams(VideoStreams[Tensor]):
    """What pictures say, with what only torch is asked for: the measured sensor."""

    encoder: SensorEncoder
    """For what is measured."""

    def __init__(self, bundle: Bundle, device: torch.device, run: TensorRun | None = None) -> None:
        """`run`: another runtime's, in the place of torch for what is said of pictures."""
        self.device = device
        self.network = load_self_learning_fusion(bundle)
        own = bundle.card.networks.measured is not None
        self.encoder = (load_measured_encoder(bundle) if own else self.network.sensor).to(device)
        plain = TorchRun(self.network, video=True, device=device)
        super().__init__(run or plain.on_device, self.network.outputs)

    @torch.inference_mode()
    def measured(self, samples: Tensor, video_feature: Tensor | None = None) -> dict[str, Tensor]:
        """Of measured samples `(B, channels, n_steps)` in g and deg/s: class logits
        `sensor_measured` and, with the same clips' video feature, the fusion network's `feature`
        where there is one, which knows the features of the generator's encoder alone."""
        network = self.network
        normalised = network.normalised(samples.to(self.device))
        logits = {"sensor_measured": self.encoder(normalised)}
        if network.fusion is not None and video_feature is not None:
            logits["feature"] = network.fusion(video_feature, network.sensor.features(normalised))
        return logits


class TorchLandmarkStream(LandmarkStream[Tensor]):
    """What landmarks say."""

    def __init__(self, bundle: Bundle, device: torch.device) -> None:
        self.device = device
        network, skeleton, means = load_landmark_network(bundle)
        self.network: LandmarkNetwork = network.network
        plain = TorchRun(network, video=False, device=device)
        super().__init__(plain.on_device, skeleton, means.to(device))


class BundleNetworks:
    """All networks of one bundle by torch on one device: `video` for pictures, `landmarks`
    for joints, either of them None where the bundle has none.

    `video_run`: another runtime's for the pictures. Raises BundleError naming the file whose
    weights do not fit the card.
    """

    def __init__(
        self, bundle: Bundle, device: torch.device, video_run: TensorRun | None = None
    ) -> None:
        self.device = device
        looks = bundle.card.networks.video is not None
        self.video = TorchVideoStreams(bundle, device, video_run) if looks else None
        reads = bundle.card.networks.landmarks is not None
        self.landmarks = TorchLandmarkStream(bundle, device) if reads else None


def load_self_learning_fusion(bundle: Bundle) -> SelfLearningFusion:
    """On the CPU, for inference. Raises BundleError naming a file that does not fit the card."""
    files, sensor, classes = bundle.card.networks, bundle.card.sensor, bundle.card.classes
    assert files.video and files.generator and files.sensor and sensor
    network = SelfLearningFusion(
        VideoNetwork(classes, width=files.video.width),
        Generator(sensor.channels, sensor.n_steps, width=files.generator.width),
        SensorEncoder(sensor.channels, classes),
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


def load_measured_encoder(bundle: Bundle) -> SensorEncoder:
    """What answers for samples that gloves measured, on the CPU, for inference. Raises BundleError
    naming a file that does not fit the card."""
    card = bundle.card
    files = card.networks.measured or card.networks.sensor
    assert files is not None and card.sensor is not None
    encoder = SensorEncoder(card.sensor.channels, card.classes)
    _load_weights(encoder, bundle, files.file)
    return encoder.eval().requires_grad_(False)


def load_landmark_network(bundle: Bundle) -> tuple[ComparedLandmarks, Skeleton, Tensor]:
    """The graph network on the CPU, its skeleton, and the mean directions `(signs, embedding)` of
    the signs it knows. Raises BundleError naming a file that does not fit the card."""
    files = bundle.card.networks.landmarks
    assert files is not None
    skeleton: Skeleton = SKELETONS[files.skeleton]
    network = LandmarkNetwork(skeleton, bundle.card.classes, width=files.width)
    _load_weights(network, bundle, files.file)
    examples = examples_in(bundle, network.embedding_size)
    compared = ComparedLandmarks(
        network, torch.from_numpy(examples.centre), torch.from_numpy(examples.scale)
    )
    compared.eval().requires_grad_(False)
    return compared, skeleton, torch.from_numpy(examples.directions)


def _load(bundle: Bundle, name: str) -> dict[str, Tensor]:
    try:
        return load_file(bundle.file(name))
    except (SafetensorError, OSError) as error:
        raise BundleError(Message("bundle.weights-unreadable", file=bundle.file(name))) from error


def _load_weights(network: nn.Module, bundle: Bundle, name: str) -> None:
    try:
        network.load_state_dict(from_stored(_load(bundle, name)))
    except RuntimeError as error:
        raise BundleError(Message("bundle.weights-unfit", file=bundle.file(name))) from error
