"""Outputs of the trained streams on every clip of one side of a split."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.video_network import VideoNetwork
from training.datasets.batches import Batch
from training.datasets.sensor_dataset import SensorDataset, SensorStatistics
from training.trainer.trainer import Trainer


@dataclass(frozen=True, slots=True, eq=False)
class StreamOutputs:
    """Logits `(N, classes)` a stream; 128-d features; traces `(N, channels, n_steps)` in sensor
    units, generated and measured; `live` `(N,)`: clips with a sensor; `labels` `(N,)`."""

    video: Tensor
    generated: Tensor
    measured: Tensor
    video_feature: Tensor
    generated_feature: Tensor
    trace: Tensor
    samples: Tensor
    live: Tensor
    labels: Tensor

    @classmethod
    def joined(cls, parts: list[StreamOutputs]) -> StreamOutputs:
        names = cls.__dataclass_fields__
        return cls(**{name: torch.cat([getattr(p, name) for p in parts]) for name in names})


@dataclass(frozen=True, slots=True, eq=False)
class FusionNetworks:
    """The four trained parts of one self-learning fusion."""

    video: VideoNetwork
    encoder: SensorEncoder
    generator: Generator
    statistics: SensorStatistics


@torch.no_grad()
def outputs_of_batch(trainer: Trainer, networks: FusionNetworks, batch: Batch) -> StreamOutputs:
    clips = trainer.video(batch)
    with trainer.autocast():
        video_feature = networks.video.features(clips)
        video = networks.video.classifier(video_feature.relu())
        u_v, trace = networks.generator(clips)
    u_v, trace = u_v.float(), trace.float()
    statistics, encoder = networks.statistics, networks.encoder
    mean, std = statistics.mean.to(trace)[:, None], statistics.std.to(trace)[:, None]
    return StreamOutputs(
        video=video.float().cpu(),
        generated=encoder.classify(u_v).cpu(),
        measured=encoder(statistics.normalise(batch.samples)).cpu(),
        video_feature=video_feature.float().cpu(),
        generated_feature=u_v.cpu(),
        trace=(trace * std + mean).cpu(),
        samples=batch.samples.cpu(),
        live=batch.live.all(dim=1).cpu(),
        labels=batch.labels.cpu(),
    )


def gather(
    trainer: Trainer, networks: FusionNetworks, clips: SensorDataset[Batch]
) -> StreamOutputs:
    """Outputs on every clip, whole and unchanged, in order."""
    for network in (networks.video, networks.encoder, networks.generator):
        network.eval()
    batches = list(clips.evaluation_batches())
    tracked = trainer.progress.track(batches, description="networks")
    return StreamOutputs.joined([outputs_of_batch(trainer, networks, batch) for batch in tracked])


def gather_augmented(
    trainer: Trainer,
    networks: FusionNetworks,
    clips: SensorDataset[Batch],
    *,
    epochs: int,
    seed: int,
) -> StreamOutputs:
    """Outputs on `epochs` augmented epochs of training clips, for training a fusion network. On
    unchanged training clips the streams are more confident than on any other."""
    parts = []
    for number in range(epochs):
        batches = clips.training_batches(
            trainer.recipe.batch_size, seed=seed + number, no_sign_share=0.0
        )
        parts += [outputs_of_batch(trainer, networks, batch) for batch in batches]
    return StreamOutputs.joined(parts)
