"""Batch normalisation taken into the convolution before it: the same numbers, half as many kernels.

Only for networks that have done learning; a card that answers one clip at a time spends most of it
on starting kernels.
"""

from __future__ import annotations

import itertools

import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.utils.fusion import fuse_conv_bn_eval

_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
_WEIGHED = (*_CONVOLUTIONS, nn.Linear)


def fold_batch_norms(network: nn.Module) -> None:
    """Of every `nn.Sequential` inside `network`, which is changed, and is in evaluation mode: a
    normalisation right behind a convolution becomes part of it."""
    for module in network.modules():
        if not isinstance(module, nn.Sequential):
            continue
        names = list(module._modules)
        for first, second in itertools.pairwise(names):
            convolution, norm = module._modules[first], module._modules[second]
            if (
                isinstance(convolution, _CONVOLUTIONS)
                and isinstance(norm, _BatchNorm)
                and norm.track_running_stats
            ):
                module._modules[first] = fuse_conv_bn_eval(convolution, norm)
                module._modules[second] = nn.Identity()


def hold_weights_in(network: nn.Module, dtype: torch.dtype) -> None:
    """Weights of convolutions and linear layers, which autocast would otherwise make again of the
    exact ones at every call; what else a network holds stays exact."""
    for module in network.modules():
        if isinstance(module, _WEIGHED):
            module.to(dtype)
