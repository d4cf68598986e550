"""A network on the processor by OpenVINO, compiled on every start."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.arrays import Floats
from engine.messages import Message
from engine.runtime.backend import Precision, RuntimeFailedError, first_line, openvino_core
from engine.runtime.machine import usable_cores
from engine.runtime.openvino.compiled_blobs import discard_unsound, names_in, seal

_HINTS: dict[Precision, str] = {"fp32": "f32", "bf16": "bf16", "int8": "f32"}
"""What is not quantised in an int8 network stays exact."""


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

    def __call__(self, inputs: Floats) -> Sequence[Floats]:
        """Outputs in the network's order. Raises RuntimeFailedError."""
        values = np.ascontiguousarray(inputs)
        try:
            found = self._request.infer([values], share_inputs=True)
        except RuntimeError as error:
            raise RuntimeFailedError(
                Message("runtime.openvino-failed", reason=first_line(error))
            ) from error
        return [found[i] for i in range(self._outputs)]


def _compiled(file: Path, options: dict[str, Any], blobs: Path | None) -> Any:
    if blobs is not None:
        # A folder that cannot be written, or a blob cut short, must cost no more than some time.
        discard_unsound(blobs)
        before = names_in(blobs)
        with contextlib.suppress(RuntimeError):
            kept = {**options, "CACHE_DIR": str(blobs)}
            compiled = openvino_core().compile_model(str(file), "CPU", kept)
            if names_in(blobs) != before:
                seal(blobs)
            return compiled
    return openvino_core().compile_model(str(file), "CPU", options)


def _failed(code: str, error: Exception, **values: object) -> RuntimeFailedError:
    reason = first_line(error)
    return RuntimeFailedError(Message(f"runtime.{code}", reason=reason, **values))
