"""MARS (Crasto et al., CVPR 2019): a network that sees RGB, taught by one that sees flow."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional

ALPHA = 50.0
"""The published weight of the features' distance."""


def mars_loss(
    logits: Tensor,
    labels: Tensor,
    student: Tensor,
    teacher: Tensor,
    *,
    alpha: float = ALPHA,
    label_smoothing: float = 0.0,
) -> Tensor:
    """Cross-entropy + alpha * mean squared distance of the pooled features `(B, C)`.

    No gradient flows into the teacher's.
    """
    label = functional.cross_entropy(logits, labels, label_smoothing=label_smoothing)
    return label + alpha * functional.mse_loss(student, teacher.detach())
