"""A bundle's network for what gloves measure."""

from __future__ import annotations

import numpy as np
from safetensors import SafetensorError

from engine.arrays import Floats
from engine.bundle import Bundle, BundleError
from engine.messages import Message
from engine.models.sensor_encoder_arrays import ArraySensorEncoder, stored_arrays


class SensorStream:
    """What gloves say, by NumPy alone: their network is small, and nothing else need be loaded."""

    def __init__(self, bundle: Bundle) -> None:
        """Raises BundleError naming a file that cannot be read or does not fit the card."""
        networks, sensor = bundle.card.networks, bundle.card.sensor
        files = networks.measured or networks.sensor
        assert files is not None and sensor is not None
        file = bundle.file(files.file)
        try:
            self._encoder = ArraySensorEncoder(stored_arrays(file))
        except (SafetensorError, OSError) as error:
            raise BundleError(Message("bundle.weights-unreadable", file=file)) from error
        except (KeyError, ValueError) as error:
            raise BundleError(Message("bundle.weights-unfit", file=file)) from error
        found = self._encoder.channels, self._encoder.classes
        if found != (sensor.channels, bundle.card.classes):
            raise BundleError(Message("bundle.weights-unfit", file=file))
        self._mean = np.asarray(sensor.mean, np.float32)[:, None]
        self._std = np.asarray(sensor.std, np.float32)[:, None]

    def logits(self, samples: Floats) -> Floats:
        """`(B, classes)` of `(B, channels, n_steps)` in the units of the card."""
        return self._encoder.forward((samples - self._mean) / self._std)[0]


def load_sensor_stream(bundle: Bundle) -> SensorStream | None:
    """None for a bundle without one. Raises BundleError."""
    return SensorStream(bundle) if bundle.card.networks.sensor is not None else None
