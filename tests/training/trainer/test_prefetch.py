"""Batches made ahead: the same, in the same order, and nothing is left running."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import torch
from torch import Tensor

from training.trainer import prefetch
from training.trainer.prefetch import Prefetched, prefetched

CPU = torch.device("cpu")
GRACE_S = 10.0


def drawn(seed: int, count: int) -> Iterator[tuple[Tensor, Tensor]]:
    rng = torch.Generator().manual_seed(seed)
    for number in range(count):
        yield torch.randn(4, 3, generator=rng), torch.tensor(number)


def producers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "batches"]


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + GRACE_S
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.005)
    return holds()


@pytest.mark.parametrize("ahead", [1, 2, 100])
def test_batches_are_the_same_in_the_same_order(ahead: int) -> None:
    with Prefetched(drawn(3, 12), CPU, ahead=ahead) as ready:
        got = list(ready)
    wanted = list(drawn(3, 12))
    assert len(got) == len(wanted)
    for mine, theirs in zip(got, wanted, strict=True):
        assert all(torch.equal(a, b) for a, b in zip(mine, theirs, strict=True))
    assert producers() == []


def test_another_thread_makes_them_but_never_more_than_it_may() -> None:
    made: list[str] = []

    def noted() -> Iterator[tuple[Tensor, ...]]:
        for tensors in drawn(0, 10):
            made.append(threading.current_thread().name)
            yield tensors

    with Prefetched(noted(), CPU, ahead=2) as ready:
        # Two wait, and the third is made and finds no room.
        assert eventually(lambda: len(made) == 3)
        next(ready)
        assert eventually(lambda: len(made) == 4)
        time.sleep(0.05)
        assert len(made) == 4
    assert set(made) == {"batches"}
    assert producers() == []


def test_global_random_numbers_are_the_steps_own() -> None:
    def steps(ahead: int) -> list[Tensor]:
        torch.manual_seed(5)
        with Prefetched(drawn(1, 6), CPU, ahead=ahead) as ready:
            return [torch.rand(2) for _ in ready]

    alone = [torch.rand(2) for _ in range(6)] if torch.manual_seed(5) else []
    assert all(torch.equal(a, b) for a, b in zip(steps(3), alone, strict=True))


def test_what_the_producer_raises_reaches_the_trainer_after_the_good_batches() -> None:
    def broken() -> Iterator[tuple[Tensor, ...]]:
        yield from drawn(0, 3)
        raise ValueError("clip 3 is damaged")

    seen: list[int] = []

    def train() -> None:
        with Prefetched(broken(), CPU) as ready:
            seen.extend(int(number) for _, number in ready)

    with pytest.raises(ValueError, match="clip 3 is damaged"):
        train()
    assert seen == [0, 1, 2]
    assert producers() == []


@pytest.mark.parametrize("error", [RuntimeError("the step failed"), KeyboardInterrupt()])
def test_whoever_stops_early_leaves_no_thread(error: BaseException) -> None:
    closed = threading.Event()

    def endless() -> Iterator[tuple[Tensor, ...]]:
        try:
            while True:
                yield (torch.zeros(1),)
        finally:
            closed.set()

    def stop() -> None:
        with Prefetched(endless(), CPU) as ready:
            next(ready)
            raise error

    with pytest.raises(type(error)):
        stop()
    assert producers() == []
    assert closed.is_set()


def test_a_with_that_takes_nothing_ends_at_once() -> None:
    with Prefetched(drawn(0, 50), CPU):
        pass
    assert producers() == []


@pytest.mark.parametrize(("cores", "helped"), [(1, False), (64, True)])
def test_a_cpu_without_a_free_core_makes_its_batches_itself(
    monkeypatch: pytest.MonkeyPatch, cores: int, helped: bool
) -> None:
    monkeypatch.setattr(prefetch, "_cores", lambda: cores)
    with prefetched(drawn(2, 5), CPU) as ready:
        assert bool(producers()) == helped
        got = [tensors[0] for tensors in ready]
    assert all(torch.equal(a, b[0]) for a, b in zip(got, drawn(2, 5), strict=True))
    assert producers() == []


def test_ctrl_c_while_the_thread_begins_leaves_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    # Left in the middle of a batch, it would end Python with an abort.
    begin = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        begin(thread)
        raise KeyboardInterrupt

    def slow() -> Iterator[tuple[Tensor, Tensor]]:
        for batch in drawn(1, 1000):
            time.sleep(0.01)
            yield batch

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    with pytest.raises(KeyboardInterrupt), Prefetched(slow(), CPU):
        raise AssertionError("the with has not begun")
    assert producers() == []
