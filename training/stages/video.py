"""Stage 2: I3D learns the words from the pose view."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn
from torch.nn import functional

from engine.models.video_network import VideoNetwork
from training.metrics import top1
from training.paired_clips import PairedClips
from training.stages.stage import (
    Workshop,
    averaged_copy,
    cosine_rate,
    epoch_seed,
    run_epochs,
    update_average,
)

STAGE = "video"


def train_video(shop: Workshop, train: PairedClips, validation: PairedClips) -> VideoNetwork:
    """Returns the averaged network, in evaluation mode."""
    recipe = shop.recipe
    torch.manual_seed(recipe.seed + 1)
    network = VideoNetwork(train.no_sign + 1, width=recipe.width)
    network = shop.place(network)
    average = averaged_copy(network)
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=recipe.video_rate, weight_decay=recipe.weight_decay
    )
    steps = len(train) // recipe.batch_size

    def epoch(number: int, advance: Callable[[], None]) -> dict[str, float]:
        network.train()
        total = 0.0
        batches = train.training_batches(
            recipe.batch_size,
            seed=epoch_seed(shop, STAGE, number),
            no_sign_share=recipe.no_sign_share,
        )
        for step, batch in enumerate(batches):
            for group in optimiser.param_groups:
                group["lr"] = cosine_rate(
                    number * steps + step, recipe.video_epochs * steps, recipe.video_rate
                )
            with shop.autocast():
                loss = functional.cross_entropy(
                    network(shop.draw(batch.joints)),
                    batch.labels,
                    label_smoothing=recipe.label_smoothing,
                )
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            update_average(average, network, recipe.ema_decay)
            total += float(loss.detach())
            advance()
        return {
            "loss": total / max(1, steps),
            "validation_top1": video_accuracy(shop, average, validation),
        }

    run_epochs(
        shop,
        STAGE,
        modules={"network": network, "average": average},
        optimiser=optimiser,
        epochs=recipe.video_epochs,
        steps_per_epoch=steps,
        epoch=epoch,
    )
    return average.eval()


@torch.no_grad()
def video_accuracy(shop: Workshop, network: nn.Module, clips: PairedClips) -> float:
    """Top-1 over the words of `clips`."""
    network.eval()
    right, n = 0, 0
    for batch in clips.evaluation_batches():
        used = batch.labels < clips.no_sign
        right += top1(network(shop.draw(batch.joints[used])), batch.labels[used], clips.no_sign)
        n += int(used.sum())
    return right / max(1, n)
