"""The engine as a library: what the README promises, and what asking for it costs."""

from __future__ import annotations

import re

import pytest

import engine
from tests.conftest import ROOT
from tests.test_architecture import run


def lines_of_the_readme() -> str:
    section = (ROOT / "README.md").read_text("utf-8").partition("## As a library\n")[2]
    found = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.slow
def test_the_lines_of_the_readme_name_a_sign() -> None:
    said = run("-c", lines_of_the_readme())
    assert said.stdout.splitlines() == ["father"]


def test_they_are_few() -> None:
    assert len([line for line in lines_of_the_readme().splitlines() if line]) <= 7


@pytest.mark.parametrize("name", engine.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(engine, name).__module__.startswith("engine.")
    assert name in dir(engine)


def test_no_other_name_is() -> None:
    assert sorted(engine._WHERE) == sorted(engine.__all__)
    with pytest.raises(AttributeError, match="Recogniser"):
        _ = engine.Recogniser


def test_asking_for_the_engine_alone_loads_nothing() -> None:
    ask = "import engine, sys; print(*{n.partition('.')[0] for n in sys.modules})"
    loaded = set(run("-c", ask).stdout.split())
    assert not loaded & {"torch", "cv2", "numpy", "pydantic", "openvino", "mediapipe"}


def test_types_come_along() -> None:
    for room in ("engine", "training", "desktop_app"):
        assert (ROOT / room / "py.typed").is_file()
