"""A network on a CUDA card: fp32 or bf16, replayed as one CUDA graph for the shape it was made for.

A live prediction is a batch of one, and a hundred small kernels: launching them one by one takes
longer than computing them. A graph launches all of them at once.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from engine.arrays import Floats
from engine.messages import Message
from engine.runtime.backend import Precision, RuntimeFailedError
from engine.runtime.folding import fold_batch_norms, hold_weights_in

_WARM_UPS = 3
"""Runs before the capture: libraries choose their kernels and allocate what they need."""


class CudaRun:
    """`network` stays as it is; a copy goes to the card. Raises RuntimeFailedError."""

    def __init__(self, network: nn.Module, example: Floats, precision: Precision) -> None:
        """`example`: a batch of the shape that is to be answered quickest."""
        if precision == "int8" or not torch.cuda.is_available():
            raise RuntimeFailedError(Message("runtime.card-precision", precision=precision))
        self._type = torch.bfloat16 if precision == "bf16" else torch.float32
        self._graph: torch.cuda.CUDAGraph | None = None
        try:
            self._network = copy.deepcopy(network).cuda().eval()
            fold_batch_norms(self._network)
            if self._type != torch.float32:
                hold_weights_in(self._network, self._type)
            if example.ndim == 5:
                self._network.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]
            self._capture(torch.from_numpy(example))
        except (RuntimeError, torch.cuda.OutOfMemoryError) as error:
            raise _failed(error) from error

    def _forward(self, inputs: Tensor) -> tuple[Tensor, ...]:
        # No cache: what is captured must not lean on tensors that live outside of the graph.
        low = self._type != torch.float32
        with torch.autocast("cuda", self._type, enabled=low, cache_enabled=False):
            found: tuple[Tensor, ...] = self._network(inputs)
        return found

    def _capture(self, example: Tensor) -> None:
        self._input = self._shaped(example.cuda())
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.inference_mode(), torch.cuda.stream(aside):
            for _ in range(_WARM_UPS):
                self._forward(self._input)
        torch.cuda.current_stream().wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        with torch.inference_mode(), torch.cuda.graph(graph):
            self._found = self._forward(self._input)
        self._graph = graph

    def _shaped(self, inputs: Tensor) -> Tensor:
        if inputs.dim() == 5:
            return inputs.contiguous(memory_format=torch.channels_last_3d)
        return inputs.contiguous()

    def on_card(self, inputs: Tensor) -> Sequence[Tensor]:
        """Outputs left on the card, not waited for, of inputs that may lie there already; the next
        call of the captured shape overwrites them."""
        if self._graph is None or inputs.shape != self._input.shape:
            with torch.inference_mode():
                return self._forward(self._shaped(inputs.cuda(non_blocking=True)))
        self._input.copy_(inputs, non_blocking=True)
        self._graph.replay()
        return self._found

    def __call__(self, inputs: Floats) -> Sequence[Floats]:
        """Outputs in the network's order, in fp32. Raises RuntimeFailedError."""
        there = torch.from_numpy(np.ascontiguousarray(inputs))
        try:
            return [found.float().cpu().numpy() for found in self.on_card(there)]
        except RuntimeError as error:
            raise _failed(error) from error


def _failed(error: RuntimeError) -> RuntimeFailedError:
    return RuntimeFailedError(Message("runtime.card-failed", reason=str(error).splitlines()[0]))
