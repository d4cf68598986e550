"""What can run a network: a runtime and a precision.

OpenVINO's converter reports its use over the network unless its user objects. SignMirror promises
that nothing leaves the computer, so the part that reports is kept out before anything is imported:
OpenVINO and NNCF take its absence for what it is, and say nothing.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Literal, get_args

from engine.messages import Message, PlainError

Runtime = Literal["torch", "openvino", "cuda"]
Precision = Literal["fp32", "bf16", "int8"]
Part = Literal["video", "landmarks"]
"""A network of a bundle that is run as a whole: all that looks at pictures; the landmark stream."""

AUTOMATIC = "auto"
"""In place of a choice: whatever was measured to be the fastest on this machine."""


class RuntimeFailedError(PlainError):
    """A runtime cannot be used here, or failed at this network; one line that says why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Written `openvino-int8`, on the command line, in settings and in what is remembered."""

    runtime: Runtime
    precision: Precision

    def __str__(self) -> str:
        return f"{self.runtime}-{self.precision}"

    @classmethod
    def parse(cls, text: str) -> Choice:
        """Raises ValueError that lists what there is."""
        for choice in EVERY:
            if str(choice) == text:
                return choice
        known = ", ".join([AUTOMATIC, *map(str, EVERY)])
        raise ValueError(f"{text}: no such runtime; there are: {known}")

    @property
    def title(self) -> str:
        """As people read it."""
        name = {"torch": "PyTorch", "openvino": "OpenVINO", "cuda": "CUDA"}[self.runtime]
        return f"{name} {self.precision}"


EVERY: tuple[Choice, ...] = (
    Choice("torch", "fp32"),
    *(Choice("openvino", precision) for precision in get_args(Precision)),
    Choice("cuda", "fp32"),
    Choice("cuda", "bf16"),
)

PLAIN = EVERY[0]
"""Always there, and what every other one is measured against."""


def check_wanted(text: str) -> str:
    """The text of a choice or 'auto'. Raises ValueError that lists what there is."""
    return text if text == AUTOMATIC else str(Choice.parse(text))


def has_torch() -> bool:
    """Whether PyTorch is installed, without loading it. Whoever only signs needs none, as long as
    bundles bring what OpenVINO reads."""
    try:
        return find_spec("torch") is not None
    except ImportError:
        # Something on Python's path forbids it.
        return False


def can_run(choice: Choice) -> Message | None:
    """None when this machine has what the choice needs, else the reason why not."""
    if choice.runtime != "openvino" and not has_torch():
        return Message("runtime.no-torch")
    if choice.runtime == "cuda":
        import torch

        return None if torch.cuda.is_available() else Message("runtime.no-card")
    if choice.runtime == "openvino":
        try:
            precisions = processor_precisions()
        except RuntimeFailedError as error:
            return error.message
        if choice.precision not in precisions:
            return Message("runtime.not-computed", precision=choice.precision)
    return None


def openvino() -> ModuleType:
    """The library, unable to report its use. Raises RuntimeFailedError where it does not load."""
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    try:
        import openvino as library
    except (ImportError, OSError) as error:
        raise RuntimeFailedError(Message("runtime.no-openvino", reason=error)) from error
    return library


@lru_cache(maxsize=1)
def openvino_core() -> Any:
    """The one core that reads, compiles and is asked. Raises RuntimeFailedError."""
    return openvino().Core()


@lru_cache(maxsize=1)
def processor_precisions() -> tuple[Precision, ...]:
    """Those that this processor has instructions for. Raises RuntimeFailedError."""
    try:
        offered = set(openvino_core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"))
    except RuntimeError as error:
        raise RuntimeFailedError(
            Message("runtime.no-processor", reason=first_line(error))
        ) from error
    return tuple(precision for precision in get_args(Precision) if precision.upper() in offered)


def first_line(error: Exception) -> str:
    """What a library says of a failure, short enough for a note."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1][:160] if lines else type(error).__name__
