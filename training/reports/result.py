"""The outcome of a comparison: everything the report shows, as one JSON file."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Row(_Part):
    """One method on one protocol; `top1`, `macro_f1`, `ece` one value a seed or fold, in 0..1.

    `right` and `predicted` are of the first seed, in the order of `RunResult.clips`; empty where
    the method could not answer every clip.
    """

    name: str
    top1: list[float]
    macro_f1: list[float] = []
    ece: list[float] = []
    latency_ms: float | None = None
    right: list[bool] = []
    predicted: list[int] = []
    detail: str = ""


class TestClip(_Part):
    __test__ = False

    key: str
    signer: str
    label: int


class Traces(_Part):
    """Of one clip, `[channel][step]` in the units that `channels` names."""

    key: str
    rate_hz: float
    channels: list[str]
    measured: list[list[float]]
    generated: list[list[float]]


class Curve(_Part):
    """One figure of one stage, a value an epoch."""

    stage: str
    figure: str
    values: list[float]


class RunResult(_Part):
    dataset: str
    protocol: str
    made_on: str
    glosses: list[str]
    clips: list[TestClip]
    rows: list[Row]
    curves: list[Curve] = []
    traces: list[Traces] = []
    trace_r: dict[str, float | None] = {}
    thumbnails: dict[str, str] = {}
    command: str = ""
    rows_not_run: dict[str, str] = {}
