"""Getting a bundle's networks ready for a machine: convert them, try every runtime, keep what was
found. Seconds of work, done once a machine and bundle."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.arrays import Floats
from engine.bundle import Bundle
from engine.messages import Message
from engine.runtime.backend import (
    EVERY,
    PLAIN,
    Choice,
    Part,
    RuntimeFailedError,
    can_run,
    has_torch,
)
from engine.runtime.fallback import is_quantised, make_run
from engine.runtime.network_cache import Figure, Measured, NetworkCache
from engine.runtime.openvino.files import is_there
from engine.runtime.parts import example_of, network_of, parts_of, relative_error
from engine.runtime.streams import Run

Progress = Callable[[float], None]
"""Told the share of the work that is done, 0 to 1."""

ROUNDS = 7
"""Every runtime has a turn in each: a machine that is busy for a moment is busy for all of them."""

LONGEST_S = 6.0
"""No further round after this long: a network that takes a second needs no fine measure."""

MOST_ERROR = 0.03
"""A precision whose class logits are farther off than this is refused."""

_QUANTISED_SLACK = 5.0
"""What an int8 network may be off here, by the error its card names: the motion it is tried with is
drawn, not filmed. More than that is a processor that computes it wrongly."""

_WORTH = 0.95
"""Another runtime must take at most this share of plain torch's time."""


@dataclass(frozen=True, slots=True)
class Timed:
    """`milliseconds` a call, in order; `outputs` of the example."""

    milliseconds: tuple[float, ...]
    outputs: tuple[Floats, ...]

    @property
    def median_ms(self) -> float:
        return float(np.median(self.milliseconds))

    @property
    def p95_ms(self) -> float:
        return float(np.quantile(self.milliseconds, 0.95))


def prepare(bundle: Bundle, cache: NetworkCache, progress: Progress = lambda _: None) -> None:
    """Convert and measure every network of a bundle, and remember the fastest for this machine.

    Raises BundleError, OSError when the disk does not take it.
    """
    parts = parts_of(bundle)
    measured: dict[Part, Measured] = {}
    for number, part in enumerate(parts):

        def within(share: float, number: int = number) -> None:
            progress((number + share) / len(parts))

        # Converting takes most of the time.
        refused = convert_part(bundle, part, cache, lambda share: within(0.1 + 0.7 * share))
        within(0.8)
        measured[part] = _measure(bundle, part, cache, refused, lambda s: within(0.8 + s / 5))
    cache.remember(bundle, measured)
    progress(1.0)


def convert_part(
    bundle: Bundle, part: Part, cache: NetworkCache, progress: Progress = lambda _: None
) -> Message | None:
    """Put OpenVINO's form of a network into the cache, unless it is there or in the bundle; the
    reason when that cannot be done. Raises OSError when the disk does not take it."""
    if is_there(bundle, part, "fp32", cache):
        return None
    reason = can_run(Choice("openvino", "fp32"))
    if reason is not None:
        return reason
    if not has_torch():
        return Message("runtime.no-torch")
    from engine.runtime.openvino.conversion import convert, save_model

    file = cache.converted(bundle, part)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        network, example = network_of(bundle, part), example_of(bundle, part)
        progress(0.0)
        save_model(convert(network, example, progress), file)
        cache.seal(bundle, part)
    except RuntimeFailedError as error:
        return error.message
    return None


def candidates(bundle: Bundle, part: Part) -> tuple[tuple[Choice, ...], dict[str, str]]:
    """What can run a network here, plain torch first; and the others, with the reason."""
    offered = [c for c in EVERY if c.precision != "int8" or is_quantised(bundle, part)]
    reasons = {choice: can_run(choice) for choice in offered}
    possible = tuple(choice for choice, reason in reasons.items() if reason is None)
    return possible, {str(choice): reason for choice, reason in reasons.items() if reason}


def every_run(
    bundle: Bundle, part: Part, cache: NetworkCache, unconverted: str | None = None
) -> tuple[dict[Choice, Run], dict[str, str]]:
    """A network by all that can run it here, plain torch first where it is installed; and the
    others, with the reason. `unconverted`: why OpenVINO has nothing to read but int8."""
    possible, refused = candidates(bundle, part)
    runs: dict[Choice, Run] = {}
    for choice in possible:
        if unconverted and choice.runtime == "openvino" and choice.precision != "int8":
            refused[str(choice)] = unconverted
            continue
        try:
            runs[choice] = make_run(bundle, part, choice, cache, keep=False)
        except RuntimeFailedError as error:
            refused[str(choice)] = str(error)
    return runs, refused


def _measure(
    bundle: Bundle, part: Part, cache: NetworkCache, unconverted: str | None, progress: Progress
) -> Measured:
    runs, refused = every_run(bundle, part, cache, unconverted)
    timed = time_in_turn(runs, example_of(bundle, part), refused, progress)
    exact = logits_of(timed[PLAIN].outputs, part)
    figures = []
    best = PLAIN
    for choice, one in timed.items():
        off = relative_error(logits_of(one.outputs, part), exact)
        figures.append(
            Figure(
                choice=str(choice),
                median_ms=round(one.median_ms, 3),
                p95_ms=round(one.p95_ms, 3),
                error=off,
            )
        )
        if not off <= _most_error(bundle, choice):
            refused[str(choice)] = f"its answers are {off:.1%} off on this computer"
        elif one.median_ms < timed[best].median_ms * (_WORTH if best == PLAIN else 1.0):
            best = choice
    return Measured(chosen=str(best), figures=tuple(figures), refused=refused)


def _most_error(bundle: Bundle, choice: Choice) -> float:
    quantised = bundle.card.networks.quantised
    if choice.precision == "int8" and quantised is not None:
        return max(MOST_ERROR, _QUANTISED_SLACK * quantised.relative_error)
    return MOST_ERROR


def logits_of(outputs: Sequence[ArrayLike], part: Part) -> Floats:
    """The class logits among a network's outputs, in one row."""
    shown = outputs[:2] if part == "video" else outputs[:1]
    return np.concatenate([np.asarray(one, np.float32).ravel() for one in shown])


def time_in_turn(
    runs: dict[Choice, Run],
    example: Floats,
    refused: dict[str, str] | None = None,
    progress: Progress = lambda _: None,
    rounds: int = ROUNDS,
    longest_s: float = LONGEST_S,
) -> dict[Choice, Timed]:
    """Run every network on the example, in turn, `rounds` times or for `longest_s` seconds (one
    round at least). One that fails is left out, its reason put into `refused`."""
    found: dict[Choice, list[float]] = {}
    outputs: dict[Choice, tuple[Floats, ...]] = {}
    for choice, run in runs.items():
        try:
            # Not counted: the first run plans, allocates and fills caches.
            outputs[choice] = tuple(run(example))
            found[choice] = []
        except RuntimeFailedError as error:
            if refused is not None:
                refused[str(choice)] = str(error)
    started = time.perf_counter()
    for number in range(rounds):
        for choice, taken in list(found.items()):
            before = time.perf_counter()
            try:
                runs[choice](example)
            except RuntimeFailedError as error:
                # A card that another program has filled meanwhile, say: the others go on.
                del found[choice]
                if refused is not None:
                    refused[str(choice)] = str(error)
                continue
            taken.append((time.perf_counter() - before) * 1e3)
        progress((number + 1) / rounds)
        if time.perf_counter() - started > longest_s:
            break
    return {choice: Timed(tuple(taken), outputs[choice]) for choice, taken in found.items()}
