"""What the engine says about the last few seconds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

TraceKind = Literal["generated", "measured", "mixed"]
"""Where the samples came from that the sign was named by: a network that looks at pictures, a
glove, or for each wrist one of them."""

Reason = Literal["nobody", "too-dark", "too-far", "no-hands"]
"""Why nothing could be named, where that is known without asking the networks."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Accelerometer and gyroscope of both wrists over one window.

    `acc_g` and `gyro_dps` are `(6, n_steps)` float32: left x y z, then right x y z; in g (gravity
    included) and degrees per second. `rate_hz` is the rate of the steps; the last step is 'now'.
    A wrist that nothing was measured of is NaN.
    """

    rate_hz: float
    acc_g: NDArray[np.float32]
    gyro_dps: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds spent; `frame_to_label` runs from the newest frame's capture to the label."""

    landmarks: float
    network: float
    frame_to_label: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """`sign` is a gloss of the bundle's vocabulary, or None for 'no sign'.

    `top` holds the five best (gloss, probability) of the fused streams, best first, whatever `sign`
    says; `streams` the best (gloss, probability) of each single stream that had something to say.
    `sign_span_s`: from where to where a sign was made, in a prediction that names one that is over;
    None in those of whatever the window shows just then. A gloss may be a taught one. `reason`: why
    nothing could be named, where no network had to be asked; None beside any sign. `trace` is what
    the generator imagined, `measured` what gloves told, of the same span; `trace_kind`: by which
    of them the sign was named. `host_s`: `t_s` on the clock of `time.perf_counter()`, where known.
    `alike`: of a vocabulary too large to name one, the ten signs most alike, best first, with how
    alike (0 to 1).
    """

    t_s: float
    sign: str | None
    confidence: float
    top: tuple[tuple[str, float], ...]
    streams: dict[str, tuple[str, float]]
    trace_kind: TraceKind
    timing: Timing
    trace: Trace | None = field(default=None, repr=False)
    measured: Trace | None = field(default=None, repr=False)
    host_s: float | None = None
    reason: Reason | None = None
    sign_span_s: tuple[float, float] | None = None
    alike: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of_nothing(cls, t_s: float, timing: Timing, reason: Reason) -> Prediction:
        """When there is nothing to ask the networks about: nobody in view, or no hands."""
        return cls(t_s, None, 0.0, (), {}, "generated", timing, reason=reason)

    def over(self, start_s: float, end_s: float) -> Prediction:
        """The same of a sign that was made from `start_s` to `end_s`."""
        return replace(self, sign_span_s=(start_s, end_s))
