"""Everything that is worn: which gloves, what they measured, how they are."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.bundle import SignedAxes
from engine.glove.calibration.calibration_store import CalibrationStore
from engine.glove.glove import Glove, HandClaims
from engine.glove.glove_state import GloveState
from engine.glove.sample import FingerSample, Hand, ImuSample
from engine.glove.spec import parse_spec
from engine.messages import Message
from engine.prediction import Prediction

_MOST_KEPT = 12_000
"""Samples nobody has asked for yet: half a minute of two wrists at 200 Hz. Then the oldest go."""

Listener = Callable[[Sequence[ImuSample | FingerSample]], None]


class Gloves:
    """Any thread may call anything. Samples of all gloves come out in one place."""

    def __init__(self, calibrations: Path | None = None) -> None:
        """`calibrations`: the file that remembers how each was put on; None: none is kept."""
        self._calibrations = CalibrationStore(calibrations) if calibrations else None
        self._lock = threading.Lock()
        self._worn: dict[str, Glove] = {}
        self._wrists: deque[ImuSample] = deque(maxlen=_MOST_KEPT)
        self._fingers: deque[FingerSample] = deque(maxlen=_MOST_KEPT)
        self._listeners: tuple[Listener, ...] = ()
        self._leaving: list[threading.Thread] = []
        self._hands = HandClaims()

    def take_trouble(self) -> Message | None:
        """Why it is forgotten how gloves were worn; said once."""
        return self._calibrations.take_trouble() if self._calibrations is not None else None

    def wear(self, specs: Sequence[str]) -> None:
        """From now on these and no others. One that is worn already stays as it is. Raises
        GloveSpecError, and changes nothing then."""
        wanted = dict.fromkeys(str(parse_spec(spec)) for spec in specs)
        with self._lock:
            off = [self._worn.pop(spec) for spec in list(self._worn) if spec not in wanted]
            new = []
            for spec in wanted:
                if spec not in self._worn:
                    glove = self._worn[spec] = Glove(
                        spec, self._took, self._calibrations, self._hands
                    )
                    new.append(glove)
            # A stream or a radio takes seconds to let go, and nobody has to wait for it.
            self._leaving = [thread for thread in self._leaving if thread.is_alive()]
            for glove in off:
                thread = threading.Thread(
                    target=glove.close, name="signmirror-glove-leaves", daemon=True
                )
                self._leaving.append(thread)
                thread.start()
        for glove in new:
            glove.start()

    @property
    def worn(self) -> tuple[Glove, ...]:
        with self._lock:
            return tuple(self._worn.values())

    def close(self, timeout_s: float = 5.0) -> None:
        """Take everything off, and wait until it is."""
        self.wear(())
        deadline = time.monotonic() + timeout_s
        for thread in list(self._leaving):
            thread.join(max(0.0, deadline - time.monotonic()))

    def take(self) -> tuple[list[ImuSample], list[FingerSample]]:
        """What came since it was last taken, oldest first of each hand."""
        with self._lock:
            wrists, fingers = list(self._wrists), list(self._fingers)
            self._wrists.clear()
            self._fingers.clear()
        return wrists, fingers

    def offset_s(self, hand: Hand) -> float:
        """What is added to a wrist's times so that they fit the pictures."""
        return next(
            (offset for glove in self.worn if (offset := glove.offset_s(hand)) is not None), 0.0
        )

    def generated(
        self, prediction: Prediction, *, gyro_axes: SignedAxes, left_handed: bool
    ) -> None:
        """What the pictures let one expect: clocks are compared by it. `gyro_axes`: the bundle's;
        `left_handed`: the trace is of the signer's mirror image."""
        for glove in self.worn:
            glove.generated(prediction, gyro_axes=gyro_axes, left_handed=left_handed)

    def state(self) -> tuple[GloveState, ...]:
        return tuple(glove.state() for glove in self.worn)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Be told of all samples, in the threads of the gloves; what is returned ends it."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def end() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return end

    def _took(self, samples: Sequence[ImuSample | FingerSample]) -> None:
        with self._lock:
            for sample in samples:
                if isinstance(sample, ImuSample):
                    self._wrists.append(sample)
                else:
                    self._fingers.append(sample)
            listeners = self._listeners
        for listener in listeners:
            listener(samples)
