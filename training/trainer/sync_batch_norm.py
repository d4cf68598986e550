"""Batch normalisation over the whole batch when several processes share it.

Each would otherwise normalise by its own part, and a run on two cards would learn something else
than the same run on one. PyTorch's own does this on cards only; this one does it anywhere.
"""

from __future__ import annotations

import torch
import torch.distributed
from torch import Tensor, nn
from torch.distributed.nn.functional import all_reduce
from torch.nn import functional
from torch.nn.modules.batchnorm import _BatchNorm


class SharedBatchNorm(_BatchNorm):
    """`(B, C, ...)`; mean and variance over B of every process and all places."""

    def _check_input_dim(self, input: Tensor) -> None:  # noqa: A002 - the base class's name
        if input.ndim < 2:
            raise ValueError(f"expected at least 2 dimensions, got {input.ndim}")

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return functional.batch_norm(
                x, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps
            )
        places = [0, *range(2, x.ndim)]
        count = x.numel() / x.shape[1] * torch.distributed.get_world_size()
        mean = all_reduce(x.sum(dim=places)) / count
        shape = (1, -1, *([1] * (x.ndim - 2)))
        centred = x - mean.reshape(shape)
        variance = all_reduce(centred.square().sum(dim=places)) / count
        self._remember(mean.detach(), variance.detach() * count / max(1.0, count - 1))
        scale = (variance + self.eps).rsqrt() * self.weight
        return centred * scale.reshape(shape) + self.bias.reshape(shape)

    @torch.no_grad()
    def _remember(self, mean: Tensor, variance: Tensor) -> None:
        assert self.running_mean is not None
        assert self.running_var is not None
        assert self.num_batches_tracked is not None
        self.num_batches_tracked += 1
        self.running_mean.lerp_(mean.to(self.running_mean), self.momentum or 0.1)
        self.running_var.lerp_(variance.to(self.running_var), self.momentum or 0.1)


def share_norms(network: nn.Module) -> None:
    """Replace each batch normalisation inside `network`, its values and their names kept."""
    for name, child in network.named_children():
        if isinstance(child, _BatchNorm):
            shared = SharedBatchNorm(child.num_features, child.eps, child.momentum).to(child.weight)
            shared.load_state_dict(child.state_dict())
            setattr(network, name, shared.train(child.training))
        else:
            share_norms(child)
