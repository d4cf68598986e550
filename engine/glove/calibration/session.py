"""How a glove is put on, step by step: hold still, palm down, circle one hand."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.glove.alignment.cross_correlation import Traces
from engine.glove.alignment.window_merging import MergedWindows
from engine.glove.calibration.acc_units import AccUnit, acc_unit_of, is_gravity_removed
from engine.glove.calibration.calibration import Calibration, Placement
from engine.glove.calibration.fitting_state import FittingState
from engine.glove.calibration.gyro_axes import GyroFit, fit_gyro
from engine.glove.calibration.mounting import MountingFit, upright
from engine.glove.calibration.signed_axes import IDENTITY, Matrix
from engine.glove.calibration.stillness import Rest, RestFinder
from engine.glove.calibration.which_hand import HandGuess, which_hand
from engine.glove.sample import Hand, Vector
from engine.messages import Message

STILL_S, PALM_DOWN_S = 2.0, 1.0
LEAST_CIRCLE_S, ENOUGH_CIRCLE_S, MOST_CIRCLE_S = 4.0, 12.0, 40.0
"""Circling is looked at after the first; after the second what is not sure is assumed, where it
can be; after the third nothing more is waited for."""

_EVERY_S = 0.5
_KEPT_S = 12.0
_KNOWN_ACC, _KNOWN_GYRO = AccUnit("g", 1.0), "°/s"


class FittingSession:
    """One sensor of one device. Readings come from the glove's thread, generated traces from
    another, and `state` may be asked from any. Where no trace comes, which hand it is and how the
    device sits there are what the person chose, or assumed."""

    def __init__(
        self,
        name: str,
        *,
        placement: Placement = "wrist",
        hand: Hand | None = None,
        acc_known: bool = False,
        gyro_known: bool = False,
        trained_on: Placement | None = "forearm",
    ) -> None:
        """`name`: what people call the device. `placement`: where it is worn, `trained_on`: where
        the sensors were that the vocabulary was learnt from. `hand`: where it is known.
        `acc_known`, `gyro_known`: readings are in g and °/s."""
        self._name, self._placement, self._hand = name, placement, hand
        self._acc_known, self._gyro_known = acc_known, gyro_known
        self._trained_on = trained_on
        self._lock = threading.Lock()
        self._still = RestFinder(STILL_S, gyro_known)
        self._palm: RestFinder | None = None
        self._rest: Rest | None = None
        self._unit = _KNOWN_ACC
        self._times: list[float] = []
        self._rows: list[tuple[float, ...]] = []
        self._seen: dict[Hand, MergedWindows] = {
            "left": MergedWindows(6, _KEPT_S),
            "right": MergedWindows(6, _KEPT_S),
        }
        self._began_s = self._looked_s = 0.0
        self._result: Calibration | None = None
        self._state = FittingState("still", 0.0, Message("glove.calibration-still", name=name))

    @property
    def state(self) -> FittingState:
        return self._state

    @property
    def result(self) -> Calibration | None:
        """Once it is done."""
        return self._result

    def add_generated(
        self, hand: Hand, t_s: NDArray[np.floating], values: NDArray[np.floating]
    ) -> None:
        """What pictures let one expect of a hand: `(n,)` times on the host's clock, `(n, 6)` in g
        and °/s about the wrist's axes."""
        with self._lock:
            if self._state.step == "circle":
                self._seen[hand].add(t_s, values)

    def add_reading(self, t_s: float, acc: Vector, gyro: Vector) -> None:
        """In the device's own units and axes; `t_s` on the host's clock, later with each."""
        step = self._state.step
        if step == "still":
            self._still.observe(t_s, acc, gyro)
            self._after_still()
        elif step == "palm-down" and self._palm is not None:
            self._palm.observe(t_s, acc, gyro)
            self._after_palm_down(t_s, acc)
        elif step == "circle":
            self._circle(t_s, acc, gyro)

    def _say(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def _fail(self, code: str, **values: object) -> None:
        self._say(step="failed", progress=0.0, message=Message(code, name=self._name, **values))

    def _after_still(self) -> None:
        rest = self._still.rest
        if rest is None:
            self._say(progress=self._still.progress)
            return
        unit = _KNOWN_ACC if self._acc_known else acc_unit_of(rest.norm)
        if is_gravity_removed(rest.norm):
            self._fail("glove.calibration-gravity-removed")
        elif unit is None:
            self._fail("glove.calibration-unit-unknown", length=f"{rest.norm:.3g}")
        else:
            self._rest, self._unit = rest, unit
            self._palm = RestFinder(PALM_DOWN_S, self._gyro_known)
            message = Message("glove.calibration-palm-down", name=self._name)
            self._say(step="palm-down", progress=0.0, message=message)

    def _after_palm_down(self, t_s: float, acc: Vector) -> None:
        assert self._palm is not None
        if self._palm.rest is None:
            self._say(progress=self._palm.progress)
            return
        self._began_s = self._looked_s = t_s
        message = Message("glove.calibration-circle", name=self._name)
        self._say(step="circle", progress=0.0, message=message)

    def _circle(self, t_s: float, acc: Vector, gyro: Vector) -> None:
        self._times.append(t_s)
        self._rows.append((*acc, *gyro))
        while self._times[0] < t_s - _KEPT_S:
            # Once for each that comes.
            del self._times[0], self._rows[0]
        gone = t_s - self._began_s
        if t_s - self._looked_s < _EVERY_S or gone < LEAST_CIRCLE_S:
            self._say(progress=max(self._state.progress, min(0.3, gone / ENOUGH_CIRCLE_S)))
            return
        self._looked_s = t_s
        self._look(gone)

    def _look(self, gone: float) -> None:
        assert self._rest is not None
        times, rows = np.array(self._times), np.array(self._rows)
        acc = rows[:, :3] / self._unit.per_g
        rates = rows[:, 3:] - np.array(self._rest.gyro or (0.0, 0.0, 0.0))
        fit = fit_gyro(times, acc, rates, _KNOWN_GYRO if self._gyro_known else None)
        sure = fit is not None and fit.is_sure
        if fit is None or not (sure or (self._gyro_known and gone >= ENOUGH_CIRCLE_S)):
            if gone >= MOST_CIRCLE_S and not self._gyro_known:
                self._fail("glove.calibration-gyro-unknown")
            elif gone >= MOST_CIRCLE_S:
                self._finish(None, HandGuess(None, None, None))
            else:
                message = Message("glove.calibration-turn-more", name=self._name)
                share = min(0.5, 0.3 + gone / MOST_CIRCLE_S / 5)
                self._say(progress=share, message=message if gone > 8.0 else self._state.message)
            return
        axes, per_unit = (fit.axes, fit.dps_per_unit) if sure else (IDENTITY, 1.0)
        values = np.concatenate([acc, rates @ np.array(axes).T * per_unit], axis=1)
        with self._lock:
            left, right = self._seen["left"].traces(), self._seen["right"].traces()
        guess = which_hand(Traces(times, values), left, right, any_sign=not self._acc_known)
        hand = guess.hand or self._hand
        mounted = guess.fit_of(hand) if hand is not None else None
        if (mounted is not None and mounted.is_sure) or gone >= ENOUGH_CIRCLE_S:
            self._finish(fit if sure else None, guess)
        else:
            self._say(progress=min(0.95, 0.5 + gone / ENOUGH_CIRCLE_S / 2))

    def _finish(self, fit: GyroFit | None, guess: HandGuess) -> None:
        assert self._rest is not None and self._palm is not None and self._palm.rest is not None
        hand = self._hand or guess.hand or "right"
        mounted = guess.fit_of(hand)
        seen = mounted is not None and mounted.is_sure
        bias: Vector = self._rest.gyro or (0.0, 0.0, 0.0)
        self._result = Calibration(
            hand=hand,
            placement=self._placement,
            acc_unit=self._unit.name,
            acc_per_g=self._unit.per_g,
            gyro_unit=fit.unit if fit else _KNOWN_GYRO,
            dps_per_unit=fit.dps_per_unit if fit else 1.0,
            gyro_bias=bias,
            gyro_axes=fit.axes if fit else IDENTITY,
            mounting=mounted.axes if seen and mounted else self._upright(),
            mounting_source="found" if seen else "assumed",
        )
        found = self._found(self._result, guess, mounted if seen else None)
        message = Message("glove.calibration-done", name=self._name)
        self._say(step="done", progress=1.0, message=message, found=found)

    def _upright(self) -> Matrix:
        assert self._palm is not None and self._palm.rest is not None
        return upright(np.array(self._palm.rest.acc) / max(1e-9, self._palm.rest.norm))

    def _found(
        self, result: Calibration, guess: HandGuess, mounted: MountingFit | None
    ) -> tuple[Message, ...]:
        name = self._name
        found = [
            Message("glove.calibration-acc-unit", unit=result.acc_unit),
            Message("glove.calibration-gyro-unit", unit=result.gyro_unit),
        ]
        if self._hand is None and guess.hand is None:
            found.append(Message("glove.calibration-hand-unknown", name=name))
        elif guess.hand is not None and guess.hand != result.hand:
            found.append(Message(f"glove.calibration-is-{guess.hand}", name=name))
        else:
            found.append(Message(f"glove.calibration-on-{result.hand}"))
        if mounted is None:
            found.append(Message("glove.calibration-axes-assumed", name=name))
        else:
            found.append(Message("glove.calibration-axes-found"))
        if self._trained_on is not None and self._placement != self._trained_on:
            found.append(Message("glove.calibration-not-where-trained", name=name))
        return tuple(found)
