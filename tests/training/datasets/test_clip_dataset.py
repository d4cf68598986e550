"""What all clip datasets share, on one that holds nothing but numbers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import torch
from torch import Generator, Tensor

from training.datasets.augmentation import TimeWindow
from training.datasets.clip_dataset import ClipDataset
from training.errors import DataError


@dataclass(frozen=True)
class NumberBatch:
    index: Tensor
    labels: Tensor
    start: Tensor
    drawn: Tensor


class Numbers(ClipDataset[NumberBatch]):
    """Clips without pictures; the gloss of each is given."""

    evaluation_batch_size = 4

    def __init__(self, glosses: list[str]) -> None:
        super().__init__(glosses, ("a", "b"), torch.device("cpu"))
        self.live = torch.ones(len(self), 2, dtype=torch.bool)

    def _drawn(self, candidates: Tensor, rng: Generator) -> Tensor:
        return candidates[torch.randperm(len(candidates), generator=rng)]

    def _augmented(self, index: Tensor, rng: Generator, no_sign_share: float) -> NumberBatch:
        drawn = torch.rand(len(index), generator=rng)
        labels = torch.where(drawn < no_sign_share, self.no_sign, self.labels[index])
        return NumberBatch(index, labels, torch.zeros(len(index)), drawn)

    def _unchanged(self, index: Tensor, window: TimeWindow, labels: Tensor) -> NumberBatch:
        return NumberBatch(index, labels, window.start, torch.zeros(len(index)))


def epoch(clips: Numbers, seed: int, batch_size: int = 4) -> tuple[Tensor, Tensor]:
    batches = list(clips.training_batches(batch_size, seed=seed, no_sign_share=0.2))
    return torch.cat([b.index for b in batches]), torch.cat([b.drawn for b in batches])


def test_labels_are_places_in_the_vocabulary_and_no_sign_for_the_rest() -> None:
    assert Numbers(["b", "a", "c", "b"]).labels.tolist() == [1, 0, 2, 1]


def test_an_epoch_depends_on_its_seed_alone() -> None:
    clips = Numbers(["a", "b"] * 6)
    for one, other in zip(epoch(clips, 3), epoch(clips, 3), strict=True):
        assert torch.equal(one, other)
    assert not torch.equal(epoch(clips, 3)[0], epoch(clips, 4)[0])


@pytest.mark.parametrize(
    ("count", "batch_size", "sizes"), [(11, 4, [4, 4]), (4, 4, [4]), (3, 4, [3]), (1, 4, [1])]
)
def test_a_short_batch_is_left_out_unless_it_is_the_only_one(
    count: int, batch_size: int, sizes: list[int]
) -> None:
    batches = Numbers(["a"] * count).training_batches(batch_size, seed=0, no_sign_share=0.0)
    assert [len(batch.index) for batch in batches] == sizes


def test_where_nothing_can_be_drawn_that_is_said() -> None:
    with pytest.raises(DataError, match="no clip to train on"):
        next(Numbers([]).training_batches(4, seed=0, no_sign_share=0.0))
    still = Numbers(["a", "b"])
    still.live[:, 1] = False
    with pytest.raises(DataError, match="live sensor"):
        next(still.training_batches(4, seed=0, no_sign_share=0.0, both_live=True))


def test_only_clips_with_live_sensors_are_drawn_where_that_is_asked() -> None:
    clips = Numbers(["a"] * 9)
    clips.live[2:5, 0] = False
    batches = clips.training_batches(6, seed=0, no_sign_share=0.0, both_live=True)
    assert sorted(torch.cat([b.index for b in batches]).tolist()) == [0, 1, 5, 6, 7, 8]


def test_evaluation_shows_every_clip_whole_and_in_order() -> None:
    clips = Numbers(["a", "b", "c"] * 3)
    batches = list(clips.evaluation_batches())
    assert [len(batch.index) for batch in batches] == [4, 4, 1]
    assert torch.cat([b.index for b in batches]).tolist() == list(range(9))
    assert torch.cat([b.labels for b in batches]).tolist() == [0, 1, 2] * 3
    assert not torch.cat([b.start for b in batches]).any()
    assert next(clips.evaluation_batches(2, first=5)).index.tolist() == [5, 6]


def test_rest_is_no_sign_and_drawn_by_its_seed() -> None:
    clips = Numbers(["a", "b"] * 3)
    one, same, other = (
        torch.cat([batch.start for batch in clips.rest_batches(seed=seed)]) for seed in (0, 0, 1)
    )
    assert torch.equal(one, same) and not torch.equal(one, other)
    assert all((batch.labels == clips.no_sign).all() for batch in clips.rest_batches())
