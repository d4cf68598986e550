"""The motion network: predicts the samples of two armbands from joints alone.

For sets that have video but no sensor at all. Learnt where joints and armbands were recorded
together (asl20), it labels the landmarks of other people's clips, and the generator then learns
from those labels as it would from a glove. Ours; the published method needs a glove for every clip.
"""

from __future__ import annotations

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.datasets.batches import steps_in
from training.datasets.pose_imu_dataset import PoseImuBatch, PoseImuDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.evaluation.metrics import trace_r
from training.stages.generator import trace_loss
from training.trainer.averaging import RunningAverage
from training.trainer.divergence import need_numbers
from training.trainer.trainer import (
    Trainer,
    cosine_rate,
    epoch_seed,
    run_epochs,
)
from training.trainer.training_epoch import TrainingEpoch

STAGE = "motion"
JOINTS = 7
_WIDTH, _DILATIONS = 128, (1, 2, 4, 8, 1)
_FARTHEST = 3.0


class MotionNetwork(nn.Module):
    """`(B, T, 7, 2)` joints in shoulder widths to `(B, channels, n_steps)` normalised samples."""

    def __init__(self, channels: int, n_steps: int) -> None:
        super().__init__()
        self.n_steps = n_steps
        self.entry = nn.Sequential(
            nn.Conv1d(4 * JOINTS, _WIDTH, 5, padding=2), nn.BatchNorm1d(_WIDTH), nn.ReLU()
        )
        self.blocks = nn.ModuleList(_Block(dilation) for dilation in _DILATIONS)
        self.exit = nn.Conv1d(_WIDTH, channels, 5, padding=2)

    def forward(self, joints: Tensor) -> Tensor:
        # A badly seen shoulder makes a whole body huge; nothing real is three widths away.
        places = joints.clamp(-_FARTHEST, _FARTHEST).flatten(2).transpose(1, 2)
        places = functional.interpolate(places, self.n_steps, mode="linear", align_corners=True)
        speed = functional.pad(places[:, :, 2:] - places[:, :, :-2], (1, 1), mode="replicate")
        x = self.entry(torch.cat([places, speed * (self.n_steps / 8)], dim=1))
        for block in self.blocks:
            x = block(x)
        samples: Tensor = self.exit(x)
        return samples


class _Block(nn.Module):
    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(_WIDTH, _WIDTH, 5, padding=2 * dilation, dilation=dilation),
            nn.BatchNorm1d(_WIDTH),
            nn.ReLU(),
            nn.Dropout(0.1),
            nn.Conv1d(_WIDTH, _WIDTH, 1),
            nn.BatchNorm1d(_WIDTH),
        )

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = (x + self.layers(x)).relu()
        return out


def train_motion(
    trainer: Trainer,
    statistics: SensorStatistics,
    train: PoseImuDataset,
    validation: PoseImuDataset,
    *,
    epochs: int,
    rate: float = 2e-3,
) -> MotionNetwork:
    """Returns the averaged network; the log holds r on the validation signers."""
    torch.manual_seed(epoch_seed(trainer, STAGE, 0))
    network = trainer.place(MotionNetwork(train.channels, train.n_steps))
    running = RunningAverage(network, trainer.recipe.ema_decay)
    average = running.network
    loss_module = trainer.loss_module(
        network, lambda motion, joints, measured: trace_loss(motion(joints), measured)
    )
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    steps = steps_in(int(train.live.all(dim=1).sum()), trainer.recipe.batch_size)

    def inputs(batch: PoseImuBatch) -> tuple[Tensor, ...]:
        mine = trainer.share(batch)
        return mine.joints, statistics.normalise(mine.samples)

    epoch_steps = TrainingEpoch(trainer, STAGE, network, running, loss_module, optimiser, inputs)

    def epoch(number: int, advance: Callable[[], None]) -> dict[str, float]:
        batches = train.training_batches(
            trainer.recipe.batch_size,
            seed=epoch_seed(trainer, STAGE, number),
            no_sign_share=trainer.recipe.no_sign_share,
            both_live=True,
        )
        loss = epoch_steps.run(
            batches,
            steps,
            lambda step: cosine_rate(number * steps + step, epochs * steps, rate),
            advance,
        )
        acc_r, gyro_r = motion_r(average, statistics, validation)
        return {"loss": loss, "acc_r": acc_r, "gyro_r": gyro_r}

    run_epochs(
        trainer,
        STAGE,
        modules={"network": network, **running.modules("average")},
        optimisers={"optimiser": optimiser},
        epochs=epochs,
        steps_per_epoch=steps,
        epoch=epoch,
        best=(copy.deepcopy(average), average),
        watch="acc_r",
    )
    return average.eval()


@torch.no_grad()
def motion_r(
    network: MotionNetwork, statistics: SensorStatistics, clips: PoseImuDataset
) -> tuple[float, float]:
    """Median r of accelerometer and gyroscope over live armbands; NaN where none is. Raises
    NoNumberError."""
    network.eval()
    simulated, measured, live = [], [], []
    for batch in clips.evaluation_batches():
        simulated.append(need_numbers(network(batch.joints), "the network's answer").cpu())
        measured.append(statistics.normalise(batch.samples).cpu())
        live.append(batch.live.cpu())
    a, b, alive = (torch.cat(x).numpy() for x in (simulated, measured, live))
    acc = clips.acc_channels
    return trace_r(a[:, :acc], b[:, :acc], alive), trace_r(a[:, acc:], b[:, acc:], alive)
