"""What the README says of the sign encoder is what its card says."""

from __future__ import annotations

import re

from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import read_card
from tests.conftest import ROOT

_ROW = re.compile(r"^\| (\w+) \| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE)


def test_the_readme_and_the_card_agree() -> None:
    metrics = read_card(SIGN_ENCODER).training.metrics
    rows = _ROW.findall((ROOT / "README.md").read_text("utf-8"))
    assert {(name, takes) for name, takes, *_ in rows} == {
        (name, takes) for name in ("ksl13", "arsl10") for takes in ("1", "5")
    }
    for name, takes, *told in rows:
        figures = metrics[name][f"{takes}-shot"]  # type: ignore[index]
        assert told == [f"{figures[key]:.3f}" for key in ("mean", "worst", "eer")]
