"""The process next door lists what is alike, or names the words of a lesson."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.bundle import load_bundle
from engine.bundle.lessons import lessons_of
from engine.frame import Frame
from engine.prediction import Prediction
from engine.worker.client import WorkerClient
from tests.drawn_signs import drawn_sign

pytestmark = pytest.mark.slow

LESSONS = lessons_of(load_bundle("vsl3161"))
TOLD: list[Prediction] = []


@pytest.fixture
def process() -> Iterator[WorkerClient]:
    TOLD.clear()
    process = WorkerClient(lambda _, prediction: TOLD.append(prediction))
    yield process
    process.close()


@pytest.mark.parametrize("lesson", [(), LESSONS[0].words])
def test_a_sign_is_listed_or_named(process: WorkerClient, lesson: tuple[str, ...]) -> None:
    assert process.load("vsl3161", "torch-fp32").lessons == LESSONS
    assert process.teach(None, lesson) == ()
    shown = drawn_sign(4)
    for step, t_s in enumerate(shown.t_s):
        frame = Frame(np.zeros((8, 8, 3), np.uint8), float(t_s), step, shown.at(step))
        process.observe(frame, captured=0.0, predict=False)
    ended = [*process.finish(), *TOLD]
    (answer,) = [one for one in ended if one.sign_span_s is not None]
    if lesson:
        assert answer.alike == () and {word for word, _ in answer.top} <= set(lesson)
        return
    assert answer.sign is None and len(answer.alike) == 10
    values = [similarity for _, similarity in answer.alike]
    assert max(values) <= 1.0 and min(values) >= 0.0
