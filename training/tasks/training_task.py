"""A training task: one set, one split of its signers, one vocabulary.

Every command that trains describes its data by this one class, whether it fits a bundle, adds a
landmark stream, cross-validates or compares methods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from training.datasets.clip_dataset import ClipDataset
from training.datasets.evaluation_set import EvaluationSet
from training.datasets.sensor_dataset import SensorStatistics
from training.errors import DataError
from training.readers.files.listing import Wrist
from training.recipe import Recipe
from training.splits import protocols
from training.splits.signer_split import Recordings, Side, SignerSplit

DatasetOf = TypeVar("DatasetOf", bound=ClipDataset[Any], covariant=True)


class ClipSource(Protocol[DatasetOf]):
    """A set in memory, of which datasets are made. `view`: what its networks take as input.
    `units`: of each sensor channel, 'g' or 'deg/s'; none without sensors. `wrists`: where these
    are worn."""

    @property
    def recordings(self) -> Recordings: ...
    @property
    def dataset(self) -> str: ...
    @property
    def vocabulary(self) -> tuple[str, ...]: ...
    @property
    def view(self) -> Literal["pose", "rgb", "landmarks"]: ...
    @property
    def units(self) -> tuple[str, ...]: ...
    @property
    def wrists(self) -> tuple[Wrist, ...]: ...
    @property
    def imu_from(self) -> Literal["measured", "simulated"]: ...

    def has_sensor(self, rows: NDArray[np.bool_]) -> bool:
        """Whether any of these recordings `(N,)` has samples of all its sensors."""

    def statistics(self, rows: NDArray[np.bool_]) -> SensorStatistics:
        """Of the sensor samples of these recordings `(N,)`. Raises DataError for a set without
        sensors."""

    def clips(
        self,
        rows: NDArray[np.bool_],
        glosses: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> DatasetOf:
        """These recordings `(N,)` as a dataset; glosses outside `glosses` are 'no sign'."""

    def evaluation_set(
        self,
        rows: NDArray[np.bool_],
        glosses: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> EvaluationSet:
        """These recordings `(N,)` as a bundle that knows `glosses` is measured on them."""


@dataclass(frozen=True, slots=True, eq=False)
class TrainingTask(Generic[DatasetOf]):
    """`glosses`: in label order; the class after the last is 'no sign'. `no_sign_on`: sides on
    which clips of other glosses stay, as 'no sign'; on the others they are left out.
    `card_protocol`: what a bundle's card says of the protocol; its name where empty."""

    source: ClipSource[DatasetOf]
    protocol: protocols.Protocol
    glosses: tuple[str, ...]
    recipe: Recipe
    no_sign_on: tuple[Side, ...] = ()
    card_protocol: str = ""

    @property
    def dataset(self) -> str:
        return self.source.dataset

    @property
    def split(self) -> SignerSplit:
        return self.protocol.split

    def rows(self, side: Side) -> NDArray[np.bool_]:
        """`(N,)`: which recordings of the source stand on this side."""
        rows = self.protocol.side(self.source.recordings, side)
        if side in self.no_sign_on:
            return rows
        known: NDArray[np.bool_] = np.isin(self.source.recordings.glosses, list(self.glosses))
        return rows & known

    def keys(self, side: Side) -> NDArray[np.str_]:
        """Of the clips of this side, in the order of its dataset."""
        return self.source.recordings.keys[self.rows(side)]

    def signers(self, side: Side) -> NDArray[np.str_]:
        """Of the clips of this side, in the order of its dataset."""
        return self.source.recordings.signers[self.rows(side)]

    def has_sensor(self, side: Side) -> bool:
        return self.source.has_sensor(self.rows(side))

    def clips(self, side: Side, device: torch.device) -> DatasetOf:
        """The dataset of this side. Raises DataError when it has no clip."""
        rows = self.rows(side)
        if not rows.any():
            raise DataError(f"{self.protocol.name}: no clip on the {side} side")
        return self.source.clips(rows, self.glosses, self.recipe, device)

    def clips_of(self, signers: Sequence[str], device: torch.device) -> DatasetOf:
        """All clips of these signers, none where none is named; glosses outside the vocabulary are
        'no sign'."""
        rows = np.isin(self.source.recordings.signers, list(signers))
        return self.source.clips(rows, self.glosses, self.recipe, device)

    def evaluation_set(self, device: torch.device) -> EvaluationSet:
        """Everything that the test signers recorded."""
        rows = self.protocol.side(self.source.recordings, "test")
        return self.source.evaluation_set(rows, self.glosses, self.recipe, device)


@dataclass(frozen=True, slots=True, eq=False)
class TaskDatasets(Generic[DatasetOf]):
    """The three sides of a task on the device that trains. `validation` and `test` carry all that
    the streams of the bundle to be measured need. `unseen`: keys of clips that were left out
    because nobody is seen in them."""

    train: DatasetOf
    validation: DatasetOf
    test: EvaluationSet
    unseen: tuple[str, ...] = ()
