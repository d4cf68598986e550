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

from engine.benchmark.live_figures import LiveFigures, LiveTask, MeasurementError
from engine.benchmark.naive_loop import NaiveFigures, naive_loop
from engine.benchmark.naive_networks import NaiveNetworks, naive_networks
from engine.benchmark.network_figures import (
    NetworkFigure,
    check_it_runs,
    figures_without_torch,
    network_figures,
)
from engine.benchmark.numpy_peak import numpy_peak_flops
from engine.benchmark.tables import table
from engine.bundle import Bundle, BundleError, load_bundle
from engine.logs import tell
from engine.messages import Message
from engine.runtime.autotune import prepare
from engine.runtime.backend import AUTOMATIC, RuntimeFailedError, has_torch
from engine.runtime.machine import this_machine, usable_cores
from engine.runtime.network_cache import CACHE_VARIABLE, NetworkCache
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
    """Print the figures, progress going to standard error. What only PyTorch can do is left out
    where that is not installed, and said. Returns the process's exit status: 2 when a bundle or
    source cannot be used."""
    stream = sys.stdout if out is None else out
    threads = _network_threads()
    result: dict[str, object] = {"machine": asdict(this_machine()), "network_threads": threads}
    left_out: dict[str, str] = {}
    try:
        if options.bundle is not None:
            # Said before anything is measured, not after a minute.
            chosen = load_bundle(options.bundle)
            check_it_runs(chosen, NetworkCache())
        if not has_torch():
            _leave_out(left_out, "plain PyTorch and what is held against it")
        _tell("matrix multiplication")
        peak, by = _matrix_peak(threads)
        result["matrix_peak_gflops"] = {"cpu_fp32": round(peak / 1e9, 1)}
        result["matrix_peak_by"] = by
        if this_machine().cards and not has_torch():
            _leave_out(left_out, "the graphics card")
        elif (cuda := _cuda_figures()) is not None:
            result["cuda"] = cuda
        networks: list[NetworkFigure] = []
        refused: dict[str, str] = {}
        engines: dict[str, dict[str, object]] = {}
        for bundle in _bundles(options, left_out):
            name = bundle.card.name
            figures, why = _network_figures(bundle, peak)
            networks += figures
            refused |= {f"{name}: {what}": reason for what, reason in why.items()}
            _tell(f"{name}: the whole engine, {options.seconds:.0f} s")
            task = LiveTask(options.source, str(bundle.folder), options.runtime, options.seconds)
            live = measure_live(task)
            naive_s = min(_NAIVE_S, options.seconds)
            _tell(f"{name}: the naive loop, {naive_s:.0f} s")
            with naive_networks(bundle) as simple:
                naive = naive_loop(bundle, simple, options.source, naive_s)
            engines[name] = _engine(live, naive, simple)
    except (BundleError, RuntimeFailedError, SourceError, OSError, MeasurementError) as error:
        tell(f"signmirror: {error}")
        return 2
    result["networks"] = [asdict(figure) for figure in networks]
    result["not_run"] = refused
    result["left_out"] = left_out
    result["engine"] = engines
    if options.as_json:
        print(json.dumps(result, ensure_ascii=False), file=stream)
    else:
        _print_tables(result, networks, engines, stream)
    return 0


def _network_threads() -> int:
    if not has_torch():
        # As `OpenVinoRun` takes them.
        return max(1, usable_cores() - 1)
    import torch

    from engine.runtime.torch_run import leave_a_core

    # As live: what it is all compared with shall not wait for a core that others are at.
    leave_a_core()
    return torch.get_num_threads()


def _matrix_peak(threads: int) -> tuple[float, str]:
    """FLOP/s on the processor in fp32, and what has multiplied."""
    if not has_torch():
        return numpy_peak_flops(threads), "NumPy"
    import torch

    from engine.benchmark.matrix_peak import matrix_peak_flops

    return matrix_peak_flops(torch.device("cpu"), torch.float32), "PyTorch"


def _network_figures(bundle: Bundle, peak: float) -> tuple[list[NetworkFigure], dict[str, str]]:
    name, cache = bundle.card.name, NetworkCache()
    if not has_torch():
        _tell(f"{name}: networks, by runtime and precision")
        return figures_without_torch(bundle, cache, peak)
    if cache.recall(bundle) is None:
        _tell(f"{name}: preparing its networks for this machine")
    else:
        _tell(f"{name}: networks, by runtime and precision")
    prepare(bundle, cache)
    return network_figures(bundle, cache, peak)


