"""What the README says of the sign encoder is what its card says."""

from __future__ import annotations

import re

from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import read_card
from tests.conftest import ROOT

_ROW = re.compile(
    r"^\| `(\w+)`, \d+ signs, [^|]+ \| ([\d.]+) %, (\d+) % \| ([\d.]+) %, (\d+) %"
    r" \| ([\d.]+), ([\d.]+) % \|$",
    re.MULTILINE,
)


def test_the_readme_and_the_card_agree() -> None:
    metrics = read_card(SIGN_ENCODER).training.metrics
    rows = _ROW.findall((ROOT / "README.md").read_text("utf-8"))
    assert [name for name, *_ in rows] == ["ksl13", "arsl10"]
    for name, *told in rows:
        one, five = (metrics[name][f"{n}-shot"] for n in (1, 5))  # type: ignore[index]
        assert told == [
            *(f"{100 * one['mean']:.1f}", f"{100 * one['worst']:.0f}"),
            *(f"{100 * five['mean']:.1f}", f"{100 * five['worst']:.0f}"),
            *(f"{100 * one['eer']:.1f}", f"{100 * five['eer']:.1f}"),
        ]
