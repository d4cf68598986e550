"""Units and axes, from a rest and from turning about."""

from __future__ import annotations

import numpy as np
import pytest

from engine.glove.calibration.acc_units import ACC_UNITS, acc_unit_of, is_gravity_removed
from engine.glove.calibration.gyro_axes import fit_gyro
from engine.glove.calibration.signed_axes import ROTATIONS, SIGNED_AXES, is_signed_axes
from engine.glove.calibration.stillness import RestFinder
from tests.engine.glove.calibration.wearers import Wearer, wearer


def found(one: Wearer) -> tuple[str | None, str | None, bool]:
    """Units, and whether the axes are right; as the guided steps find them."""
    finder = RestFinder(2.0)
    for t, row in zip(one.t_s, one.raw.tolist(), strict=True):
        finder.observe(t, tuple(row[:3]), tuple(row[3:]))
    assert finder.rest is not None and finder.rest.gyro is not None
    unit = acc_unit_of(finder.rest.norm)
    if unit is None:
        return None, None, False
    turning = one.t_s >= 4.5
    fit = fit_gyro(
        one.t_s[turning],
        one.raw[turning, :3] / unit.per_g,
        one.raw[turning, 3:] - np.array(finder.rest.gyro),
    )
    if fit is None:
        return unit.name, None, False
    return unit.name, fit.unit, bool((np.array(fit.axes) == one.gyro_to_acc).all())


def right(seed: int) -> bool:
    one = wearer(seed)
    return found(one) == (one.acc_unit, one.gyro_unit, True)


def test_a_few_wearers() -> None:
    assert sum(right(seed) for seed in range(8)) >= 7


@pytest.mark.soak
def test_sixty_wearers() -> None:
    count = sum(right(seed) for seed in range(100, 160))
    print(f"units and axes: {count} of 60 right")
    assert count >= 58


@pytest.mark.parametrize("name", ACC_UNITS)
@pytest.mark.parametrize("off", [0.9, 1.0, 1.1])
def test_the_length_at_rest_tells_the_unit(name: str, off: float) -> None:
    unit = acc_unit_of(ACC_UNITS[name] * off)
    assert unit is not None and unit.name == name


def test_what_fits_no_unit_is_none() -> None:
    assert acc_unit_of(3.3) is None
    assert is_gravity_removed(0.1) and not is_gravity_removed(1.0)


def test_signed_axes() -> None:
    assert SIGNED_AXES.shape == (48, 3, 3) and ROTATIONS.shape == (24, 3, 3)
    assert len({axes.tobytes() for axes in SIGNED_AXES}) == 48
    assert is_signed_axes(((0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, -1.0)))
    assert not is_signed_axes(((1.0, 1.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)))


def test_who_does_not_turn_is_not_judged() -> None:
    t = np.arange(0, 6, 0.01)
    acc = np.tile([0.0, 0.0, 1.0], (len(t), 1))
    noise = np.random.default_rng(0).normal(0, 0.1, (len(t), 3))
    assert fit_gyro(t, acc, noise) is None
