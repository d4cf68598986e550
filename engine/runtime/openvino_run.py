"""A network on the processor by OpenVINO: converted once, compiled on every start."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.atomic_write import unfinished_name
from engine.messages import Message
from engine.runtime.backend import (
    Precision,
    RuntimeFailedError,
    first_line,
    openvino,
    openvino_core,
)
from engine.runtime.compiled_blobs import discard_unsound, seal
from engine.runtime.machine import usable_cores

_HINTS: dict[Precision, str] = {"fp32": "f32", "bf16": "bf16", "int8": "f32"}
"""What is not quantised in an int8 network stays exact."""


def convert(
    network: nn.Module, example: Tensor, progress: Callable[[float], None] = lambda _: None
) -> Any:
    """OpenVINO's model of a network, for inputs of exactly the example's shape: constant sizes let
    it plan its memory once. Raises RuntimeFailedError."""
    library = openvino()
    try:
        # PyTorch's and OpenVINO's own warnings to each other; nobody here can act on them.
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            exported = torch.export.export(network, (example,))
            progress(0.5)
            model = library.convert_model(exported)
        model.reshape(list(example.shape))
    except Exception as error:  # the converter raises whatever stage failed
        raise RuntimeFailedError(
            Message("runtime.not-converted", reason=first_line(error))
        ) from error
    return model


def save_model(model: Any, file: Path) -> None:
    """As `file` (.xml) and the weights beside it (.bin); both whole or not there."""
    weights = file.with_suffix(".bin")
    aside = unfinished_name(file).with_suffix(".xml")
    openvino().save_model(model, aside, compress_to_fp16=False)
    # The weights first: who finds the .xml may count on them.
    aside.with_suffix(".bin").replace(weights)
    aside.replace(file)


class OpenVinoRun:
    """A compiled network. One thread at a time.

    `file`: what `save_model` wrote; `blobs`: a folder in which OpenVINO keeps what it compiled, for
    a quicker start; `threads`: 0 for all but one core, which camera and landmarks
    want: with all of two cores, networks were a third slower beside them. Raises
    RuntimeFailedError.
    """

    def __init__(
        self, file: Path, precision: Precision, *, threads: int = 0, blobs: Path | None = None
    ) -> None:
        options: dict[str, Any] = {
            "PERFORMANCE_HINT": "LATENCY",
            "NUM_STREAMS": 1,
            "INFERENCE_PRECISION_HINT": _HINTS[precision],
            "INFERENCE_NUM_THREADS": threads or max(1, usable_cores() - 1),
        }
        try:
            compiled = _compiled(file, options, blobs)
            self._request = compiled.create_infer_request()
        except RuntimeError as error:
            raise _failed("not-run", error, name=file) from error
        self._outputs = len(compiled.outputs)

    def __call__(self, inputs: Tensor) -> Sequence[Tensor]:
        """Outputs in the network's order. Raises RuntimeFailedError."""
        values = np.ascontiguousarray(inputs.numpy())
        try:
            found = self._request.infer([values], share_inputs=True)
        except RuntimeError as error:
            raise RuntimeFailedError(
                Message("runtime.openvino-failed", reason=first_line(error))
            ) from error
        return [torch.from_numpy(found[i]) for i in range(self._outputs)]


def _compiled(file: Path, options: dict[str, Any], blobs: Path | None) -> Any:
    if blobs is not None:
        # A folder that cannot be written, or a blob cut short, must cost no more than some time.
        discard_unsound(blobs)
        with contextlib.suppress(RuntimeError):
            compiled = openvino_core().compile_model(
                str(file), "CPU", {**options, "CACHE_DIR": str(blobs)}
            )
            seal(blobs)
            return compiled
    return openvino_core().compile_model(str(file), "CPU", options)


def _failed(code: str, error: Exception, **values: object) -> RuntimeFailedError:
    reason = first_line(error)
    return RuntimeFailedError(Message(f"runtime.{code}", reason=reason, **values))
