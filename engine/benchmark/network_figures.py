"""Each network of a bundle by every runtime and precision that this machine has."""

from __future__ import annotations

from dataclasses import dataclass

from engine.benchmark.flops import flops_in, flops_of
from engine.bundle import Bundle, BundleError
from engine.messages import Message
from engine.runtime.autotune import Timed, every_run, time_in_turn
from engine.runtime.backend import PLAIN, Choice, Part, has_torch
from engine.runtime.fallback import first_choice
from engine.runtime.network_cache import Measured, NetworkCache
from engine.runtime.openvino.files import file_of
from engine.runtime.parts import example_of, network_of, parts_of

_NAMES = {"video": "two I3Ds and heads", "landmarks": "graph network"}


@dataclass(frozen=True, slots=True)
class NetworkFigure:
    """One network by one runtime. `gflop`: billions of operations a clip, two a multiplication and
    addition; `share_of_peak`: of the matrix-multiply peak in fp32 on this machine (int8 and bf16
    may go beyond it). `error` of the class logits and `speedup`: against plain torch, None where
    that is not installed."""

    bundle: str
    network: str
    runtime: str
    median_ms: float
    p95_ms: float
    error: float | None
    gflop: float
    share_of_peak: float
    speedup: float | None
    chosen: bool


def network_figures(
    bundle: Bundle, cache: NetworkCache, peak_flops: float
) -> tuple[list[NetworkFigure], dict[str, str]]:
    """Of what `prepare` has measured; and why others cannot be run. `peak_flops`: of this machine,
    in fp32."""
    remembered = cache.recall(bundle)
    assert remembered is not None, "prepare comes first"
    found: list[NetworkFigure] = []
    refused: dict[str, str] = {}
    for part in parts_of(bundle):
        measured = remembered.parts[part]
        flops = flops_of(network_of(bundle, part), example_of(bundle, part))
        plain = _plain_ms(measured)
        found += [
            NetworkFigure(
                bundle=bundle.card.name,
                network=_NAMES[part],
                runtime=figure.choice,
                median_ms=figure.median_ms,
                p95_ms=figure.p95_ms,
                error=round(figure.error, 6),
                gflop=round(flops / 1e9, 2),
                share_of_peak=_share(flops, figure.median_ms, peak_flops),
                speedup=round(plain / figure.median_ms, 2),
                chosen=figure.choice == measured.chosen,
            )
            for figure in measured.figures
        ]
        refused |= {f"{_NAMES[part]}, {name}": why for name, why in measured.refused.items()}
    return found, refused


def figures_without_torch(
    bundle: Bundle, cache: NetworkCache, peak_flops: float
) -> tuple[list[NetworkFigure], dict[str, str]]:
    """As `network_figures`, measured now, of what the bundle brings. Nothing of it is remembered:
    whose answers are right has not been looked at. Raises BundleError when nothing runs a network.
    """
    found: list[NetworkFigure] = []
    refused: dict[str, str] = {}
    for part in parts_of(bundle):
        runs, why_not = every_run(bundle, part, cache)
        timed = time_in_turn(runs, example_of(bundle, part), why_not)
        first = first_choice(bundle, part, cache)
        if not timed:
            raise _nothing_runs(first, why_not[str(first)])
        found += [
            _without_torch(bundle, part, choice, one, cache, peak_flops, chosen=choice == first)
            for choice, one in timed.items()
        ]
        refused |= {f"{_NAMES[part]}, {name}": why for name, why in why_not.items()}
    return found, refused


def check_it_runs(bundle: Bundle, cache: NetworkCache) -> None:
    """Raises BundleError for one whose networks nothing can run here, in the words of the live
    engine, or which has none for pictures. What fails only as it is tried is not found so early."""
    if not bundle.card.needs_camera:
        raise BundleError(Message("bundle.no-pictures", name=bundle.card.name))
    if has_torch():
        return
    for part in parts_of(bundle):
        if first_choice(bundle, part, cache) == PLAIN:
            raise _nothing_runs(PLAIN, Message("runtime.no-torch"))


def _nothing_runs(choice: Choice, reason: str) -> BundleError:
    return BundleError(Message("runtime.nothing-left", title=choice.title, reason=reason))


def _without_torch(
    bundle: Bundle,
    part: Part,
    choice: Choice,
    timed: Timed,
    cache: NetworkCache,
    peak_flops: float,
    *,
    chosen: bool,
) -> NetworkFigure:
    flops = flops_in(file_of(bundle, part, choice.precision, cache))
    return NetworkFigure(
        bundle=bundle.card.name,
        network=_NAMES[part],
        runtime=str(choice),
        median_ms=round(timed.median_ms, 3),
        p95_ms=round(timed.p95_ms, 3),
        error=None,
        gflop=round(flops / 1e9, 2),
        share_of_peak=_share(flops, timed.median_ms, peak_flops),
        speedup=None,
        chosen=chosen,
    )


def _share(flops: int, milliseconds: float, peak_flops: float) -> float:
    return round(flops / (milliseconds / 1e3) / peak_flops, 3)


def _plain_ms(measured: Measured) -> float:
    return next(f.median_ms for f in measured.figures if f.choice == str(PLAIN))
