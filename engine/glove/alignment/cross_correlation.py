"""How far two recordings of one movement are apart, by normalised cross-correlation.

Every channel has its say: each is correlated by itself, over what both sides really have, and the
squares are averaged, so that a channel that follows the other side counts and one that does not
hardly does. Slow tilting is taken out first, because its peak is broad. Sources: Padfield, 'Masked
object registration in the Fourier domain', 2012; Quenouille and Tukey for the jackknife.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.glove.resampling import mean_about

FURTHEST_S = 0.7
"""Offsets are looked for on both sides up to here."""

GRID_HZ = 200.0
SHORTEST_S = 2.5
"""Below this much movement in common nothing is said."""

_SLOW_S = 0.5
_LONGEST_GAP_S = 0.2
_LEAST_OVERLAP = 0.5
_FLAT = 1e-6
_MINOR = 0.3

_LEAST_CORRELATION = 0.25
_MOST_RUNNER_UP = 0.75
_MOST_DEVIATION_S = 0.014


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """`t_s` `(N,)` increasing, s; `values` `(N, C)`, six channels for each hand: acc in g, then
    rates in °/s. A column that is not finite is one that is not measured."""

    t_s: NDArray[np.float64]
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class OffsetEstimate:
    """Host time of a measured sample + `offset_s` = the camera's time of the same movement.

    `correlation`: of the peak, 0 to 1, over all channels; `runner_up`: of the highest peak
    elsewhere. `deviation_s`: by how much single channels move the peak (a jackknife's SD).
    `offsets_s`, `curve` `(281,)`: the whole of it; `channel`: the one that agrees best.
    """

    offset_s: float
    correlation: float
    runner_up: float
    deviation_s: float
    offsets_s: NDArray[np.float64]
    curve: NDArray[np.float64]
    channel: int

    @property
    def is_sharp(self) -> bool:
        """Whether it may be believed: one peak, high enough, inside, that most channels share."""
        return (
            self.correlation >= _LEAST_CORRELATION
            and self.runner_up <= _MOST_RUNNER_UP * self.correlation
            and self.deviation_s <= _MOST_DEVIATION_S
            and abs(self.offset_s) < FURTHEST_S - 0.02
        )


def offset_between(measured: Traces, generated: Traces) -> OffsetEstimate | None:
    """The constant offset that brings `measured` onto `generated`; None where they have too little
    in common, or nothing moves.

    Positive: what was measured stands too early, and belongs later. Times may be irregular; gaps
    of more than 0.2 s are left out. Raises ValueError when the channels do not match.
    """
    if measured.values.shape[1] != generated.values.shape[1]:
        raise ValueError("both sides need the same channels")
    if len(measured.t_s) < 2 or len(generated.t_s) < 2:
        return None
    begin, end = float(generated.t_s[0]), float(generated.t_s[-1])
    n = int((end - begin) * GRID_HZ) + 1
    furthest = round(FURTHEST_S * GRID_HZ)
    if n < SHORTEST_S * GRID_HZ:
        return None
    grid = begin + np.arange(-furthest, n + furthest) / GRID_HZ
    wanted, wanted_there = _on_grid(generated, grid[furthest:-furthest])
    found, found_there = _on_grid(measured, grid)
    # Interpolating between the generator's slow steps smooths them; the other side is smoothed too.
    step_s = float(np.median(np.diff(generated.t_s)))
    width = 2 * round(step_s * GRID_HZ / 2) + 1
    for _ in range(2):
        found = _mean_of_known(found, found_there, width)
    slow = 2 * round(_SLOW_S * GRID_HZ / 2) + 1
    wanted = wanted - _mean_of_known(wanted, wanted_there, slow)
    found = found - _mean_of_known(found, found_there, slow)
    usable = _usable(wanted, found)
    if not usable.any():
        return None
    correlations, overlap = _correlations(
        wanted[:, usable], wanted_there, found[:, usable], found_there, furthest
    )
    enough = overlap >= max(_LEAST_OVERLAP * n, SHORTEST_S * GRID_HZ * 0.8)
    if not enough.any():
        return None
    squares = np.clip(correlations, 0.0, 1.0) ** 2 * enough[:, None]
    weights = _weights(wanted, usable)
    # The m-th value puts the measured side later by furthest - m steps.
    squares = squares[::-1]
    return _estimate(squares, weights, np.flatnonzero(usable))


def _estimate(
    squares: NDArray[np.float64], weights: NDArray[np.float64], channels: NDArray[np.intp]
) -> OffsetEstimate:
    offsets = (np.arange(len(squares)) - len(squares) // 2) / GRID_HZ
    total = squares @ weights
    curve = np.sqrt(total / weights.sum())
    top = int(curve.argmax())
    peak = _parabolic(total, top)
    lobe = _lobe(curve, top)
    outside = np.concatenate([curve[: lobe.start], curve[lobe.stop :]])
    return OffsetEstimate(
        offset_s=offsets[0] + peak / GRID_HZ,
        correlation=float(curve[top]),
        runner_up=float(outside.max()) if outside.size else 0.0,
        deviation_s=_jackknife(squares * weights, total) / GRID_HZ,
        offsets_s=offsets,
        curve=curve,
        channel=int(channels[(squares[top] * weights).argmax()]),
    )


def _on_grid(
    traces: Traces, grid: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """`(n, C)` values in between, 0 where there are none, and `(n,)` whether there are."""
    known = np.isfinite(traces.values).any(axis=0)
    rows = np.isfinite(traces.values[:, known]).all(axis=1)
    t, values = traces.t_s[rows], traces.values[rows]
    if len(t) < 2:
        return np.zeros((len(grid), traces.values.shape[1])), np.zeros(len(grid), np.bool_)
    after = np.clip(np.searchsorted(t, grid), 1, len(t) - 1)
    gap = t[after] - t[after - 1]
    there = (grid >= t[0]) & (grid <= t[-1]) & (gap <= _LONGEST_GAP_S)
    part = np.clip((grid - t[after - 1]) / np.maximum(gap, 1e-9), 0.0, 1.0)[:, None]
    between = values[after - 1] * (1 - part) + values[after] * part
    return np.where(there[:, None] & known, between, 0.0), there


def _mean_of_known(
    values: NDArray[np.float64], there: NDArray[np.bool_], width: int
) -> NDArray[np.float64]:
    """`(n, C)` mean over `width` samples about each, of those that are there; 0 elsewhere."""
    return mean_about(values, width // 2, there) * there[:, None]


def _usable(wanted: NDArray[np.float64], found: NDArray[np.float64]) -> NDArray[np.bool_]:
    """`(C,)`: those that move at all on both sides."""
    return (wanted.std(axis=0) > _FLAT) & (found.std(axis=0) > _FLAT)


def _weights(wanted: NDArray[np.float64], usable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """A channel that hardly moves beside others of its kind is mostly noise."""
    size = wanted.std(axis=0)
    is_rate = np.arange(len(size)) % 6 >= 3
    weights = np.ones(len(size))
    for kind in (is_rate, ~is_rate):
        if (usable & kind).any():
            weights[kind] = np.minimum(1.0, size[kind] / (_MINOR * size[usable & kind].max()))
    return weights[usable]


def _correlations(
    wanted: NDArray[np.float64],
    wanted_there: NDArray[np.bool_],
    found: NDArray[np.float64],
    found_there: NDArray[np.bool_],
    furthest: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pearson's r of `wanted` `(n, C)` with `found` `(n + 2·furthest, C)` from each start in it,
    over what both have, `(2·furthest + 1, C)`; and how many samples those are."""
    size = 1 << (len(found) - 1).bit_length()
    one = wanted_there[:, None].astype(np.float64)
    two = found_there[:, None].astype(np.float64)
    c = wanted.shape[1]
    a = np.conj(np.fft.rfft(np.hstack([wanted * one, wanted**2 * one, one]), size, axis=0))
    b = np.fft.rfft(np.hstack([found * two, found**2 * two, two]), size, axis=0)
    a1, a2, a0 = a[:, :c], a[:, c : 2 * c], a[:, 2 * c :]
    b1, b2, b0 = b[:, :c], b[:, c : 2 * c], b[:, 2 * c :]
    products = np.hstack([a1 * b1, a1 * b0, a0 * b1, a2 * b0, a0 * b2, a0 * b0])
    sums = np.fft.irfft(products, size, axis=0)[: 2 * furthest + 1]
    ab, sa, sb, aa, bb = (sums[:, i * c : (i + 1) * c] for i in range(5))
    n = np.maximum(np.round(sums[:, -1]), 1.0)
    spread_a = np.maximum(aa - sa**2 / n[:, None], 0.0)
    spread_b = np.maximum(bb - sb**2 / n[:, None], 0.0)
    scale = np.sqrt(spread_a * spread_b)
    least = 1e-6 * float(scale.max(initial=0.0)) + 1e-12
    r = (ab - sa * sb / n[:, None]) / np.maximum(scale, least)
    return r, n


def _parabolic(curve: NDArray[np.float64], top: int) -> float:
    """The peak between samples, by the parabola through three of them."""
    if not 0 < top < len(curve) - 1:
        return float(top)
    left, mid, right = curve[top - 1 : top + 2]
    bend = left - 2 * mid + right
    return top + (0.5 * float((left - right) / bend) if bend < 0 else 0.0)


def _lobe(curve: NDArray[np.float64], top: int) -> slice:
    """The hill about the peak, down to the valleys on both sides."""
    low, high = top, top
    while low > 0 and curve[low - 1] < curve[low]:
        low -= 1
    while high < len(curve) - 1 and curve[high + 1] < curve[high]:
        high += 1
    return slice(low, high + 1)


def _jackknife(parts: NDArray[np.float64], total: NDArray[np.float64]) -> float:
    """SD of the peak in steps, from how it moves when each channel is left out in turn."""
    n = parts.shape[1]
    if n < 2:
        return float("inf")
    peaks = []
    for i in range(n):
        rest = total - parts[:, i]
        peaks.append(_parabolic(rest, int(rest.argmax())))
    return float(np.sqrt((n - 1) / n * np.sum((np.array(peaks) - np.mean(peaks)) ** 2)))
