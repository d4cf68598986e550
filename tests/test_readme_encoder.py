"""What the README says of the sign encoder, and of what goes by it, is what the cards say, and what
there is to choose."""

from __future__ import annotations

import re

from engine.bundle import list_bundles, load_bundle
from engine.bundle.lessons import lessons_of
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


_JOINTS = re.compile(
    r"^\| `(\w+)`, joints, [^|]+ \| ([\d.]+) % \| ([\d.]+) \| (\d+) %"
    r" \| ([\d.]+) % \| ([\d.]+) % \| ([\d.]+) % \| ([\d.]+) % \|$",
    re.MULTILINE,
)
_OTHER = {"ksl13": "arsl10", "arsl10": "ksl13"}


def test_the_readme_and_the_cards_agree_about_joints() -> None:
    rows = _JOINTS.findall((ROOT / "README.md").read_text("utf-8"))
    assert [name for name, *_ in rows] == ["ksl13", "arsl10"]
    for name, *told in rows:
        figures = load_bundle(name).card.training.metrics["joints"]
        assert isinstance(figures, dict)
        sets = ("vsl-lexicon", "fingerspelling", "asl-app100", _OTHER[name])
        assert told == [
            f"{100 * figures['mean'] - 0.001:.1f}",
            f"{100 * figures['sd_over_folds'] - 0.001:.1f}",
            f"{100 * figures['worst']:.0f}",
            *(f"{100 * figures['others_accepted'][one] - 0.001:.1f}" for one in sets),
        ]


def test_the_readme_names_what_the_window_offers() -> None:
    text = " ".join((ROOT / "README.md").read_text("utf-8").split())
    entries = list_bundles()
    numbers = ("none", "One", "Two", "Three", "Four", "Five", "Six", "Seven")
    assert f"{numbers[len(entries)]} vocabularies come with it." in text
    for entry in entries:
        card = load_bundle(entry.name).card
        assert f"- `{entry.name}`, " in text and card.title == entry.title
        shown = f"{len(card.vocabulary):,}"
        assert shown in entry.title["en"] or entry.name == "vsl-letters"
    lexicon = load_bundle("vsl3161")
    themes = [one for one in lessons_of(lexicon) if not one.id.startswith("rest-")]
    assert f"({len(themes)} by theme" in text
    assert f"`vsl3161`, {len(lexicon.card.vocabulary):,} Vietnamese words" in text
