"""The best rate at which matrices are multiplied, by whatever multiplies them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

CPU_SIZES = (256, 512, 1024, 2048)

Timer = Callable[[int], float]
"""Multiplies so many times; how many seconds that took, more than 0."""


def best_flops(
    multiplying: Callable[[int], Timer], sizes: Sequence[int], *, seconds: float
) -> float:
    """FLOP/s, 2 n^3 for a side of n: the best over square matrices of these sizes, in about
    `seconds`. `multiplying` two matrices of a size is made ready once."""
    share_s = seconds / len(sizes)
    best = 0.0
    for size in sizes:
        timer = multiplying(size)
        # The first call also chooses a kernel and takes its workspace.
        first_s = timer(1)
        repeats, spent_s = 1, 0.0
        while spent_s < share_s:
            taken_s = timer(repeats)
            spent_s += taken_s
            best = max(best, 2.0 * size**3 * repeats / taken_s)
            # Long enough that neither the clock nor the waiting for the device shows, short enough
            # that a machine busy with something else for a moment is caught idle in another one.
            if taken_s < share_s / 8:
                repeats *= 2
        if first_s > share_s:
            # Where one multiplication is that slow, the next size, eight times as much, tells
            # nothing new.
            break
    return best
