"""What can run a network: a runtime and a precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from engine.messages import Message, PlainError

Runtime = Literal["torch", "openvino", "cuda"]
Precision = Literal["fp32", "bf16", "int8"]
Part = Literal["film", "graph"]
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


def can_run(choice: Choice) -> Message | None:
    """None when this machine has what the choice needs, else the reason why not."""
    if choice.runtime == "cuda":
        import torch

        return None if torch.cuda.is_available() else Message("runtime.no-card")
    if choice.runtime == "openvino":
        from engine.runtime.openvino_run import processor_precisions

        try:
            precisions = processor_precisions()
        except RuntimeFailedError as error:
            return error.message
        if choice.precision not in precisions:
            return Message("runtime.not-computed", precision=choice.precision)
    return None
