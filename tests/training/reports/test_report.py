"""The report as its reader meets it: what it says, what it holds, what it never does."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from math import comb
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from training.errors import DataError
from training.evaluation.statistics import confusion_matrix
from training.reports.drawing import shortened
from training.reports.errors_shown import most_confused
from training.reports.folds import fold_rows
from training.reports.html import write_report
from training.reports.plots import bars_picture
from training.reports.result import OURS, Curve, Row, RunResult, TestClip, Traces, read_result

pytestmark = pytest.mark.slow

# One pixel.
PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhg"
    "GAWjR9awAAAABJRU5ErkJggg=="
)
NASTY = "<b>&\"' $x_1$"
DECOMPOSED = unicodedata.normalize("NFD", "chúng tôi thường")
GLOSSES = ["bãi cỏ", "mỗi", NASTY, DECOMPOSED, "안녕", "sự nghiệp"]


class Page(HTMLParser):
    """Tags with their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._css = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._css = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._css = False

    def handle_data(self, data: str) -> None:
        if not self._css:
            self.text += data


def made_up(
    glosses: list[str], signers: tuple[str, ...] = ("An", "Bình"), seed: int = 0
) -> RunResult:
    """Every signer signs every sign twice; ours is the better one. No run of a real network."""
    chance = np.random.default_rng(seed)
    clips = [
        TestClip(key=f"{signer}/{label}/{take}", signer=signer, label=label)
        for signer in signers
        for label in range(len(glosses))
        for take in range(2)
    ]
    labels = np.array([clip.label for clip in clips])

    def row(name: str, share: float, latency: float | None) -> Row:
        said = [
            np.where(chance.random(len(labels)) < share, labels, (labels + 1) % len(glosses))
            for _ in range(3)
        ]
        right = [said_once == labels for said_once in said]
        return Row(
            name=name,
            top1=[float(once.mean()) for once in right],
            macro_f1=[float(once.mean()) for once in right],
            ece=[0.05, 0.07, 0.06],
            latency_ms=latency,
            right=right[0].tolist(),
            predicted=said[0].tolist(),
        )

    wave = np.sin(np.arange(24) / 4).tolist()
    return RunResult(
        dataset="vsl",
        protocol=f"leave one signer out: {signers[0]}",
        made_on="2026-11-21",
        glosses=glosses,
        clips=clips,
        rows=[row("I3D", 0.2, 30.5), row(OURS, 0.9, None)],
        curves=[Curve(stage="video", figure="loss", values=[90.0, 1.0, 0.1])],
        traces=[
            Traces(
                key=clips[0].key,
                rate_hz=50.0,
                channels=["acc x (g)", "gyro x (deg/s)"],
                measured=[wave, wave],
                generated=[wave, wave],
            )
        ],
        trace_r={"acc": 0.79, "gyro": None},
        thumbnails={clip.key: PICTURE for clip in clips[::2]},
        command=f"python -m training compare --out {signers[0]}",
        rows_not_run={"Video Swin-B": "was not asked for <here>"},
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunResult, str, Path]:
    result = made_up(GLOSSES)
    page = write_report(result, tmp_path_factory.mktemp("run") / "not" / "yet" / "there")
    return result, page.read_text(encoding="utf-8"), page


def test_the_json_is_the_result_again(written: tuple[RunResult, str, Path]) -> None:
    result, _, page = written
    assert read_result(page.with_name("report.json")) == result
    assert {file.name for file in page.parent.iterdir()} == {"report.html", "report.json"}


