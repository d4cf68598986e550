"""Stage 3: the generator learns to predict sensor features and traces from video.

A sensor epoch, then several generator epochs with the encoder frozen, repeated. The generator
starts from the video network's weights: both take the same input.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.models.generator import Generator, generator_loss
from engine.models.inception_time import SensorEncoder
from engine.models.video_network import VideoNetwork
from training.datasets.batches import Batch
from training.datasets.sensor_dataset import SensorDataset
from training.evaluation.metrics import top1, trace_r
from training.stages.sensor import SensorTraining
from training.trainer.averaging import RunningAverage
from training.trainer.divergence import need_numbers
from training.trainer.trainer import (
    Trainer,
    cosine_rate,
    epoch_seed,
    run_epochs,
)
from training.trainer.training_epoch import TrainingEpoch

STAGE = "generator"


def frozen(module: SensorEncoder) -> SensorEncoder:
    """Set to evaluation mode, its weights without gradients; gradients still pass through to its
    input."""
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    return module.eval()


def trace_loss(simulated: Tensor, measured: Tensor) -> Tensor:
    """Huber loss on normalised samples `(B, channels, n_steps)` plus half the mean of 1 - r, r
    being Pearson's correlation of each axis over time."""
    near = functional.huber_loss(simulated, measured)
    a = simulated - simulated.mean(dim=2, keepdim=True)
    b = measured - measured.mean(dim=2, keepdim=True)
    together = (a * b).mean(dim=2)
    # The constant keeps axes that hardly move from being asked for a shape made of noise.
    spread = ((a.square().mean(dim=2) + 0.02) * (b.square().mean(dim=2) + 0.02)).sqrt()
    return near + 0.5 * (1 - together / spread).mean()


def train_generator(
    trainer: Trainer,
    sensor: SensorTraining,
    video: VideoNetwork,
    train: SensorDataset[Batch],
    validation: SensorDataset[Batch],
) -> Generator:
    """Returns the averaged generator; `sensor.average` is the encoder that it ended with."""
    recipe = trainer.recipe
    torch.manual_seed(recipe.seed + 2)
    generator = Generator(
        train.channels, train.n_steps, width=recipe.width, dropout=recipe.dropout / 2
    )
    generator.backbone.load_state_dict(video.backbone.state_dict())
    generator = trainer.place(generator)
    running = RunningAverage(generator, recipe.ema_decay)
    average = running.network
    optimiser = torch.optim.Adam(
        generator.parameters(), lr=recipe.generator_rate, betas=(0.5, 0.999)
    )
    steps = sensor.steps_per_epoch
    per_cycle = recipe.generator_epochs_per_cycle
    epochs = recipe.generator_cycles * per_cycle

    def loss_of(network: nn.Module, clips: Tensor, measured: Tensor, labels: Tensor) -> Tensor:
        encoder = sensor.average
        with torch.no_grad():
            u_s = encoder.features(measured)
        u_v, simulated = network(clips)
        u_v, simulated = u_v.float(), simulated.float()
        return generator_loss(
            u_v, u_s, encoder.classify(u_v), labels, recipe.label_smoothing
        ) + recipe.trace_weight * trace_loss(simulated, measured)

    loss_module = trainer.loss_module(generator, loss_of)

    def inputs(batch: Batch) -> tuple[Tensor, ...]:
        mine = trainer.share(batch)
        return trainer.video(mine), sensor.statistics.normalise(mine.samples), mine.labels

    epoch_steps = TrainingEpoch(
        trainer, STAGE, generator, running, loss_module, optimiser, inputs, largest_gradient=200.0
    )

    def generator_epoch(number: int, advance: Callable[[], None]) -> float:
        frozen(sensor.average)
        batches = train.training_batches(
            recipe.batch_size,
            seed=epoch_seed(trainer, STAGE, number),
            no_sign_share=recipe.no_sign_share,
            both_live=True,
        )
        return epoch_steps.run(
            batches,
            steps,
            lambda step: cosine_rate(number * steps + step, epochs * steps, recipe.generator_rate),
            advance,
        )

    def epoch(number: int, advance: Callable[[], None]) -> dict[str, float]:
        figures: dict[str, float] = {}
        if number % per_cycle == 0:
            cycle = number // per_cycle
            rate = recipe.sensor_rate * 0.1 * (1 - cycle / max(1, recipe.generator_cycles))
            for parameter in sensor.encoder.parameters():
                parameter.requires_grad_(True)
            figures["sensor_loss"] = sensor.epoch(
                epoch_seed(trainer, "sensor again", cycle), lambda step: rate, lambda: None
            )
        figures["loss"] = generator_epoch(number, advance)
        return {**figures, **generator_figures(trainer, sensor, average, validation)}

    both = nn.ModuleList([average, sensor.average])
    run_epochs(
        trainer,
        STAGE,
        modules={
            "generator": generator,
            "sensor": sensor.encoder,
            **running.modules("generator_average"),
            **sensor.running.modules("sensor_average"),
        },
        optimisers={"optimiser": optimiser, "sensor_optimiser": sensor.optimiser},
        epochs=epochs,
        steps_per_epoch=steps,
        epoch=epoch,
        best=(copy.deepcopy(both), both),
    )
    frozen(sensor.average)
    return average.eval()


@torch.no_grad()
def generator_figures(
    trainer: Trainer, sensor: SensorTraining, generator: Generator, clips: SensorDataset[Batch]
) -> dict[str, float]:
    """Top-1 of the generated feature through the sensor classifier; r of the simulated traces; NaN
    where the clips show nothing of the kind. Raises NoNumberError."""
    if not len(clips):
        return dict.fromkeys(("validation_top1", "acc_r", "gyro_r"), float("nan"))
    encoder = frozen(sensor.average)
    generator.eval()
    right, n = 0, 0
    simulated, measured, live = [], [], []
    for batch in clips.evaluation_batches():
        words = batch.labels < clips.no_sign
        u_v, trace = generator(trainer.video(batch))
        need_numbers(u_v, "the network's answer")
        need_numbers(trace, "the simulated trace")
        right += top1(encoder.classify(u_v)[words], batch.labels[words], clips.no_sign)
        n += int(words.sum())
        simulated.append(trace.cpu())
        measured.append(sensor.statistics.normalise(batch.samples).cpu())
        live.append(batch.live.cpu())
    a, b, alive = (torch.cat(x).numpy() for x in (simulated, measured, live))
    acc = clips.acc_channels
    return {
        "validation_top1": right / n if n else float("nan"),
        "acc_r": trace_r(a[:, :acc], b[:, :acc], alive),
        "gyro_r": trace_r(a[:, acc:], b[:, acc:], alive),
    }