@contextmanager
def _full_size() -> Iterator[Bundle]:
    """With a cache of its own, for this program and those it starts: nobody needs it again."""
    from engine.benchmark.full_size import write_full_size

    kept = os.environ.get(CACHE_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="signmirror-", ignore_cleanup_errors=True) as folder:
        os.environ[CACHE_VARIABLE] = str(Path(folder) / "cache")
        try:
            yield write_full_size(Path(folder) / "full-size")
        finally:
            del os.environ[CACHE_VARIABLE]
            if kept is not None:
                os.environ[CACHE_VARIABLE] = kept


def _bundles(options: BenchmarkOptions, left_out: dict[str, str]) -> Iterator[Bundle]:
    """Raises BundleError, also when none of those that come with SignMirror can be run."""
    if options.bundle is not None:
        yield load_bundle(options.bundle)
        return
    unusable: list[BundleError] = []
    for name in DEFAULT_BUNDLES:
        bundle = load_bundle(name)
        try:
            check_it_runs(bundle, NetworkCache())
        except BundleError as error:
            unusable.append(error)
            _leave_out(left_out, bundle.card.name)
            continue
        yield bundle
    if len(unusable) == len(DEFAULT_BUNDLES):
        raise unusable[0]
    if not has_torch():
        _leave_out(left_out, "the full size")
        return
    _tell("full-size: making a bundle of the published size")
    with _full_size() as bundle:
        yield bundle


def _cuda_figures() -> dict[str, object] | None:
    """None without a card that PyTorch, where it is installed, can use."""
    if not has_torch():
        return None
    import torch

    if not torch.cuda.is_available():
        return None
    from engine.benchmark.cuda_figures import cuda_figures
    from engine.runtime.bundle_networks import describe_device

    _tell("graphics card")
    with _full_size() as bundle:
        return {"name": describe_device(torch.device("cuda")), **cuda_figures(bundle)}


def _engine(live: LiveFigures, naive: NaiveFigures, networks: NaiveNetworks) -> dict[str, object]:
    ratio = live.predictions_per_s / max(1e-6, naive.predictions_per_s)
    return {
        "live": asdict(live),
        "naive": asdict(naive),
        "naive_runtimes": dict(networks.runtimes),
        "times_naive": round(ratio, 2),
    }


def _tell(what: str) -> None:
    tell(f"benchmark: {what} …")


def _leave_out(left_out: dict[str, str], what: str) -> None:
    """For want of PyTorch: said at once, and kept for the figures."""
    left_out[what] = Message("runtime.no-torch")
    tell(f"benchmark: without {what}: {left_out[what]}")


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
    by = "" if has_torch() else f" ({result['matrix_peak_by']})"
    tell_figures(f"matrix multiplication, fp32{by}: {peak['cpu_fp32']} GFLOP/s")
    if "cuda" in result:
        tell_figures(json.dumps(result["cuda"], indent=2, ensure_ascii=False))
    columns: dict[str, list[str]] = {
        "bundle": [one.bundle for one in networks],
        "network": [one.network for one in networks],
        "runtime": [one.runtime + (" ✓" if one.chosen else "") for one in networks],
        "median ms": [f"{one.median_ms:.1f}" for one in networks],
        "p95 ms": [f"{one.p95_ms:.1f}" for one in networks],
        "error": [f"{one.error:.2%}" for one in networks if one.error is not None],
        "GFLOP": [f"{one.gflop:.1f}" for one in networks],
        "of peak": [f"{one.share_of_peak:.0%}" for one in networks],
        "× torch": [f"{one.speedup:.1f}" for one in networks if one.speedup is not None],
    }
    # Without torch there is nothing to hold them against.
    filled = {heading: cells for heading, cells in columns.items() if cells}
    rows = list(zip(*filled.values(), strict=True))
    tell_figures(table("Networks, one clip", tuple(filled), rows))
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
        runtimes = figures["naive_runtimes"]
        assert isinstance(runtimes, dict)
        by = "" if has_torch() else f" ({', '.join(dict.fromkeys(runtimes.values()))})"
        kinds = ("figure", "SignMirror", f"naive loop{by}")
        tell_figures(table(f"Whole engine: {bundle}", kinds, of_engine))