def test_it_fetches_nothing_and_runs_nothing(written: tuple[RunResult, str, Path]) -> None:
    page = Page(written[1])
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "base", "b"}
    for tag, attributes in page.tags:
        for name in ("src", "href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith(("#", "data:")), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "default-src 'none'" in written[1]
    assert "http:" not in written[1] and "https:" not in written[1] and "@import" not in written[1]
    assert all(
        target.startswith(("data:", "#")) for target in re.findall(r"url\((.*?)\)", written[1])
    )


def test_ids_are_unique_and_links_lead_somewhere(written: tuple[RunResult, str, Path]) -> None:
    tags = Page(written[1]).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in tags:
        target = attributes.get("href") or attributes.get("xlink:href")
        assert target is None or target.removeprefix("#") in ids


def test_every_picture_has_words_for_it(written: tuple[RunResult, str, Path]) -> None:
    pictures = [(tag, a) for tag, a in Page(written[1]).tags if tag in ("img", "svg")]
    assert {tag for tag, _ in pictures} == {"img", "svg"}
    for tag, attributes in pictures:
        assert len((attributes.get("alt") if tag == "img" else attributes["aria-label"]) or "") > 9


def test_glosses_survive(written: tuple[RunResult, str, Path]) -> None:
    text = unicodedata.normalize("NFC", Page(written[1]).text)
    for gloss in GLOSSES:
        assert unicodedata.normalize("NFC", gloss) in text
    assert "mathdefault" not in written[1]


def test_it_says_what_was_measured_and_what_was_not(written: tuple[RunResult, str, Path]) -> None:
    text = Page(written[1]).text.replace("\N{NO-BREAK SPACE}", " ")
    mean, sd = np.mean(written[0].rows[1].top1), np.std(written[0].rows[1].top1, ddof=1)
    assert f"self-learning fusion named {100 * mean:.1f} ± {100 * sd:.1f} % right" in text
    assert "place 1 of 2" in text
    assert "Video Swin-B: was not asked for <here>" in text
    assert "accelerometer r = 0.79" in text and "gyroscope" not in text
    assert "acc x (g)" in text and "seconds" in text and "simulated" in text
    assert "30.5 ms" in text
    only_it, only_ours = map(int, re.findall(r"<td>(\d+), (\d+)</td>", written[1])[0])
    right = [np.array(row.right) for row in written[0].rows]
    assert (only_it, only_ours) == ((right[0] & ~right[1]).sum(), (~right[0] & right[1]).sum())
    differ = only_it + only_ours
    p = 2 * sum(comb(differ, k) for k in range(only_it + 1)) / 2**differ
    shown = float(re.findall(r"McNemar's test, p = ([\d.e-]+)\)", text)[0])
    assert p < 0.05 and "chance alone hardly explains" in text
    assert shown == pytest.approx(p, rel=0.05)


def test_a_row_on_part_of_the_clips_is_not_compared(tmp_path: Path) -> None:
    result = made_up(GLOSSES)
    part = Row(name="measured sensor alone", top1=[float("nan")], macro_f1=[float("nan")])
    result = result.model_copy(update={"rows": [*result.rows, part]})
    page = write_report(result, tmp_path)
    text = Page(page.read_text(encoding="utf-8")).text
    assert "did not answer every test clip: not compared" in text
    assert "nan" not in text.lower().replace("named", "")
    assert np.isnan(read_result(tmp_path / "report.json").rows[2].top1[0])


def test_nothing_run_is_said_plainly(tmp_path: Path) -> None:
    empty = RunResult(
        dataset="x", protocol="y", made_on="2026-11-21", glosses=[], clips=[], rows=[],
        rows_not_run={OURS: "no sensor"},
    )  # fmt: skip
    text = Page(write_report(empty, tmp_path).read_text(encoding="utf-8")).text
    assert "No method answered any test clip." in text
    assert f"{OURS}: no sensor" in text


def test_a_large_vocabulary_has_a_list_instead_of_a_matrix(tmp_path: Path) -> None:
    result = made_up([f"sign {i:03d}" for i in range(101)], ("An",))
    page = write_report(result, tmp_path).read_text(encoding="utf-8")
    assert "Confusion matrix" not in page
    wrong = sum(1 for clip, said in zip(result.clips, result.rows[1].predicted, strict=True)
                if clip.label != said)  # fmt: skip
    assert 1 <= len(re.findall(r"<li>sign \d+ → sign \d+: ", page)) <= min(40, wrong)
    assert "Shown are the 60 hardest" in page


def test_folds_become_one_table() -> None:
    folds = [made_up(GLOSSES, (name,), seed) for seed, name in enumerate(("An", "Bình", "Chi"))]
    joined = fold_rows(folds)
    assert joined.protocol == "leave one signer out: An, Bình, Chi"
    assert {clip.signer for clip in joined.clips} == {"An", "Bình", "Chi"}
    for place, row in enumerate(joined.rows):
        assert row.top1 == [pytest.approx(np.mean(fold.rows[place].top1)) for fold in folds]
        labels = [clip.label for clip in joined.clips]
        assert row.right == [a == b for a, b in zip(labels, row.predicted, strict=True)]
    assert joined.trace_r == {"acc": 0.79, "gyro": None}
    assert joined.command.count("\n") == 2


def test_a_row_that_a_fold_lacks_is_no_row() -> None:
    whole, part = made_up(GLOSSES, ("An",)), made_up(GLOSSES, ("Bình",))
    part = part.model_copy(update={"rows": part.rows[1:], "rows_not_run": {"I3D": "no time"}})
    joined = fold_rows([whole, part])
    assert [row.name for row in joined.rows] == [OURS]
    assert joined.rows_not_run["I3D"] == "was run in only 1 of 2 folds"


def test_folds_that_do_not_belong_together_are_refused() -> None:
    one = made_up(GLOSSES, ("An",))
    with pytest.raises(DataError, match="no fold"):
        fold_rows([])
    with pytest.raises(DataError, match="clip An/0/0 is tested in two folds"):
        fold_rows([one, one])
    with pytest.raises(DataError, match="not a fold of vsl"):
        fold_rows([one, made_up(["other", "signs"], ("Bình",))])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"glosses": GLOSSES[:2]}, "is no sign of the list"),
        ({"clips": []}, "answers to 0 clips"),
        ({"thumbnails": {"An/0/0": "https://example.org/a.png"}}, "pattern"),
    ],
)
def test_a_broken_result_is_refused_by_name(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    file = tmp_path / "report.json"
    data = made_up(GLOSSES).model_dump(mode="json") | change
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(DataError, match=message) as caught:
        read_result(file)
    assert str(file) in str(caught.value)
    with pytest.raises(DataError, match=r"nowhere\.json"):
        read_result(tmp_path / "nowhere.json")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_result_or_a_data_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "report.json"
    file.write_bytes(data)
    with pytest.raises(DataError, match=r"report\.json"):
        read_result(file)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
@settings(max_examples=12)
@example("#010203")
@example(' id="x" url(#x) font-family: x')
def test_any_name_can_be_drawn(name: str) -> None:
    picture = Page(bars_picture([name], [1], [2], f"Bar of {name}"))
    assert picture.tags[0][1]["aria-label"] == f"Bar of {name}"
    shown = unicodedata.normalize("NFC", shortened(name, 26))
    assert shown.strip() in picture.text


@given(st.text(max_size=40), st.integers(2, 30))
def test_a_shortened_name_keeps_its_beginning(name: str, most: int) -> None:
    short = shortened(name, most)
    assert len(short) <= most
    whole = unicodedata.normalize("NFC", name)
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60))
def test_the_most_confused_pairs_are_the_largest_cells(answers: list[tuple[int, int]]) -> None:
    signed, said = [a for a, _ in answers], [b for _, b in answers]
    pairs = most_confused(confusion_matrix(signed, said, 5), 25)
    assert sum(n for *_, n in pairs) == sum(a != b for a, b in answers)
    assert all(answers.count((i, j)) == n and i != j for i, j, n in pairs)
    assert [n for *_, n in pairs] == sorted((n for *_, n in pairs), reverse=True)
