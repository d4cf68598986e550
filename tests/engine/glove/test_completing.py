"""What a device leaves out is worked out from what it sends, or named."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.glove.completing import Completion, complete
from engine.glove.reading import Reading
from engine.messages import Message
from tests.engine.glove.noisy_lines import HZ, angles, moments

RATES = (12.5, -3.0, 140.0)


def whole(reading: Reading, state: Completion | None = None) -> Reading:
    done = complete(reading, state or Completion("COM3"))
    assert isinstance(done, Reading), done
    return done


def lacking(reading: Reading, state: Completion | None = None) -> str:
    done = complete(reading, state or Completion("COM3"))
    assert isinstance(done, Message), done
    assert done.startswith("COM3")
    return done.code


def lin(
    acc: tuple[float, float, float] = (0.01, -0.02, 0.0),
    quaternion: tuple[float, float, float, float] | None = None,
    gravity_g: tuple[float, float, float] | None = None,
) -> Reading:
    return Reading(
        1.0,
        acc=acc,
        gyro=RATES,
        acc_known=True,
        gyro_known=True,
        gravity="removed",
        quaternion=quaternion,
        gravity_g=gravity_g,
    )


def test_what_is_whole_stays_as_it_is() -> None:
    reading = Reading(1.0, acc=(0.0, 0.0, 1.0), gyro=RATES, acc_known=True, gravity="included")

    assert whole(reading) is reading


def test_gravity_comes_from_its_own_channel() -> None:
    done = whole(lin(gravity_g=(0.04, -0.1, 0.98)))

    assert done.acc == pytest.approx((0.05, -0.12, 0.98))
    assert done.gravity == "included"
    assert done.gyro == RATES and not done.derived


@pytest.mark.parametrize(
    ("quaternion", "down"),
    [
        ((1.0, 0.0, 0.0, 0.0), (0, 0, 1)),
        ((-1.0, 0.0, 0.0, 0.0), (0, 0, 1)),
        ((0.0, 1.0, 0.0, 0.0), (0, 0, -1)),
        ((math.sqrt(0.5), math.sqrt(0.5), 0.0, 0.0), (0, 1, 0)),
        ((math.sqrt(0.5), 0.0, math.sqrt(0.5), 0.0), (-1, 0, 0)),
        ((math.sqrt(0.5), 0.0, 0.0, math.sqrt(0.5)), (0, 0, 1)),
    ],
)
def test_gravity_comes_from_the_orientation(
    quaternion: tuple[float, float, float, float], down: tuple[int, int, int]
) -> None:
    done = whole(lin(acc=(0.0, 0.0, 0.0), quaternion=quaternion))

    assert done.acc == pytest.approx(down, abs=1e-9)


def test_the_orientation_gives_back_what_a_turning_sensor_measures() -> None:
    state = Completion("COM3")
    for m in moments(200, seed=3):
        done = whole(lin(acc=tuple(m.lin), quaternion=tuple(m.q)), state)
        assert done.acc == pytest.approx(m.acc / 1.01, abs=1e-9)


@pytest.mark.parametrize("by", ["quaternion", "angles"])
def test_rates_come_from_successive_orientations(by: str) -> None:
    state = Completion("COM3")
    errors: list[float] = []
    for i, m in enumerate(moments(200, seed=4)):
        turned = {"quaternion": tuple(m.q)} if by == "quaternion" else {"angles_deg": angles(m.q)}
        reading = Reading(
            i / HZ, acc=tuple(m.acc), acc_known=True, gravity="included", stamp_s=i / HZ, **turned
        )
        done = whole(reading, state)
        assert done.derived and done.gyro_known
        if i == 0:
            assert done.gyro == (0.0, 0.0, 0.0)
        else:
            errors.append(float(np.linalg.norm(np.subtract(done.gyro or (), m.gyro))))
    # Bias and noise are the sensor's own, about 2 °/s; the rates reach 150.
    assert float(np.median(errors)) < 4.0


def test_a_pause_gives_no_rates_out_of_nothing() -> None:
    state = Completion("COM3")
    turned = (math.sqrt(0.5), math.sqrt(0.5), 0.0, 0.0)
    for at_s, q in ((0.0, (1.0, 0.0, 0.0, 0.0)), (60.0, turned), (59.0, turned)):
        reading = Reading(at_s, acc=(0, 0, 1), acc_known=True, gravity="included", quaternion=q)
        assert whole(reading, state).gyro == (0.0, 0.0, 0.0)


def test_channels_do_not_mix() -> None:
    state = Completion("COM3")
    for at_s in (0.0, 0.02):
        for channel, q in (("a", (1.0, 0.0, 0.0, 0.0)), ("b", (0.0, 1.0, 0.0, 0.0))):
            acc = (0.0, 0.0, 1.0)
            reading = Reading(
                at_s, channel, acc=acc, acc_known=True, gravity="included", quaternion=q
            )
            assert whole(reading, state).gyro == (0.0, 0.0, 0.0)


def test_what_lacks_is_named() -> None:
    acc = (0.0, 0.0, 1.0)
    assert lacking(Reading(1.0, flex=(1, 2, 3, 4, 5))) == "glove.fingers-only"
    assert lacking(Reading(1.0, gyro=RATES, gyro_known=True)) == "glove.lacks-acceleration"
    assert lacking(Reading(1.0, quaternion=(1.0, 0, 0, 0))) == "glove.lacks-acceleration"
    assert lacking(Reading(1.0, angles_deg=(1.0, 2.0))) == "glove.lacks-acceleration"
    assert lacking(Reading(1.0, acc=acc, acc_known=True, gravity="included")) == "glove.lacks-rates"
    assert lacking(lin()) == "glove.lacks-gravity"


def test_angles_of_fingers_are_handed_on() -> None:
    reading = Reading(1.0, angles_deg=tuple(range(12)))

    assert whole(reading) is reading


def test_an_orientation_that_never_changes_is_none() -> None:
    """A sensor that is missing says that it lies flat, for ever."""
    state = Completion("COM3")
    said = [complete(lin(quaternion=(1.0, 0.0, 0.0, 0.0)), state) for _ in range(80)]

    assert isinstance(said[0], Reading)
    assert isinstance(said[-1], Message) and said[-1].code == "glove.lacks-gravity"


def test_gravity_that_nobody_told_of_is_looked_for() -> None:
    def unsure(acc: tuple[float, float, float]) -> Reading:
        return Reading(1.0, acc=acc, gyro=RATES, acc_known=True, gyro_known=True)

    with_it, without = Completion("COM3"), Completion("COM3")
    for m in moments(200, seed=5):
        whole(unsure(tuple(m.acc)), with_it)
        last = complete(unsure(tuple(m.lin)), without)
    assert isinstance(last, Message) and last.code == "glove.lacks-gravity"
