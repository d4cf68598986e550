"""Trains a network that names the sign of a clip: ours and the baselines by the same schedule."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.datasets.batches import AnyBatch, steps_in
from training.datasets.clip_dataset import ClipDataset
from training.evaluation.metrics import top1
from training.trainer.averaging import RunningAverage
from training.trainer.divergence import need_numbers
from training.trainer.trainer import (
    Trainer,
    cosine_rate,
    epoch_seed,
    run_epochs,
    stage_number,
)
from training.trainer.training_epoch import TrainingEpoch

Network = TypeVar("Network", bound=nn.Module)
ANSWER = "the network's answer"
Loss = Callable[[nn.Module, Tensor, Tensor], Tensor]


def train_classifier(
    trainer: Trainer,
    stage: str,
    make: Callable[[], Network],
    train: ClipDataset[AnyBatch],
    validation: ClipDataset[AnyBatch],
    *,
    view: Callable[[AnyBatch], Tensor],
    epochs: int,
    rate: float,
    loss: Loss | None = None,
    no_sign_share: float | None = None,
) -> Network:
    """Returns the averaged network in evaluation mode.

    `make` is called once the seed is set: first weights do not depend on what ran before.
    `view` makes the network's input of a batch. `loss(network, clips, labels)` replaces
    cross-entropy; `no_sign_share` the recipe's. With a patience in the recipe, training stops when
    validation has not improved for so many epochs, and the best average is returned; test clips
    are never used.
    """
    recipe = trainer.recipe

    def cross_entropy(network: nn.Module, clips: Tensor, labels: Tensor) -> Tensor:
        return functional.cross_entropy(
            network(clips), labels, label_smoothing=recipe.label_smoothing
        )

    torch.manual_seed(epoch_seed(trainer, stage, stage_number(stage) % 997))
    network = trainer.place(make())
    running = RunningAverage(network, recipe.ema_decay)
    average = running.network
    best = copy.deepcopy(average)
    loss_module = trainer.loss_module(network, loss or cross_entropy)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=recipe.weight_decay)
    steps = steps_in(len(train), recipe.batch_size)

    def inputs(batch: AnyBatch) -> tuple[Tensor, ...]:
        mine = trainer.share(batch)
        return view(mine), mine.labels

    epoch_steps = TrainingEpoch(
        trainer, stage, network, running, loss_module, optimiser, inputs, largest_gradient=5.0
    )

    def epoch(number: int, advance: Callable[[], None]) -> dict[str, float]:
        batches = train.training_batches(
            recipe.batch_size,
            seed=epoch_seed(trainer, stage, number),
            no_sign_share=recipe.no_sign_share if no_sign_share is None else no_sign_share,
        )
        loss = epoch_steps.run(
            batches,
            steps,
            lambda step: cosine_rate(number * steps + step, epochs * steps, rate),
            advance,
        )
        if not len(validation):
            _answer_something(average, train, view)
            return {"loss": loss}
        return {
            "loss": loss,
            "validation_top1": classifier_accuracy(average, validation, view),
        }

    run_epochs(
        trainer,
        stage,
        modules={"network": network, **running.modules("average")},
        optimisers={"optimiser": optimiser},
        epochs=epochs,
        steps_per_epoch=steps,
        epoch=epoch,
        best=(best, average),
    )
    return average.eval()


@torch.no_grad()
def classifier_accuracy(
    network: nn.Module, clips: ClipDataset[AnyBatch], view: Callable[[AnyBatch], Tensor]
) -> float:
    """Top-1 over the words of `clips`; NaN where they show none. Raises NoNumberError."""
    network.eval()
    right, n = 0, 0
    for batch in clips.evaluation_batches():
        used = batch.labels < clips.no_sign
        logits = need_numbers(network(view(batch)), ANSWER)
        right += top1(logits[used], batch.labels[used], clips.no_sign)
        n += int(used.sum())
    return right / n if n else float("nan")


@torch.no_grad()
def _answer_something(
    network: nn.Module, clips: ClipDataset[AnyBatch], view: Callable[[AnyBatch], Tensor]
) -> None:
    """Without validation clips: run the average on one batch of training clips. Raises
    NoNumberError where its output is NaN or infinite."""
    network.eval()
    batch = next(clips.evaluation_batches())
    need_numbers(network(view(batch)), ANSWER)


@torch.no_grad()
def classifier_logits(
    network: nn.Module, clips: ClipDataset[AnyBatch], view: Callable[[AnyBatch], Tensor]
) -> Tensor:
    """`(N, classes)` of every clip, in order, on the CPU."""
    network.eval()
    return torch.cat([network(view(batch)).float().cpu() for batch in clips.evaluation_batches()])
