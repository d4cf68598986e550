"""The outcome of a comparison: everything the report shows, as one JSON file."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from training.errors import DataError

OURS = "self-learning fusion (ours)"
RESULT_NAME = "report.json"

# Only pictures that lie in the page itself: it must fetch nothing.
DataUri = Annotated[str, Field(pattern=r"^data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$")]


# A row that could answer no clip has a NaN top-1, for which JSON has no number: null.
Figure = Annotated[float, BeforeValidator(lambda value: math.nan if value is None else value)]


class _ReportModel(BaseModel):
    model_config = ConfigDict(extra="forbid", ser_json_inf_nan="null")


class Row(_ReportModel):
    """One method on one protocol; `top1`, `macro_f1`, `ece` one value a seed or fold, in 0..1.

    `right` and `predicted` are of the first seed, in the order of `RunResult.clips`; empty where
    the method could not answer every clip.
    """

    name: str
    top1: list[Figure]
    macro_f1: list[Figure] = []
    ece: list[Figure] = []
    latency_ms: float | None = None
    right: list[bool] = []
    predicted: list[int] = []
    detail: str = ""


class TestClip(_ReportModel):
    __test__ = False

    key: str
    signer: str
    label: int


class Traces(_ReportModel):
    """Of one clip, `[channel][step]` in the units that `channels` names: 'acc x (g)'.

    `rate_hz` is 1.0 where a series was resampled to a number of steps and has no rate of its own.
    """

    key: str
    rate_hz: float = Field(gt=0)
    channels: list[str]
    measured: list[list[float]]
    generated: list[list[float]]

    @model_validator(mode="after")
    def _a_series_a_channel(self) -> Traces:
        if not len(self.channels) == len(self.measured) == len(self.generated):
            raise ValueError(f"traces of {self.key!r}: not one series a channel")
        return self


class Curve(_ReportModel):
    """One figure of one stage, a value an epoch; joined folds repeat the stage."""

    stage: str
    figure: str
    values: list[Figure]


class RunResult(_ReportModel):
    """`thumbnails`: clip key to a data URI of a strip of frames; `rows_not_run`: row to reason;
    `untrained`: signs that were tested and that nobody who was trained on shows."""

    dataset: str
    protocol: str
    made_on: str
    glosses: list[str]
    clips: list[TestClip]
    rows: list[Row]
    curves: list[Curve] = []
    traces: list[Traces] = []
    trace_r: dict[str, float | None] = {}
    imu_from: Literal["measured", "simulated"] = "measured"
    thumbnails: dict[str, DataUri] = {}
    command: str = ""
    rows_not_run: dict[str, str] = {}
    untrained: list[str] = []

    @model_validator(mode="after")
    def _fits_together(self) -> RunResult:
        classes = range(len(self.glosses))
        for clip in self.clips:
            if clip.label not in classes:
                raise ValueError(f"clip {clip.key!r}: label {clip.label} is no sign of the list")
        for row in self.rows:
            for answers in (row.right, row.predicted):
                if answers and len(answers) != len(self.clips):
                    raise ValueError(
                        f"row {row.name!r}: {len(answers)} answers to {len(self.clips)} clips"
                    )
            if any(said not in classes for said in row.predicted):
                raise ValueError(f"row {row.name!r}: an answer is no sign of the list")
        return self


def read_result(file: Path) -> RunResult:
    """What `write_report` wrote. Raises DataError that names the file."""
    try:
        return RunResult.model_validate_json(file.read_bytes())
    except OSError as error:
        raise DataError(f"{file}: {error.strerror}") from error
    except ValidationError as error:
        raise DataError(f"{file}: not a result: {error.errors()[0]['msg']}") from error
