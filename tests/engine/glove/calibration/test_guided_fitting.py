"""Two sensors of one device, fitted one after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.glove.calibration.guided_fitting import GuidedFitting
from engine.glove.sample import Hand
from engine.prediction import Trace
from tests.engine.glove.calibration.wearers import imagined, wearer


@dataclass
class Sensor:
    named: Hand | None


def test_each_sensor_has_its_turn() -> None:
    fitting = GuidedFitting()
    assert fitting.state is None
    sensors = {"left": Sensor("left"), "right": Sensor(None)}
    fitting.begin("Two bands", "forearm", sensors, {"left": (False, False)})
    found = {}
    for turn, key in enumerate(("left", "right")):
        one = wearer(5 + turn, seconds=14.0)
        seen = imagined(one, 5 + turn)
        assert fitting.state is not None and fitting.state.step == "still"
        assert key in fitting.state.message
        shown = 0.0
        for t, row in zip(one.t_s, one.raw.tolist(), strict=True):
            now = float(t) + 100.0 * turn
            for other in sensors:
                # Both send all the time; the one whose turn it is counts.
                acc, gyro = (row[0], row[1], row[2]), (row[3], row[4], row[5])
                done = fitting.reading(other, now, acc, gyro)
                if done is not None:
                    found[other] = done
            if key in found:
                break
            if t - shown >= 0.2 and t > 3.0:
                shown = float(t)
                times = np.linspace(t - 3.0, t, 48)
                values = seen.at(times).T.astype(np.float32)
                rest = np.zeros((3, 48), np.float32) + np.array([[0.9], [0.1], [0.1]], np.float32)
                pair = (values[:3], rest) if key == "left" else (rest, values[:3])
                still = np.zeros((3, 48), np.float32)
                turned = (values[3:], still) if key == "left" else (still, values[3:])
                trace = Trace(47 / 3.0, np.concatenate(pair), np.concatenate(turned))
                fitting.generated(trace, now)
    assert set(found) == {"left", "right"}
    assert found["left"].hand == "left" and found["right"].hand == "right"
    assert fitting.state is not None and fitting.state.step == "done"
    fitting.stop()
    assert fitting.state is None
