"""From torch to what OpenVINO reads: once a network, not on every start."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from engine.arrays import Floats
from engine.atomic_write import unfinished_name
from engine.messages import Message
from engine.runtime.backend import RuntimeFailedError, first_line, openvino

_WORTH = 1024
"""Values; the ranges and scales of an int8 network are fewer, and stay as they were measured."""


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
    """As `file` (.xml) and the weights beside it (.bin); both whole or not there. `half`: float32
    constants are kept as float16, for a file half as large, and so they stay in `model`; it is
    computed with them in float32 all the same.
    """
    if half:
        _keep_in_half(model)
    weights = file.with_suffix(".bin")
    aside = unfinished_name(file).with_suffix(".xml")
    openvino().save_model(model, aside, compress_to_fp16=False)
    # OpenVINO indents every number of every shape: a sixth of the file.
    aside.write_bytes(b"".join(line.strip() for line in aside.read_bytes().splitlines()))
    # The weights first: who finds the .xml may count on them.
    aside.with_suffix(".bin").replace(weights)
    aside.replace(file)


def _keep_in_half(model: Any) -> None:
    """OpenVINO's own compression passes over models that are quantised, and their trace decoder is
    a quarter of the file."""
    operations = openvino().opset13
    for node in model.get_ops():
        if node.get_type_name() != "Constant" or node.get_element_type().get_type_name() != "f32":
            continue
        values = node.get_data()
        if values.size < _WORTH or not np.abs(values).max() <= np.finfo(np.float16).max:
            continue
        stored = operations.constant(values.astype(np.float16))
        stored.set_friendly_name(f"{node.get_friendly_name()}/half")
        widened = operations.convert(stored, "f32")
        widened.set_friendly_name(node.get_friendly_name())
        for reader in node.output(0).get_target_inputs():
            reader.replace_source_output(widened.output(0))
