"""All that looks at pictures, as one network: a runtime converts, compiles and runs it whole."""

from __future__ import annotations

from torch import Tensor, nn

from engine.models.fusion import FeatureFusion
from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.outputs import output_names
from engine.models.video_network import VideoNetwork


class SelfLearningFusion(nn.Module):
    """Video network and generator side by side, the sensor's classifier behind the generator and,
    where there is one, the network that fuses both features."""

    def __init__(
        self,
        video: VideoNetwork,
        generator: Generator,
        sensor: SensorEncoder,
        fusion: FeatureFusion | None,
        mean: Tensor,
        std: Tensor,
    ) -> None:
        """`mean`, `std`: `(channels,)` of the samples, in g and degrees per second."""
        super().__init__()
        self.video, self.generator, self.sensor, self.fusion = video, generator, sensor, fusion
        self.register_buffer("mean", mean[:, None])
        self.register_buffer("std", std[:, None])

    @property
    def outputs(self) -> tuple[str, ...]:
        """What `forward` gives, in order."""
        return output_names(fused=self.fusion is not None)

    def forward(self, clips: Tensor) -> tuple[Tensor, ...]:
        """Of `(B, 3, T, S, S)` in [-1, 1]: class logits `(B, classes)` of video and generated
        sensor, the trace `(B, channels, n_steps)` in g and degrees per second, the video feature
        `(B, 128)`, and the logits of the fusion network where there is one."""
        u_v, samples = self.generator(clips)
        feature = self.video.features(clips)
        mean: Tensor = self.mean  # type: ignore[assignment]
        std: Tensor = self.std  # type: ignore[assignment]
        found = (
            self.video.classifier(feature.relu()),
            self.sensor.classify(u_v),
            samples * std + mean,
            feature,
        )
        return found if self.fusion is None else (*found, self.fusion(feature, u_v))

    def normalised(self, samples: Tensor) -> Tensor:
        """Measured samples `(B, channels, n_steps)` as the sensor encoder knows them."""
        normalised: Tensor = (samples - self.mean) / self.std  # type: ignore[operator]
        return normalised
