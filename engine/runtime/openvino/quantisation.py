"""A network in int8: post-training quantisation by NNCF, calibrated on clips."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.messages import Message
from engine.runtime.backend import RuntimeFailedError, openvino


def quantise(model: Any, clips: Sequence[NDArray[np.float32]]) -> Any:
    """The video networks that OpenVINO's converter made, in int8. `clips`: of the model's own
    shape; their ranges are what it is quantised for. Raises RuntimeFailedError."""
    # First: it keeps NNCF from reporting its use over the network.
    openvino()
    try:
        import nncf
        from nncf.quantization.range_estimator import RangeEstimatorParametersSet
    except ImportError as error:
        raise RuntimeFailedError(Message("runtime.no-nncf")) from error
    kept = [node.get_friendly_name() for node in model.get_ops() if _stays_exact(node)]
    with _quiet_nncf():
        return nncf.quantize(
            model,
            nncf.Dataset(list(clips)),
            subset_size=len(clips),
            target_device=nncf.TargetDevice.CPU,
            ignored_scope=nncf.IgnoredScope(names=kept),
            preset=nncf.QuantizationPreset.MIXED,
            # Measured on asl20, error of the logits: 12.7 % by the defaults, 3.1 % with ranges over
            # all clips (drawn skeletons are mostly black, and a mean range cuts off what matters),
            # 0.9 % without bias correction, which takes every clip for the mean of all.
            advanced_parameters=nncf.AdvancedQuantizationParameters(
                overflow_fix=nncf.OverflowFix.DISABLE,
                disable_bias_correction=True,
                activations_range_estimator_params=RangeEstimatorParametersSet.MINMAX,
            ),
        )


def _stays_exact(node: Any) -> bool:
    """The trace decoder, whose curves are looked at, and the last layers: hardly any work."""
    over_time_alone = node.get_type_name() == "Convolution" and len(node.get_input_shape(0)) == 3
    return over_time_alone or node.get_type_name() == "MatMul"


@contextlib.contextmanager
def _quiet_nncf() -> Iterator[None]:
    """It tells every step on standard output, which belongs to JSON."""
    logger = logging.getLogger("nncf")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        logger.setLevel(level)
