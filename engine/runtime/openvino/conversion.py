"""From torch to what OpenVINO reads: once a network, not on every start."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn

from engine.arrays import Floats
from engine.atomic_write import unfinished_name
from engine.messages import Message
from engine.runtime.backend import RuntimeFailedError, first_line, openvino


def convert(
    network: nn.Module,
    example: Floats,
    progress: Callable[[float], None] = lambda _: None,
) -> Any:
    """OpenVINO's model of a network, for inputs of exactly the example's shape: constant sizes let
    it plan its memory once. Raises RuntimeFailedError."""
    library = openvino()
    try:
        # PyTorch's and OpenVINO's own warnings to each other; nobody here can act on them.
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            exported = torch.export.export(network, (torch.from_numpy(example),))
            progress(0.5)
            model = library.convert_model(exported)
        model.reshape(list(example.shape))
    except Exception as error:  # the converter raises whatever stage failed
        raise RuntimeFailedError(
            Message("runtime.not-converted", reason=first_line(error))
        ) from error
    return model


def save_model(model: Any, file: Path, *, half: bool = False) -> None:
    """As `file` (.xml) and the weights beside it (.bin); both whole or not there. `half`: weights
    are kept in half precision, which halves them; it is computed with them in single all the same.
    """
    weights = file.with_suffix(".bin")
    aside = unfinished_name(file).with_suffix(".xml")
    openvino().save_model(model, aside, compress_to_fp16=half)
    # The weights first: who finds the .xml may count on them.
    aside.with_suffix(".bin").replace(weights)
    aside.replace(file)
