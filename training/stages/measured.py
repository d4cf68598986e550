"""The sensor encoder for what gloves measure, who may be one glove alone.

It does not take the place of the sensor encoder that the generator learnt from: their features are
not alike.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import torch
from torch import Tensor

from engine.models.inception_time import SensorEncoder
from training.datasets.batches import Batch
from training.datasets.missing_wrist import (
    drawn_missing,
    measured_and_generated,
    without_wrists,
)
from training.datasets.sensor_dataset import SensorDataset, SensorStatistics
from training.evaluation.metrics import top1
from training.stages.sensor import SensorTraining
from training.trainer.divergence import need_numbers

WORN: dict[str, tuple[bool, bool]] = {
    "both": (False, False),
    "left": (False, True),
    "right": (True, False),
}
"""By what is worn: whether the left and the right wrist are missing."""


class MeasuredTraining(SensorTraining):
    """Wrist dropout: of the share `wrist_dropout` of clips one wrist is taken away. In its place
    stands the generated trace, for half of them where the dataset has any (`with_generated`), else
    each channel's mean."""

    stage: ClassVar[str] = "measured"

    @property
    def epochs(self) -> int:
        return self.trainer.recipe.measured_epochs

    def _changed(self, samples: Tensor, rng: torch.Generator) -> Tensor:
        measured, generated = measured_and_generated(samples)
        changed = super()._changed(measured, rng)
        count = len(changed)
        missing = drawn_missing(count, self.trainer.recipe.wrist_dropout, rng)
        if generated is None:
            return without_wrists(changed, missing)
        imagined = torch.rand(count, generator=rng, device=rng.device) < 0.5
        instead = self.statistics.normalise(generated) * imagined[:, None, None]
        return without_wrists(changed, missing, instead)

    def accuracy(self, clips: SensorDataset[Batch]) -> float:
        """Mean of the three of `accuracies_by_worn`."""
        found = accuracies_by_worn(self.average, self.statistics, clips)
        return sum(found.values()) / len(found)


@torch.no_grad()
def accuracies_by_worn(
    encoder: SensorEncoder,
    statistics: SensorStatistics,
    clips: SensorDataset[Batch],
    *,
    instead: Literal["mean", "generated"] = "mean",
) -> dict[str, float]:
    """Top-1 over the words by what is `WORN`, on recordings whose armbands are both live; NaN where
    there is none. `instead`: what stands for a missing wrist; 'generated' with clips that have such
    traces. Raises NoNumberError."""
    encoder.eval()
    right, n = dict.fromkeys(WORN, 0), 0
    for batch in clips.evaluation_batches():
        used = batch.live.all(dim=1) & (batch.labels < clips.no_sign)
        labels = batch.labels[used]
        measured, generated = measured_and_generated(batch.samples[used])
        samples = statistics.normalise(measured)
        other = None
        if instead == "generated" and generated is not None:
            other = statistics.normalise(generated)
        for worn, gone in WORN.items():
            missing = torch.tensor(gone, device=samples.device).expand(len(labels), 2)
            logits = encoder(without_wrists(samples, missing, other))
            need_numbers(logits, "the network's answer")
            right[worn] += top1(logits, labels, clips.no_sign)
        n += len(labels)
    return {worn: hits / n if n else float("nan") for worn, hits in right.items()}
