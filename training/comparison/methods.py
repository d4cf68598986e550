"""The methods of the comparison, one row each: trained on the training side, tested on the test
side.

Rows that share a network (the I3D of ours, of Two-Stream and of its own row; the flow I3D of
Two-Stream and of MARS) share its training too, through the run's checkpoints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.models.video_network import VideoNetwork
from engine.recognition.late_fusion import late_fusion
from training.comparison.baselines.flow_network import FlowNetwork, flow_view
from training.comparison.baselines.mars import mars_loss
from training.comparison.baselines.video_swin import VideoSwin
from training.datasets.batches import Batch
from training.datasets.sensor_dataset import SensorDataset
from training.evaluation.latency import latency_ms
from training.evaluation.stream_outputs import (
    FusionNetworks,
    StreamOutputs,
    gather,
    gather_augmented,
)
from training.stages.classifier import classifier_logits, train_classifier
from training.stages.feature_fusion import train_feature_fusion
from training.stages.fusion import best_temperature, fit_fusion, fit_measured_weight
from training.stages.generator import train_generator
from training.stages.initial_weights import start_from
from training.stages.sensor import SensorTraining, train_sensor
from training.stages.video import train_video
from training.trainer.trainer import Trainer

ROW_NAMES = {
    "i3d": "I3D",
    "two_stream": "Two-Stream I3D",
    "mars": "MARS",
    "swin_t": "Video Swin-T",
    "swin_b": "Video Swin-B",
    "sensor": "measured sensor alone",
    "generated": "generated sensor alone",
    "measured_fusion": "measured-sensor fusion",
    "ours": "self-learning fusion (ours)",
}
MEASURED = ("sensor", "measured_fusion")
NEEDS_SENSOR = ("sensor", "generated", "measured_fusion", "ours")

AnySensorDataset = SensorDataset[Batch]

_FEATURE_PASSES = 3


@dataclass(frozen=True, slots=True, eq=False)
class RowOutput:
    """`probabilities` `(n, classes)` on the test clips `used` `(N,)` marks (a measured sensor
    answers only where there was one); milliseconds of one clip."""

    probabilities: Tensor
    used: Tensor
    latency_ms: float | None
    detail: str = ""


class Methods:
    """All methods on one split with one seed. Networks are trained when a row first needs them."""

    def __init__(
        self,
        trainer: Trainer,
        train: AnySensorDataset,
        validation: AnySensorDataset,
        test: AnySensorDataset,
    ) -> None:
        self.trainer, self.train, self.validation, self.test = trainer, train, validation, test
        self.words = train.no_sign
        self._everyone = torch.ones(len(test), dtype=torch.bool)

    def row(self, name: str) -> RowOutput:
        rows: Mapping[str, Callable[[], RowOutput]] = {
            "i3d": lambda: self._classifier(self.video, self.trainer.video),
            "two_stream": self._two_stream,
            "mars": lambda: self._classifier(self._mars, self.trainer.video),
            "swin_t": lambda: self._classifier(self._swin("tiny"), self.trainer.video),
            "swin_b": lambda: self._classifier(self._swin("base"), self.trainer.video),
            "sensor": self._sensor_row,
            "generated": self._generated_row,
            "measured_fusion": self._measured_fusion,
            "ours": self._ours,
        }
        return rows[name]()

    # -- what is trained -------------------------------------------------------------------------

    @cached_property
    def video(self) -> VideoNetwork:
        return train_video(self.trainer, self.train, self.validation)

    @cached_property
    def flow(self) -> FlowNetwork:
        recipe = self.trainer.recipe
        return train_classifier(
            self.trainer,
            "flow",
            lambda: FlowNetwork(self.words + 1, width=recipe.width, dropout=recipe.dropout),
            self.train,
            self.validation,
            epochs=recipe.video_epochs,
            rate=recipe.video_rate,
            view=self._flow_view,
        )

    def _flow_view(self, batch: Batch) -> Tensor:
        return flow_view(self.trainer.video(batch), self.trainer.recipe.flow)

    @cached_property
    def fusion_networks(self) -> FusionNetworks:
        statistics = self.train.statistics()
        video = self.video
        sensor = SensorTraining(self.trainer, self.train, statistics)
        train_sensor(sensor, self.validation)
        generator = train_generator(self.trainer, sensor, video, self.train, self.validation)
        return FusionNetworks(video, sensor.average.eval(), generator, statistics)

    @cached_property
    def validation_outputs(self) -> StreamOutputs:
        return gather(self.trainer, self.fusion_networks, self.validation)

    @cached_property
    def test_outputs(self) -> StreamOutputs:
        return gather(self.trainer, self.fusion_networks, self.test)

    # -- rows ------------------------------------------------------------------------------------

    def _classifier(self, network: nn.Module, view: Callable[[Batch], Tensor]) -> RowOutput:
        temperature = self._temperature(network, view)
        logits = classifier_logits(network, self.test, view) / temperature
        return RowOutput(
            self._words(torch.softmax(logits, 1)), self._everyone, self._latency(network, view)
        )

    def _temperature(self, network: nn.Module, view: Callable[[Batch], Tensor]) -> float:
        logits = classifier_logits(network, self.validation, view)
        return best_temperature(logits, self.validation.labels.cpu())

    def _two_stream(self) -> RowOutput:
        parts = [
            torch.softmax(classifier_logits(network, self.test, view), dim=1)
            for network, view in ((self.video, self.trainer.video), (self.flow, self._flow_view))
        ]
        latency = self._latency(self.video, self.trainer.video) + self._latency(
            self.flow, self._flow_view
        )
        return RowOutput(self._words(sum(parts) / 2), self._everyone, latency)  # type: ignore[arg-type]

    @cached_property
    def _mars(self) -> VideoNetwork:
        recipe, teacher = self.trainer.recipe, self.flow

        def loss(network: nn.Module, clips: Tensor, labels: Tensor) -> Tensor:
            assert isinstance(network, VideoNetwork)
            with torch.no_grad():
                wanted = teacher.backbone(flow_view(clips, recipe.flow))
            pooled = network.backbone(clips)
            feature = network.to_feature(network.dropout(pooled))
            return mars_loss(
                network.classifier(feature.relu()),
                labels,
                pooled,
                wanted,
                label_smoothing=recipe.label_smoothing,
            )

        def make() -> VideoNetwork:
            network = VideoNetwork(self.words + 1, width=recipe.width, dropout=recipe.dropout)
            if self.trainer.init is not None:
                start_from(network.backbone, self.trainer.init)
            return network

        return train_classifier(
            self.trainer,
            "mars",
            make,
            self.train,
            self.validation,
            epochs=recipe.video_epochs,
            rate=recipe.video_rate,
            view=self.trainer.video,
            loss=loss,
        )

    def _swin(self, variant: Literal["tiny", "base"]) -> nn.Module:
        recipe = self.trainer.recipe
        return train_classifier(
            self.trainer,
            f"swin_{variant}",
            lambda: VideoSwin(self.words + 1, variant=variant),
            self.train,
            self.validation,
            epochs=recipe.video_epochs,
            rate=recipe.swin_rate,
            view=self.trainer.video,
        )

    def _sensor_row(self) -> RowOutput:
        outputs = self.test_outputs
        temperature = best_temperature(
            self.validation_outputs.measured[self.validation_outputs.live],
            self.validation_outputs.labels[self.validation_outputs.live],
        )
        logits = outputs.measured[outputs.live] / temperature
        return RowOutput(self._words(torch.softmax(logits, 1)), outputs.live, None)

    def _generated_row(self) -> RowOutput:
        seen = self.validation_outputs
        temperature = best_temperature(seen.generated, seen.labels)
        logits = self.test_outputs.generated / temperature
        return RowOutput(self._words(torch.softmax(logits, 1)), self._everyone, None)

    def _measured_fusion(self) -> RowOutput:
        seen, outputs = self.validation_outputs, self.test_outputs
        fusion = fit_fusion({"video": seen.video, "sensor_generated": seen.generated}, seen.labels)
        live = seen.live
        fusion = fit_measured_weight(
            fusion,
            {"video": seen.video[live], "sensor_measured": seen.measured[live]},
            seen.labels[live],
        )
        fused = late_fusion(
            {
                "video": outputs.video[outputs.live],
                "sensor_measured": outputs.measured[outputs.live],
            },
            fusion.temperatures,
            fusion.weights,
        )
        return RowOutput(self._words(fused), outputs.live, None, "calibrated")

    def _ours(self) -> RowOutput:
        """Late, calibrated and feature fusion; the one that is best on validation answers."""
        seen, outputs = self.validation_outputs, self.test_outputs

        def streams(of: StreamOutputs) -> dict[str, Tensor]:
            return {"video": of.video, "sensor_generated": of.generated}

        fusion = fit_fusion(streams(seen), seen.labels)
        answers = {
            "calibrated": (
                late_fusion(streams(seen), fusion.temperatures, fusion.weights),
                late_fusion(streams(outputs), fusion.temperatures, fusion.weights),
            ),
            "late": (late_fusion(streams(seen)), late_fusion(streams(outputs))),
        }
        trained = gather_augmented(
            self.trainer,
            self.fusion_networks,
            self.train,
            epochs=_FEATURE_PASSES,
            seed=self.trainer.recipe.seed * 1000 + 17,
        )
        head = train_feature_fusion(
            (trained.video_feature, trained.generated_feature),
            trained.labels,
            (seen.video_feature, seen.generated_feature),
            seen.labels,
            self.words + 1,
            seed=self.trainer.recipe.seed,
        )
        with torch.no_grad():
            own = head(seen.video_feature, seen.generated_feature)
            temperature = best_temperature(own, seen.labels)
            other = head(outputs.video_feature, outputs.generated_feature)
        answers["feature"] = (
            torch.softmax(own / temperature, 1),
            torch.softmax(other / temperature, 1),
        )
        losses = {
            name: float(functional.nll_loss(mine.clamp_min(1e-9).log(), seen.labels))
            for name, (mine, _) in answers.items()
        }
        chosen = min(losses, key=losses.__getitem__)
        latency = self._latency(self.video, self.trainer.video) + self._latency(
            self.fusion_networks.generator, self.trainer.video
        )
        detail = chosen + "".join(
            f"; {name} {self._top1(theirs, outputs.labels):.4f}"
            for name, (_, theirs) in answers.items()
        )
        return RowOutput(self._words(answers[chosen][1]), self._everyone, latency, detail)

    # -- small things ----------------------------------------------------------------------------

    def _words(self, probabilities: Tensor) -> Tensor:
        """Over the words alone: the literature's protocols have no 'no sign'."""
        words = probabilities[:, : self.words]
        return words / words.sum(dim=1, keepdim=True).clamp_min(1e-9)

    def _top1(self, probabilities: Tensor, labels: Tensor) -> float:
        return float((self._words(probabilities).argmax(dim=1) == labels).float().mean())

    def _latency(self, network: nn.Module, view: Callable[[Batch], Tensor]) -> float:
        batch = next(self.test.evaluation_batches(batch_size=1))
        return latency_ms(network.eval(), view(batch))
