"""Stage 1: the sensor encoder classifies signs from measured samples."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.models.inception_time import SensorEncoder
from training.datasets.batches import Batch, steps_in
from training.datasets.sensor_dataset import SensorDataset, SensorStatistics
from training.errors import DataError
from training.evaluation.metrics import top1
from training.trainer.averaging import RunningAverage
from training.trainer.divergence import need_numbers
from training.trainer.trainer import (
    Trainer,
    cosine_rate,
    epoch_seed,
    run_epochs,
)
from training.trainer.training_epoch import TrainingEpoch


class SensorTraining:
    """The sensor encoder, its average and its optimiser. The generator stage runs single epochs of
    it between its own."""

    stage: ClassVar[str] = "sensor"

    def __init__(
        self, trainer: Trainer, train: SensorDataset[Batch], statistics: SensorStatistics
    ) -> None:
        self.trainer, self.train, self.statistics = trainer, train, statistics
        torch.manual_seed(trainer.recipe.seed)
        self.encoder = trainer.place(SensorEncoder(train.channels, train.no_sign + 1))
        self.running = RunningAverage(self.encoder, trainer.recipe.ema_decay)
        self.average = self.running.network
        self._loss_module = trainer.loss_module(self.encoder, self._loss)
        self.optimiser = torch.optim.AdamW(
            self.encoder.parameters(), lr=trainer.recipe.sensor_rate, weight_decay=0.05
        )
        live = int(train.live.all(dim=1).sum())
        if not live:
            raise DataError("no training clip has a live sensor; there is nothing to learn from")
        self.steps_per_epoch = steps_in(live, trainer.recipe.batch_size)

    def _loss(self, encoder: nn.Module, samples: Tensor, labels: Tensor) -> Tensor:
        return functional.cross_entropy(
            encoder(samples), labels, label_smoothing=self.trainer.recipe.label_smoothing
        )

    @property
    def epochs(self) -> int:
        return self.trainer.recipe.sensor_epochs

    @property
    def modules(self) -> dict[str, nn.Module]:
        return {"encoder": self.encoder, **self.running.modules("average")}

    def epoch(self, seed: int, rate: Callable[[int], float], advance: Callable[[], None]) -> float:
        """One epoch; `rate(step)` gives the learning rate. Returns the mean loss."""
        recipe = self.trainer.recipe

        def inputs(batch: Batch) -> tuple[Tensor, ...]:
            # Changed before it is shared: every process draws for the whole batch.
            changed = self._changed(batch.samples, _rng(batch, seed))
            mine = self.trainer.rows(len(batch.labels))
            return changed[mine], batch.labels[mine]

        batches = self.train.training_batches(
            recipe.batch_size, seed=seed, no_sign_share=recipe.no_sign_share, both_live=True
        )
        epoch_steps = TrainingEpoch(
            self.trainer,
            self.stage,
            self.encoder,
            self.running,
            self._loss_module,
            self.optimiser,
            inputs,
        )
        return epoch_steps.run(batches, self.steps_per_epoch, rate, advance)

    def _changed(self, samples: Tensor, rng: torch.Generator) -> Tensor:
        """A batch's samples as the encoder learns from them: augmented and normalised."""
        return self.statistics.normalise(self.train.augment_samples(samples, rng))

    @torch.no_grad()
    def accuracy(self, clips: SensorDataset[Batch]) -> float:
        """Top-1 over the words, on recordings whose armbands are both live; NaN where there is
        none. Raises NoNumberError."""
        self.average.eval()
        right, n = 0, 0
        for batch in clips.evaluation_batches():
            used = batch.live.all(dim=1) & (batch.labels < clips.no_sign)
            logits = self.average(self.statistics.normalise(batch.samples[used]))
            need_numbers(logits, "the network's answer")
            right += top1(logits, batch.labels[used], clips.no_sign)
            n += int(used.sum())
        return right / n if n else float("nan")


def _rng(batch: Batch, seed: int) -> torch.Generator:
    first = int(batch.index[0])
    return torch.Generator(batch.samples.device).manual_seed(seed * 31 + first)


def train_sensor(sensor: SensorTraining, validation: SensorDataset[Batch]) -> None:
    """All epochs of the stage; afterwards `sensor.average` is the encoder to use."""
    trainer, recipe = sensor.trainer, sensor.trainer.recipe
    steps, stage = sensor.steps_per_epoch, sensor.stage

    def epoch(number: int, advance: Callable[[], None]) -> dict[str, float]:
        loss = sensor.epoch(
            epoch_seed(trainer, stage, number),
            lambda step: cosine_rate(
                number * steps + step, sensor.epochs * steps, recipe.sensor_rate
            ),
            advance,
        )
        return {"loss": loss, "validation_top1": sensor.accuracy(validation)}

    run_epochs(
        trainer,
        stage,
        modules=sensor.modules,
        optimisers={"optimiser": sensor.optimiser},
        epochs=sensor.epochs,
        steps_per_epoch=steps,
        epoch=epoch,
        best=(copy.deepcopy(sensor.average), sensor.average),
    )
