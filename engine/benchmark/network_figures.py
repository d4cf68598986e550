"""Each network of a bundle by every runtime and precision that this machine has."""

from __future__ import annotations

from dataclasses import dataclass

from engine.benchmark.flops import flops_of
from engine.bundle import Bundle
from engine.runtime.backend import PLAIN
from engine.runtime.network_cache import Measured, NetworkCache
from engine.runtime.parts import example_of, network_of, parts_of

_NAMES = {"video": "two I3Ds and heads", "landmarks": "graph network"}


@dataclass(frozen=True, slots=True)
class NetworkFigure:
    """One network by one runtime. `gflop`: billions of operations a clip, two a multiplication and
    addition; `share_of_peak`: of the matrix-multiply peak in fp32 on this machine (int8 and bf16
    may go beyond it); `speedup`: against plain torch; `error`: of the class logits against it."""

    bundle: str
    network: str
    runtime: str
    median_ms: float
    p95_ms: float
    error: float
    gflop: float
    share_of_peak: float
    speedup: float
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
                share_of_peak=round(flops / (figure.median_ms / 1e3) / peak_flops, 3),
                speedup=round(plain / figure.median_ms, 2),
                chosen=figure.choice == measured.chosen,
            )
            for figure in measured.figures
        ]
        refused |= {f"{_NAMES[part]}, {name}": why for name, why in measured.refused.items()}
    return found, refused


def _plain_ms(measured: Measured) -> float:
    return next(f.median_ms for f in measured.figures if f.choice == str(PLAIN))
