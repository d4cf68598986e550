"""Everything that `--benchmark` measures, in order, and how it is told."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

import torch

from engine.benchmark.full_size import write_full_size
from engine.benchmark.live_figures import LiveFigures, LiveTask, MeasurementError
from engine.benchmark.matrix_peak import matrix_peak_flops
from engine.benchmark.naive_loop import NaiveFigures, naive_loop
from engine.benchmark.network_figures import NetworkFigure, network_figures
from engine.benchmark.tables import table
from engine.bundle import Bundle, BundleError, load_bundle
from engine.logs import tell
from engine.runtime.autotune import prepare
from engine.runtime.backend import AUTOMATIC
from engine.runtime.bundle_networks import describe_device
from engine.runtime.machine import this_machine
from engine.runtime.network_cache import CACHE_VARIABLE, NetworkCache
from engine.runtime.torch_run import leave_a_core
from engine.sources.errors import SourceError

DEFAULT_SOURCE = "drawn:*"
"""Reference motions as a drawn person with fingers, who must be found in the picture."""

DEFAULT_BUNDLES = ("asl20", "arsl10")
SECONDS = 20.0
_NAIVE_S = 10.0


MeasureLive = Callable[[LiveTask], LiveFigures]


@dataclass(frozen=True, slots=True)
class BenchmarkOptions:
    """`bundle`: None for those that come with SignMirror and one of full size; `seconds` of each
    run of the whole engine."""

    bundle: str | None = None
    source: str = DEFAULT_SOURCE
    runtime: str = AUTOMATIC
    seconds: float = SECONDS
    as_json: bool = False


def run_benchmark(
    options: BenchmarkOptions, measure_live: MeasureLive, out: TextIO | None = None
) -> int:
    """Print the figures, progress going to standard error. Returns the process's exit status: 2
    when a bundle or source cannot be used."""
    stream = sys.stdout if out is None else out
    # As live: what it is all compared with shall not wait for a core that others are at.
    leave_a_core()
    result: dict[str, object] = {
        "machine": asdict(this_machine()),
        "network_threads": torch.get_num_threads(),
    }
    try:
        if options.bundle is not None:
            # Said before anything is measured, not after a minute.
            load_bundle(options.bundle)
        _tell("matrix multiplication")
        peak = matrix_peak_flops(torch.device("cpu"), torch.float32)
        result["matrix_peak_gflops"] = {"cpu_fp32": round(peak / 1e9, 1)}
        if torch.cuda.is_available():
            result["cuda"] = _cuda_figures()
        networks: list[NetworkFigure] = []
        refused: dict[str, str] = {}
        engines: dict[str, dict[str, object]] = {}
        for bundle in _bundles(options):
            name = bundle.card.name
            cache = NetworkCache()
            if cache.recall(bundle) is None:
                _tell(f"{name}: preparing its networks for this machine")
            else:
                _tell(f"{name}: networks, by runtime and precision")
            prepare(bundle, cache)
            figures, why = network_figures(bundle, cache, peak)
            networks += figures
            refused |= {f"{name}: {what}": reason for what, reason in why.items()}
            _tell(f"{name}: the whole engine, {options.seconds:.0f} s")
            task = LiveTask(options.source, str(bundle.folder), options.runtime, options.seconds)
            live = measure_live(task)
            naive_s = min(_NAIVE_S, options.seconds)
            _tell(f"{name}: the naive loop, {naive_s:.0f} s")
            naive = naive_loop(bundle, options.source, naive_s)
            engines[name] = _engine(live, naive)
    except (BundleError, SourceError, OSError, MeasurementError) as error:
        tell(f"signmirror: {error}")
        return 2
    result["networks"] = [asdict(figure) for figure in networks]
    result["not_run"] = refused
    result["engine"] = engines
    if options.as_json:
        print(json.dumps(result, ensure_ascii=False), file=stream)
    else:
        _print_tables(result, networks, engines, stream)
    return 0


@contextmanager
def _full_size() -> Iterator[Bundle]:
    """With a cache of its own, for this program and those it starts: nobody needs it again."""
    kept = os.environ.get(CACHE_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="signmirror-", ignore_cleanup_errors=True) as folder:
        os.environ[CACHE_VARIABLE] = str(Path(folder) / "cache")
        try:
            yield write_full_size(Path(folder) / "full-size")
        finally:
            del os.environ[CACHE_VARIABLE]
            if kept is not None:
                os.environ[CACHE_VARIABLE] = kept


def _bundles(options: BenchmarkOptions) -> Iterator[Bundle]:
    if options.bundle is not None:
        yield load_bundle(options.bundle)
        return
    for name in DEFAULT_BUNDLES:
        yield load_bundle(name)
    _tell("full-size: making a bundle of the published size")
    with _full_size() as bundle:
        yield bundle


def _cuda_figures() -> dict[str, object]:
    from engine.benchmark.cuda_figures import cuda_figures

    _tell("graphics card")
    with _full_size() as bundle:
        return {"name": describe_device(torch.device("cuda")), **cuda_figures(bundle)}


def _engine(live: LiveFigures, naive: NaiveFigures) -> dict[str, object]:
    ratio = live.predictions_per_s / max(1e-6, naive.predictions_per_s)
    return {"live": asdict(live), "naive": asdict(naive), "times_naive": round(ratio, 2)}


def _tell(what: str) -> None:
    tell(f"benchmark: {what} …")


def _print_tables(
    result: dict[str, object],
    networks: list[NetworkFigure],
    engines: dict[str, dict[str, object]],
    stream: TextIO,
) -> None:
    def tell_figures(text: str) -> None:
        print(text, file=stream)

    cores, threads = this_machine().cores, result["network_threads"]
    tell_figures(f"{this_machine().processor}, {cores} cores; networks on {threads} of them")
    peak = result["matrix_peak_gflops"]
    assert isinstance(peak, dict)
    tell_figures(f"matrix multiplication, fp32: {peak['cpu_fp32']} GFLOP/s")
    if "cuda" in result:
        tell_figures(json.dumps(result["cuda"], indent=2, ensure_ascii=False))
    headings = ("bundle", "network", "runtime", "median ms", "p95 ms", "error", "GFLOP")
    rows = [
        (
            one.bundle,
            one.network,
            one.runtime + (" ✓" if one.chosen else ""),
            f"{one.median_ms:.1f}",
            f"{one.p95_ms:.1f}",
            f"{one.error:.2%}",
            f"{one.gflop:.1f}",
            f"{one.share_of_peak:.0%}",
            f"{one.speedup:.1f}",
        )
        for one in networks
    ]
    tell_figures(table("Networks, one clip", (*headings, "of peak", "× torch"), rows))
    for bundle, figures in engines.items():
        live, naive = figures["live"], figures["naive"]
        assert isinstance(live, dict) and isinstance(naive, dict)
        naive = {**naive, "camera_fps": naive["fps"]}
        of_engine = [
            (name, str(value), str(naive.get(name, "")))
            for name, value in live.items()
            if name != "minutes" and value is not None
        ]
        of_engine.append(("times the naive loop", str(figures["times_naive"]), "1"))
        kinds = ("figure", "SignMirror", "naive loop")
        tell_figures(table(f"Whole engine: {bundle}", kinds, of_engine))
